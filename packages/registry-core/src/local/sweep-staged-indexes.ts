import { readdirSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'

const STAGED = /^\.index\.json\..+\.tmp$/
/** Nobody writes an index for so long: who staged it was killed. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000

/**
 * Removes the indexes that killed writers left staged in the private directory of a models dir, once they are an hour old; what cannot
 * be removed stays.
 *
 * @returns the paths that were removed
 * @example
 * ```ts
 * sweepStagedIndexes(openModelsDir('models').look().work)
 * ```
 */
export function sweepStagedIndexes(work: string): string[] {
  const staged = namesIn(work).filter((name) => STAGED.test(name))
  return staged.map((name) => join(work, name)).filter(removeIfOld)
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    // Who may write into a directory need not be allowed to list it.
    return []
  }
}

function removeIfOld(path: string): boolean {
  try {
    if (statSync(path).mtimeMs >= Date.now() - ABANDONED_AFTER_MS) return false
    unlinkSync(path)
    return true
  } catch {
    // Another refresh was first, or it may not be removed; it harms nobody.
    return false
  }
}
