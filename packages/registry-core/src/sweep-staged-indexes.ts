import { readdirSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'

const STAGED = /^\.index\.json\..+\.tmp$/
/** Nobody writes an index for so long: who staged it was killed. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000

/** Removes the indexes that killed writers left staged in the private directory; what cannot be removed stays. */
export function sweepStagedIndexes(work: string): void {
  for (const name of namesIn(work)) {
    if (STAGED.test(name)) removeIfOld(join(work, name))
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    // Who may write into a directory need not be allowed to list it.
    return []
  }
}

function removeIfOld(path: string): void {
  try {
    if (statSync(path).mtimeMs < Date.now() - ABANDONED_AFTER_MS) unlinkSync(path)
  } catch {
    // Another refresh was first, or it may not be removed; it harms nobody.
  }
}
