import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import type { EntryKind, Sourced } from '../format/bundle-source.js'
import { problem } from '../format/problem.js'
import type { Problem, ProblemCode } from '../format/problems.js'
import { environmentErrno } from './environment.js'

/** The problem of a file that the system does not let us read. */
export function unreadable(file: string, error: unknown, what = 'cannot be read'): Problem {
  const errno = environmentErrno(error)
  const advice = errno === undefined || PERMISSIONS.has(errno) ? CHECK_PERMISSIONS : LOOK_AT_SYSTEM
  const found = problem('unreadable', file, `${what} (${errnoOf(error) ?? String(error)}); ${advice}`)
  return errno === undefined ? found : { ...found, errno }
}

const PERMISSIONS = new Set(['EACCES', 'EPERM'])
const CHECK_PERMISSIONS = 'check its permissions'
const LOOK_AT_SYSTEM = 'look at the system, then read it again'

/** Whether a real path is inside a real directory. */
export function isInside(root: string, path: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** Lists a bundle's directory; every failure is a problem of the bundle. */
export function listEntries(dir: string): Sourced<ReadonlyMap<string, EntryKind>> {
  try {
    const entries = new Map<string, EntryKind>()
    for (const entry of readdirSync(dir, { withFileTypes: true })) entries.set(entry.name, kindOf(entry))
    return { ok: true, value: entries }
  } catch (error) {
    return { ok: false, problem: directoryProblem(error) }
  }
}

/** What a directory's entry is. */
export function kindOf(entry: Dirent): EntryKind {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'directory'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

/** What a failed system call on a bundle's directory means. */
export function directoryProblem(error: unknown): Problem {
  const errno = errnoOf(error)
  if (errno === 'ENOENT')
    return problem('vanished', '', 'there is no bundle here; it may just have been removed')
  if (errno === 'ENOTDIR')
    return problem('not_a_file', '', 'a bundle is a directory, and this is none; remove it')
  return unreadable('', error, 'the directory cannot be read')
}

/**
 * Where a file of a bundle really is. Links are followed only to regular files inside `root`; anything that is not a
 * regular file is refused before it is opened.
 */
export function locateFile(root: string, dir: string, name: string, kind: EntryKind): Sourced<string> {
  const path = join(dir, name)
  if (kind === 'file') return { ok: true, value: path }
  if (kind !== 'link') return refuse('not_a_file', name, NOT_A_FILE)
  try {
    const real = realpathSync(path)
    if (!isInside(root, real))
      return refuse('symlink_escape', name, 'is a link out of the models dir; copy the file')
    return statSync(real).isFile() ? { ok: true, value: real } : refuse('not_a_file', name, NOT_A_FILE)
  } catch (error) {
    if (environmentErrno(error) !== undefined)
      return { ok: false, problem: unreadable(name, error, 'is a link that cannot be followed') }
    const why = errnoOf(error) ?? String(error)
    return refuse(
      'symlink_escape',
      name,
      `is a link that leads nowhere (${why}); copy the file it was meant for`,
    )
  }
}

const NOT_A_FILE = 'is not a regular file, and nothing else is opened; replace it with one'

function refuse(code: ProblemCode, file: string, message: string): Sourced<never> {
  return { ok: false, problem: problem(code, file, message) }
}
