import type { StopCause } from './decide-outcome.js'
import type { RunEventBody } from './run-event.js'
import { signalGroup } from './trainer-process.js'

/** Ends a trainer, at most once and for one cause; after its exit, what it left behind. */
export class TrainerStopper {
  readonly #leader: number
  readonly #graceMs: number
  readonly #record: (event: RunEventBody) => void
  #cause: StopCause | undefined
  #over = false
  #timer: NodeJS.Timeout | undefined
  // A program that starts a run and then exits must not leave a trainer that nobody watches.
  readonly #onExit = () => void signalGroup(this.#leader, 'SIGKILL')

  constructor(leader: number, graceMs: number, record: (event: RunEventBody) => void) {
    this.#leader = leader
    this.#graceMs = graceMs
    this.#record = record
    process.once('exit', this.#onExit)
  }

  /** Why the trainer is being ended, if it is. */
  get cause(): StopCause | undefined {
    return this.#cause
  }

  /** SIGTERM to the group, SIGKILL after the grace. False when it is ending already, or has ended. */
  stop(cause: StopCause): boolean {
    if (this.#over || this.#cause !== undefined) return false
    this.#cause = cause
    this.#note('stopping', `SIGTERM to the trainer's process group (${cause.kind})`)
    signalGroup(this.#leader, 'SIGTERM')
    this.#timer = setTimeout(() => {
      this.#note('killing', `still running after ${this.#graceMs} ms: SIGKILL`)
      signalGroup(this.#leader, 'SIGKILL')
    }, this.#graceMs)
    return true
  }

  /** To be called at the leader's exit, at once: its number stays taken only while its group has members. */
  exited(): void {
    this.#over = true
    clearTimeout(this.#timer)
    process.off('exit', this.#onExit)
    if (signalGroup(this.#leader, 'SIGKILL')) {
      this.#note('left_behind', 'the trainer left processes behind; they were ended')
    }
  }

  #note(code: 'stopping' | 'killing' | 'left_behind', message: string): void {
    this.#record({ type: 'note', code, message })
  }
}
