import type { ModelVerify } from '../../../documents/model.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'
import { painter } from '../../../render/paint.js'

/** A line for each model, and what is wrong with it below. */
export function text({ bundles }: ModelVerify, terminal: Terminal): string {
  const paint = painter(terminal)
  return bundles
    .map(({ model_id, ok, verified, files, problems, warnings, checks }) => {
      const listed = files.filter(({ expected_sha256 }) => expected_sha256 !== null)
      const matching = listed.filter(({ outcome }) => outcome === 'match').length
      const compared = verified
        ? `${matching} of ${listed.length} files match the manifest`
        : `no manifest to compare ${files.length} files with`
      const sound = verified ? paint.green('ok') : paint.yellow('unverified')
      const verdict = ok ? sound : paint.red('damaged')
      const details = [
        ...('code' in checks ? [`    ${escapeText(checks.message ?? '')} [${checks.code}]\n`] : []),
        ...problems.map(({ code, message }) => `    ${escapeText(message)} [${code}]\n`),
        ...warnings.map(({ code, message }) => `    warning: ${escapeText(message)} [${code}]\n`),
      ]
      return `${verdict}  ${escapeText(model_id)}  ${compared}\n${details.join('')}`
    })
    .join('')
}
