import { randomBytes } from 'node:crypto'
import { isOnThisKernel, isProcessAlive, type ProcessIdentity } from './process-identity.js'

/** Who holds a lock: a process, and which of its acquisitions. */
export interface LockOwner extends ProcessIdentity {
  token: string
}

/**
 * A new owner for this acquisition: its token is never used again.
 *
 * @example
 * ```ts
 * const owner = newLockOwner(currentProcess())
 * ```
 */
export function newLockOwner(identity: ProcessIdentity): LockOwner {
  return { ...identity, token: randomBytes(12).toString('base64url') }
}

/**
 * The directory name that carries the whole identity, so that taking the lock and naming its owner are one step.
 *
 * @example
 * ```ts
 * await fileSystem.mkdir(join(staging, nameOfOwner(newLockOwner(currentProcess()))))
 * ```
 */
export function nameOfOwner(owner: LockOwner): string {
  const { host, machine, boot, pidNamespace, pid, startTime, token } = owner
  return [host, machine, boot, pidNamespace, pid, startTime, token].join('~')
}

/**
 * Reads an owner from its directory name; undefined when the name is nobody's.
 *
 * @example
 * ```ts
 * const owner = ownerOfName(name)
 * const isLeft = owner !== undefined && isProcessAlive(owner) === 'dead'
 * ```
 */
export function ownerOfName(name: string): LockOwner | undefined {
  const [host, machine, boot, pidNamespace, pid, startTime, token, ...rest] = name.split('~')
  if (host === undefined || machine === undefined || boot === undefined || pidNamespace === undefined)
    return undefined
  if (pid === undefined || startTime === undefined || !token || rest.length > 0) return undefined
  if (!/^[1-9]\d{0,9}$/.test(pid)) return undefined
  return { host, machine, boot, pidNamespace, pid: Number(pid), startTime, token }
}

/**
 * What a waiter may do about who holds a lock. `dead`: overtake at once. `here`: it lives on this kernel, or cannot be
 * seen from this container, or the name is nobody's; overtake it when it has held for too long. `elsewhere`: never.
 */
export type OwnerStanding = 'dead' | 'here' | 'elsewhere'

/**
 * Which state the owner of that name is in, seen from here.
 *
 * @example
 * ```ts
 * const standing = standingOfOwner(ownerOfName(name))
 * ```
 */
export function standingOfOwner(
  owner: LockOwner | undefined,
  isAlive: (owner: ProcessIdentity) => 'alive' | 'dead' | 'unknown' = isProcessAlive,
): OwnerStanding {
  if (owner === undefined) return 'here'
  const state = isAlive(owner)
  if (state === 'dead') return 'dead'
  return state === 'alive' || isOnThisKernel(owner) ? 'here' : 'elsewhere'
}
