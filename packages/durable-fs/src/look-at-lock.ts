import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { errnoOf } from './errors.js'
import { isAside } from './lock-directory.js'
import { type LockOwner, type OwnerStanding, ownerOfName, standingOfOwner } from './lock-owner.js'

/** Something that keeps a lock taken. */
export interface LockHolder {
  /** Its entry in the lock's directory. */
  name: string
  /** Absent: the name is nobody's. */
  owner?: LockOwner
  standing: OwnerStanding
}

/** A lock as it was found. */
export interface LockLook {
  holders: readonly LockHolder[]
  /** Paths of what killed processes left in the lock and beside it; the next owner of the lock removes them. */
  remnants: readonly string[]
}

/**
 * Looks at a lock without taking it: who holds it, and what killed processes left of it.
 *
 * @throws the system's own error where a directory is there and cannot be read.
 * @example
 * ```ts
 * const { holders } = lookAtLock('models/.taskclf/active.lock')
 * const isStale = holders.some(({ standing }) => standing === 'dead')
 * ```
 */
export function lookAtLock(lockDir: string): LockLook {
  const inside = namesIn(lockDir)
  const [parent, lock] = [dirname(lockDir), basename(lockDir)]
  const beside = namesIn(parent).filter((name) => isRemnant(name, lock))
  return {
    holders: inside.filter((name) => !isAside(name)).map(holderOf),
    remnants: [
      ...inside.filter(isAside).map((name) => join(lockDir, name)),
      ...beside.map((name) => join(parent, name)),
    ],
  }
}

function holderOf(name: string): LockHolder {
  const owner = ownerOfName(name)
  return { name, ...(owner && { owner }), standing: standingOfOwner(owner) }
}

function isRemnant(name: string, lock: string): boolean {
  if (name.startsWith(`${lock}.gone-`)) return true
  const staged = `${lock}.new-`
  return name.startsWith(staged) && standingOfOwner(ownerOfName(name.slice(staged.length))) === 'dead'
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).sort()
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}
