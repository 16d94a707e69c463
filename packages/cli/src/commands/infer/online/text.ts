import type { InferOnline } from '../../../documents/infer-online.js'
import type { Terminal } from '../../../io.js'

/** Standard output is for answers alone. */
export function text(): string {
  return ''
}

/** How it went. */
export function summary({ answers, errors, swaps }: InferOnline, _terminal: Terminal): string {
  return `answered ${answers} lines, ${errors} of them with an error; ${swaps} models swapped in\n`
}
