import type { PolicyShow } from '../../../documents/policy.js'
import { escapeJson } from '../../../render/escape.js'

/** The policy as a file would hold it: what is printed can be saved and used. */
export function text({ policy }: PolicyShow): string {
  return `${escapeJson(JSON.stringify(policy, null, 2))}\n`
}
