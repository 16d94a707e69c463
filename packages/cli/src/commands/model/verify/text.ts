import type { ModelVerify } from '../../../documents/model.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'
import { painter } from '../../../render/paint.js'

/** A line for each model, and what is wrong with it below. */
export function text({ bundles }: ModelVerify, terminal: Terminal): string {
  const paint = painter(terminal)
  return bundles
    .map(({ model_id, ok, files, problems, warnings, checks }) => {
      const compared = files.filter(({ outcome }) => outcome === 'match').length
      const verdict = ok ? paint.green('ok') : paint.red('damaged')
      const details = [
        ...('code' in checks ? [`    ${escapeText(checks.message ?? '')} [${checks.code}]\n`] : []),
        ...problems.map(({ code, message }) => `    ${escapeText(message)} [${code}]\n`),
        ...warnings.map(({ code, message }) => `    warning: ${escapeText(message)} [${code}]\n`),
      ]
      return `${verdict}  ${escapeText(model_id)}  ${compared} of ${files.length} files match a manifest\n${details.join('')}`
    })
    .join('')
}
