import type { ModelWhy } from '../../../documents/model-why.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'
import { painter } from '../../../render/paint.js'

/** The explanation, a sentence a line. */
export function text({ explanation }: ModelWhy, terminal: Terminal): string {
  const [first = '', ...rest] = explanation
  const lines = [painter(terminal).bold(escapeText(first)), ...rest.map((line) => `  ${escapeText(line)}`)]
  return lines.map((line) => `${line}\n`).join('')
}
