import type { Finding } from './examination.js'

const LEVELS = ['error', 'warning', 'note']

/**
 * Findings in the order in which they matter; those of one level stay as they are.
 *
 * @example
 * ```ts
 * const all = worstFirst([...examination.findings, { level: 'error', code: 'x', message: 'x', advice: 'x' }])
 * ```
 */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
}
