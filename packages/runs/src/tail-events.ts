import { type FileHandle, open } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { errnoOf } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import { runPaths } from './layout.js'
import { LineCutter } from './line-cutter.js'
import { type RunRecord, readRun } from './read-run.js'
import type { EndedEvent, RunEvent } from './run-event.js'
import { runEventSchema } from './run-event-schema.js'
import { isRunEvent } from './run-shapes.js'

/** How {@link tailEvents} reads. */
export interface TailEventsOptions {
  /** Wait for more until the run ends. Default: false, what is there. */
  follow?: boolean
  /** Begin with the last so many of those that are there. Default: all. */
  last?: number
  /** Ends the waiting, quietly. */
  signal?: AbortSignal
  /** How often to look for more. Default: 100 ms. */
  pollMs?: number
}

const CHUNK_BYTES = 1 << 16
const MAX_RECORD_BYTES = 1 << 22

/**
 * The events of a run from its first, from any process; the last is `ended` when the run is over. The file is the
 * buffer, so a slow reader holds nobody up.
 *
 * @throws RunsError `run_not_found`, `invalid_run_id`.
 * @example
 * ```ts
 * for await (const event of tailEvents('runs', id, { follow: true })) {
 *   if (event.type === 'progress') console.log(event.current, event.total)
 * }
 * ```
 */
export async function* tailEvents(
  runsDir: string,
  id: string,
  { last, ...options }: TailEventsOptions = {},
): AsyncGenerator<RunEvent, void, undefined> {
  if (last !== undefined) {
    let count = 0
    for await (const { seq } of tailEvents(runsDir, id)) count = seq
    for await (const event of tailEvents(runsDir, id, options)) if (event.seq > count - last) yield event
    return
  }
  const reader = new EventReader(runPaths(runsDir, id).events)
  try {
    for (;;) {
      // Looked at before reading: the events of a run that is over are all there.
      const run = await readRun(runsDir, id)
      for await (const events of reader.rest()) yield* events
      if (run.status !== 'running') {
        yield reader.number(endedEvent(run))
        return
      }
      if (!options.follow || options.signal?.aborted) return
      await delay(options.pollMs ?? 100, undefined, { signal: options.signal }).catch(() => {})
    }
  } finally {
    await reader.close()
  }
}

function endedEvent(run: RunRecord): EndedEvent & { at: string } {
  if (run.status === 'damaged') return { type: 'ended', at: '', state: 'damaged', message: run.problem }
  if (run.status === 'orphaned') {
    return { type: 'ended', at: '', state: 'orphaned', message: 'the runner is gone and left no outcome' }
  }
  const { code, message, ended_at: at = '' } = run.manifest
  // Only a run that is over gets here.
  const state = run.status as Exclude<typeof run.status, 'running'>
  return { type: 'ended', at, state, ...(code && { code }), ...(message && { message }) }
}

/** Reads events.ndjson on from where it stopped. */
class EventReader {
  readonly #path: string
  readonly #lines = new LineCutter(MAX_RECORD_BYTES)
  #file: FileHandle | undefined
  #position = 0
  #seq = 0

  constructor(path: string) {
    this.#path = path
  }

  /** Everything there is beyond what was read; a last line without its newline waits for the rest. */
  async *rest(): AsyncGenerator<RunEvent[], void, undefined> {
    this.#file ??= await openIfThere(this.#path)
    if (this.#file === undefined) return
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (;;) {
      const { bytesRead } = await this.#file.read(buffer, 0, CHUNK_BYTES, this.#position)
      if (bytesRead === 0) return
      this.#position += bytesRead
      // The cutter keeps what it is given: not the buffer that is read into next.
      const lines = this.#lines.push(Buffer.from(buffer.subarray(0, bytesRead)))
      yield lines.map(({ text }) => this.#event(text))
    }
  }

  number<T extends object>(event: T): T & { seq: number } {
    this.#seq += 1
    return { ...event, seq: this.#seq }
  }

  async close(): Promise<void> {
    await this.#file?.close()
  }

  #event(text: string): RunEvent {
    try {
      const value: unknown = JSON.parse(text)
      // The schema is asked for what is wrong.
      const event = isRunEvent(value) ? value : runEventSchema.parse(value)
      this.#seq = event.seq
      return event
    } catch (error) {
      const message = `a record cannot be read: ${messageOf(error)}`
      return this.number({
        type: 'malformed',
        at: '',
        text: text.slice(0, 200),
        reason: 'damaged_record',
        message,
      })
    }
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}
