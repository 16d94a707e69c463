import type { TrainCheckRetrain } from '../../../documents/promotion.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'

/** One line: due or not, and why. */
export function text({ due, message, cadence }: TrainCheckRetrain, _terminal: Terminal): string {
  return `${due ? 'due' : 'not due'} (${escapeText(cadence)}): ${escapeText(message)}\n`
}
