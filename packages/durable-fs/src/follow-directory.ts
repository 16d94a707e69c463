import { fchmodSync, fchownSync, fstatSync, statSync } from 'node:fs'
import { errnoOf } from './errors.js'
import { pathOf } from './odd-names.js'

/** This process may not, or this file system has no such thing: then it stays as it is. */
const NOT_TO_BE_HAD = new Set<string | undefined>(['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'])

/** Whether owner or mode were not set because this process may not set them, or nobody can here. */
export function isNotToBeHad(error: unknown): boolean {
  return NOT_TO_BE_HAD.has(errnoOf(error))
}

/**
 * What was just made is readable by group and others as far as `like` is, and belongs to whom that belongs to: a reader who
 * reads the models of a directory reads those that another user's umask, or root, put there.
 */
export function followDirectory(fd: number, like: string): void {
  const to = statSync(pathOf(like))
  const own = fstatSync(fd)
  // Only root gives files away; anybody to a group of their own.
  const uid = process.geteuid?.() === 0 ? to.uid : own.uid
  if (uid !== own.uid || to.gid !== own.gid) tolerating(() => fchownSync(fd, uid, to.gid))
  const readable = to.mode & (own.isDirectory() ? 0o555 : 0o444)
  const mode = (own.mode & 0o7777) | readable
  if (mode !== (own.mode & 0o7777)) tolerating(() => fchmodSync(fd, mode))
}

function tolerating(set: () => void): void {
  try {
    set()
  } catch (error) {
    if (!isNotToBeHad(error)) throw error
  }
}
