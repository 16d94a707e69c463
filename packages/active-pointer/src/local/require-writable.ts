import { lstatSync } from 'node:fs'
import { lookAtModelsDir, type ModelsDirLook } from '@taskclf/registry-core'
import { ActivePointerError } from '../errors.js'
import type { ActiveState } from '../format/active-state.js'

/** A link is not replaced by a file: its maker decides what it leads to. A directory cannot be replaced by one. */
export function requireWritable(path: string, active: ActiveState): void {
  if (active.status === 'absent') return
  const odd = active.version === 'unreadable' ? lstatSync(path, { throwIfNoEntry: false }) : undefined
  if (active.isLink || odd?.isSymbolicLink()) {
    const message = `${path} is a link, so nothing was switched; switch where it leads, or replace the link by the file`
    throw new ActivePointerError('pointer_is_a_link', message, { path })
  }
  if (!odd?.isDirectory()) return
  const message = `${path} is a directory, so nothing was switched; move it away`
  throw new ActivePointerError('io', message, { path, errno: 'EISDIR' })
}

/**
 * A link that a deployment led elsewhere since the look was taken: what was decided and tried is in a directory that nobody follows
 * any more, and a switch in it would change nothing.
 */
export function requireSameDirectory({ given, root }: ModelsDirLook): void {
  const now = lookAtModelsDir(given).root
  if (now === root) return
  const message = `${given} leads to ${now} now, and led to ${root} when the switch was decided; decide again`
  throw new ActivePointerError('conflict', message, { expected: root, found: now })
}
