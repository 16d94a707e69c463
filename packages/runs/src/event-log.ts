import { type FileHandle, open } from 'node:fs/promises'
import type { RunEventBody } from './run-event.js'

const BATCH_MS = 50
const BATCH_CHARS = 1 << 16

/** events.ndjson being written: in batches, in order, and whole before `close` resolves. */
export class EventLog {
  readonly #file: FileHandle
  readonly #now: () => Date
  #count = 0
  #pending = ''
  #tail: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  private constructor(file: FileHandle, now: () => Date) {
    this.#file = file
    this.#now = now
  }

  static async create(path: string, now: () => Date): Promise<EventLog> {
    return new EventLog(await open(path, 'ax'), now)
  }

  get count(): number {
    return this.#count
  }

  /** Takes an event. The promise resolves when more may come; awaiting it is what slows a flood down. */
  append(body: RunEventBody): Promise<void> | undefined {
    this.#count += 1
    const stamp = { seq: this.#count, at: this.#now().toISOString() }
    this.#pending += `${JSON.stringify({ ...stamp, ...body, ...stamp })}\n`
    if (this.#pending.length >= BATCH_CHARS) return this.#flush()
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_MS)
    return undefined
  }

  /** Resolves once everything taken would survive a power loss. */
  async close(): Promise<void> {
    try {
      await this.#flush()
      await this.#file.sync()
    } finally {
      await this.#file.close()
    }
  }

  #flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = this.#pending
    this.#pending = ''
    this.#tail = this.#tail.then(() => this.#file.appendFile(batch))
    // A failed batch fails every later one and `close`; the timer's own call has nobody to tell.
    this.#tail.catch(() => {})
    return this.#tail
  }
}
