import { RegistryError } from '../errors.js'
import { show } from './describe.js'
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

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

/**
 * Whether the text is an id, of a model or of a run: letters, digits, dots, dashes and underscores, 128 at most, beginning with a letter
 * or digit. So it is the name of one path segment, and leads nowhere else.
 *
 * @example
 * ```ts
 * isId('run-8935') // true
 * isId('../elsewhere') // false
 * ```
 */
export function isId(text: string): boolean {
  return ID.test(text)
}

/**
 * Whether the text is an id that taskclf itself would write: an {@link isId id}, and not the name of a file
 * that the models dir keeps for itself. Directories found on disk may have other names; see {@link whyUnusableName}.
 *
 * @example
 * ```ts
 * isModelId('2026-03-02_031009_run-8935') // true
 * isModelId('../elsewhere') // false
 * ```
 */
export function isModelId(text: string): boolean {
  return isId(text) && !isOwnedName(text)
}

/**
 * Refuses an id that no bundle of a models dir can have.
 *
 * @throws RegistryError `unusable_name` when the id is empty, hidden, a file of the models dir's own, or would lead anywhere
 * else.
 * @example
 * ```ts
 * requireUsableName('../elsewhere') // throws
 * ```
 */
export function requireUsableName(modelId: string): void {
  const why = whyUnusableName(modelId)
  if (why === undefined) return
  const message = `${show(modelId)} cannot be a model id: it ${why}; give the name of a bundle's directory`
  throw new RegistryError('unusable_name', modelId, message)
}
