import type { PolicyCheck } from '../../../documents/policy.js'
import { violationLines } from '../../../read-policy.js'
import { escapeLines, escapeText } from '../../../render/escape.js'

/** Everything that is wrong, a line each. */
export function text({ file, valid, violations, digest }: PolicyCheck): string {
  if (valid) return `${escapeText(file)} is a valid policy (${digest?.slice(0, 12)})\n`
  return `${escapeLines(violationLines(violations))}\n`
}
