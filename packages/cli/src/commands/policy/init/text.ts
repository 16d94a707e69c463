import type { PolicyInit } from '../../../documents/policy.js'
import { escapeText } from '../../../render/escape.js'

/** Where it was written. */
export function text({ file }: PolicyInit): string {
  return `${escapeText(file)}\n`
}
