import type { RunEvent } from './run-event.js'
import { tailEvents } from './tail-events.js'

/** What a trainer said last of everything. */
export interface LastWords {
  phase?: string
  /** The last it reported of each metric. */
  metrics: Record<string, number>
  /** The last events, without that of its end. */
  events: RunEvent[]
}

/**
 * What a trainer has said last, read without holding all it ever said.
 *
 * @param most how many events are kept
 * @throws RunsError `run_not_found`, `invalid_run_id`.
 * @example
 * ```ts
 * const { phase, metrics } = await lastWords('runs', id)
 * ```
 */
export async function lastWords(runsDir: string, id: string, most = 10): Promise<LastWords> {
  const words: LastWords = { metrics: {}, events: [] }
  for await (const event of tailEvents(runsDir, id)) {
    if (event.type === 'phase') words.phase = event.name
    if (event.type === 'metrics') Object.assign(words.metrics, event.values)
    if (event.type === 'ended') continue
    words.events.push(event)
    if (words.events.length > most) words.events.shift()
  }
  return words
}
