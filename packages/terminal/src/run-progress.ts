import type { RunEvent } from '@taskclf/runs'
import type { Progress } from './progress.js'
import { metricsText, progressText, runEventText } from './run-event.js'

/** Plain lines come at most this often, by the events' own time. */
const QUIET_MS = 1000

/**
 * Shows a run as it goes: phase, share done and the latest metrics on one line of a terminal; elsewhere a line for each
 * phase and at most one a second for the rest. What the trainer says in words stays.
 */
export class RunProgress {
  readonly #progress: Progress
  #phase = 'started'
  #done = ''
  #metrics = ''
  #saidAt = Number.NEGATIVE_INFINITY
  /** Figures that no plain line has shown yet. */
  #isBehind = false

  constructor(progress: Progress) {
    this.#progress = progress
  }

  async watch(events: AsyncIterable<RunEvent>): Promise<void> {
    for await (const event of events) this.show(event)
  }

  show(event: RunEvent): void {
    if (event.type !== 'progress' && event.type !== 'metrics') {
      this.#tell(event)
      return
    }
    if (event.type === 'progress') this.#done = progressText(event)
    else this.#metrics = metricsText(event.values)
    this.#progress.update(this.#status())
    this.#isBehind = true
    if (Date.parse(event.at) - this.#saidAt >= QUIET_MS) this.#catchUp(event.at)
  }

  #tell(event: RunEvent): void {
    if (this.#isBehind && (event.type === 'phase' || event.type === 'ended')) this.#catchUp(event.at)
    if (event.type === 'phase') {
      this.#phase = event.name
      this.#done = ''
      this.#progress.step(this.#status())
    } else if (event.type !== 'ended' && event.type !== 'bundle') {
      this.#progress.line(runEventText(event))
    }
  }

  /** The figures as a line, where nothing else shows them. */
  #catchUp(at: string): void {
    this.#saidAt = Date.parse(at)
    this.#isBehind = false
    this.#progress.step(this.#status())
  }

  #status(): string {
    const parts = [this.#done, this.#metrics].filter((part) => part !== '')
    return [`train: ${this.#phase}`, ...parts].join(' · ')
  }
}
