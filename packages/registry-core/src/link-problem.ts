import { realpathSync } from 'node:fs'
import { errnoOf } from '@taskclf/durable-fs'
import { isInside, problem, unreadable } from './bundle-entries.js'
import { environmentErrno } from './environment.js'
import type { Problem } from './problems.js'

/** What is wrong with a models dir's entry that is a link. */
export function linkProblem(root: string, path: string): Problem {
  const advice = 'copy the bundle into the models dir instead'
  try {
    const inside = isInside(root, realpathSync(path))
    return inside
      ? problem(
          'symlink_alias',
          '',
          'this is a link to something in the models dir, which has a name already; remove it',
        )
      : problem('symlink_escape', '', `this is a link out of the models dir; ${advice}`)
  } catch (error) {
    if (environmentErrno(error) !== undefined)
      return unreadable('', error, 'this is a link that cannot be followed')
    const why = errnoOf(error) ?? String(error)
    return problem(
      'symlink_escape',
      '',
      `this is a link that leads nowhere (${why}); remove it, or ${advice}`,
    )
  }
}
