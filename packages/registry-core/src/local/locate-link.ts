import { realpathSync, statSync } from 'node:fs'
import { dirname, relative, sep } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { problem } from '../format/problem.js'
import type { Problem } from '../format/problems.js'
import { isInside, unreadable } from './bundle-entries.js'
import { environmentErrno } from './environment.js'
import { modelsDirLayout } from './layout.js'

/** What a models dir's entry that is a link leads to. */
export type LocatedLink =
  /** A directory below a dot directory of the models dir, as mounted volumes have it: that is the bundle. */
  | { kind: 'bundle'; dir: string; root: string }
  /** Something that is not a directory: not a bundle, and not a problem. */
  | { kind: 'file' }
  | { kind: 'problem'; problem: Problem }

/** Follows a models dir's entry that is a link. Links inside the bundle must end beside it. */
export function locateLink(root: string, path: string): LocatedLink {
  try {
    const real = follow(path)
    if (!statSync(real).isDirectory()) return { kind: 'file' }
    if (isMounted(root, real)) return { kind: 'bundle', dir: real, root: dirname(real) }
    return { kind: 'problem', problem: isInside(root, real) ? inner() : outer() }
  } catch (error) {
    return { kind: 'problem', problem: brokenLink(error) }
  }
}

const COPY = 'copy the bundle into the models dir instead'
const inner = (): Problem =>
  problem(
    'symlink_alias',
    '',
    'this is a link to something in the models dir, which has a name already; remove it',
  )
const outer = (): Problem => problem('symlink_escape', '', `this is a link out of the models dir; ${COPY}`)

/** The real path; a volume that is just being replaced is looked at again. */
function follow(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    return realpathSync(path)
  }
}

function isMounted(root: string, real: string): boolean {
  const inner = relative(root, real)
  const [first = ''] = inner.split(sep)
  const isHidden = first.startsWith('.') && inner !== first && isInside(root, real)
  return isHidden && !isInside(modelsDirLayout(root).work, real)
}

function brokenLink(error: unknown): Problem {
  if (environmentErrno(error) !== undefined)
    return unreadable('', error, 'this is a link that cannot be followed')
  const why = errnoOf(error) ?? String(error)
  return problem('symlink_escape', '', `this is a link that leads nowhere (${why}); remove it, or ${COPY}`)
}
