import { isWellFormed } from './shape.js'

/** The files that a models dir keeps for itself, as patterns: no bundle may have one of these names. */
const OWNED = [
  'active\\.json$',
  'active_history\\.jsonl$',
  'index\\.json$',
  'inference_policy\\.json$',
  'traffic.*\\.json',
  'channel-.*\\.json',
]
// In any case: some file systems make no difference.
const IS_OWNED = new RegExp(`^(?:${OWNED.join('|')})`, 'i')

/** Whether the models dir keeps, or may keep, a file of its own under this name. */
export function isOwnedName(name: string): boolean {
  return IS_OWNED.test(name)
}

/**
 * Why a name cannot be that of a bundle in a models dir; undefined when it can. Such a name is no more than looked at: not
 * published, not activated, not followed.
 *
 * @example
 * ```ts
 * whyUnusableName('run-1') // undefined
 * whyUnusableName('active.json') // 'is the name of a file that the models dir keeps for itself'
 * ```
 */
export function whyUnusableName(name: string): string | undefined {
  if (name === '') return 'is empty'
  if (name.startsWith('.')) return 'begins with a dot, which hides it'
  if (/[/\\\0]/.test(name)) return 'holds a separator or a NUL, which no pointer can name'
  if (!isWellFormed(name)) return 'cannot be written as UTF-8'
  if (isOwnedName(name)) return 'is the name of a file that the models dir keeps for itself'
  return undefined
}
