import type { RunsTail } from '../../../documents/runs.js'
import type { Terminal } from '../../../io.js'

/** The events were printed as they came. */
export function text(_data: RunsTail, _terminal: Terminal): string {
  return ''
}
