import type { InferOnline } from '../../../documents/infer-online.js'
import type { Terminal } from '../../../io.js'
import { standsInText } from '../shared/degraded.js'

/** Standard output is for answers alone. */
export function text(): string {
  return ''
}

/** How it went. */
export function summary({ answers, errors, swaps, degraded }: InferOnline, _terminal: Terminal): string {
  const standsIn = degraded === null ? '' : `; what answered stands in ${standsInText(degraded)}`
  return `answered ${answers} lines, ${errors} of them with an error; ${swaps} models swapped in${standsIn}\n`
}
