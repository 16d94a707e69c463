import type { Readable } from 'node:stream'
import type { EventLog } from './event-log.js'
import { LineCutter, type OutputLine } from './line-cutter.js'
import { parseTrainerLine } from './protocol.js'
import type { RunEventBody } from './run-event.js'

/** What may be recorded of a trainer's output. */
export interface OutputLimits {
  /** Of each: events, other lines of stdout, stderr. */
  maxOutputBytes: number
  maxLineBytes: number
}

type Kind = 'events' | 'text' | 'stderr'

const NAMES: Readonly<Record<Kind, string>> = {
  events: 'events',
  text: 'text on stdout',
  stderr: 'text on stderr',
}

/** Records what a trainer says, up to a cap for each kind, so that chatter cannot silence events. */
export class OutputRecorder {
  readonly #log: EventLog
  readonly #limits: OutputLimits
  readonly #taken: Record<Kind, number> = { events: 0, text: 0, stderr: 0 }
  readonly #noted = new Set<Kind>()
  #stdoutBytes = 0
  #stderrBytes = 0
  #cutBytes = 0

  constructor(log: EventLog, limits: OutputLimits) {
    this.#log = log
    this.#limits = limits
  }

  /** Reads stdout to its end; no faster than it can be written down. */
  async stdout(stream: Readable): Promise<void> {
    const lines = new LineCutter(this.#limits.maxLineBytes)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      this.#stdoutBytes += chunk.length
      for (const line of lines.push(chunk)) await this.#stdoutLine(line)
    }
    for (const line of lines.end()) await this.#stdoutLine(line)
  }

  /** Reads stderr to its end, handing on every byte. */
  async stderr(stream: Readable, onStderr: ((chunk: Buffer) => void) | undefined): Promise<void> {
    const lines = new LineCutter(this.#limits.maxLineBytes)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      this.#stderrBytes += chunk.length
      onStderr?.(chunk)
      for (const line of lines.push(chunk)) await this.#record('stderr', stderrEvent(line))
    }
    for (const line of lines.end()) await this.#record('stderr', stderrEvent(line))
  }

  /** How much there was, and how much of it is not recorded. */
  totals(): { stdout_bytes: number; stderr_bytes: number; cut_bytes: number } {
    return { stdout_bytes: this.#stdoutBytes, stderr_bytes: this.#stderrBytes, cut_bytes: this.#cutBytes }
  }

  async #stdoutLine({ text, cut, torn }: OutputLine): Promise<void> {
    const event = parseTrainerLine(text)
    if (event.type === 'malformed') {
      await this.#record('text', { ...event, ...(cut && { cut }), ...(torn && { torn }) })
    } else if (event.type === 'text') {
      await this.#record('text', { ...event, ...(cut && { cut }) })
    } else {
      await this.#record(event.type === 'log' ? 'text' : 'events', event)
    }
  }

  async #record(kind: Kind, event: RunEventBody): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(event))
    if (this.#taken[kind] + bytes <= this.#limits.maxOutputBytes) {
      this.#taken[kind] += bytes
      await this.#log.append(event)
      return
    }
    this.#cutBytes += bytes
    if (this.#noted.has(kind)) return
    this.#noted.add(kind)
    const message = `more than ${this.#limits.maxOutputBytes} bytes of ${NAMES[kind]}: the rest is not recorded`
    await this.#log.append({ type: 'note', code: 'output_cut', message })
  }
}

function stderrEvent({ text, cut }: OutputLine): RunEventBody {
  return { type: 'stderr', text, ...(cut && { cut }) }
}
