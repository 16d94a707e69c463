import { join } from 'node:path'
import { acquireLock, DurableFsError, errnoOf, type FileSystem, type Lock } from '@taskclf/durable-fs'
import type { ModelsDirLayout } from '@taskclf/registry-core'
import { ActivePointerError } from './errors.js'
import type { SwitchOptions } from './switch.js'

/** Takes the one lock of all writers of active state. */
export async function takeLock(
  layout: ModelsDirLayout,
  options: SwitchOptions,
  fileSystem: FileSystem,
): Promise<Lock> {
  try {
    return await acquireLock(join(layout.work, 'active.lock'), { ...options.lock, fileSystem })
  } catch (error) {
    throw asPointerError(error)
  }
}

/** This writer was stopped for so long that another took the lock over; its switch did not happen. */
export function overtaken(cause?: unknown): ActivePointerError {
  const message = 'another writer took over while this one was stopped; nothing was switched, try again'
  return new ActivePointerError('overtaken', message, {}, cause)
}

/** Any failure of a switch as an error of this package. */
export function asPointerError(error: unknown): unknown {
  if (!(error instanceof DurableFsError)) return errnoOf(error)?.startsWith('E') ? unreadable(error) : error
  const { code, path, message, cause } = error
  if (code === 'lock_timeout' || code === 'lock_foreign_owner')
    return new ActivePointerError(code, message, { path }, error)
  if (code === 'durability_unknown') {
    const said = `switched, but durability is unknown: ${message}`
    return new ActivePointerError('durability_unknown', said, { path }, error)
  }
  // The private directory is moved away by whoever breaks the lock, so the staged file is gone.
  if (code === 'write_failed' && errnoOf(cause) === 'ENOENT') return overtaken(error)
  return new ActivePointerError(
    'io',
    `nothing was switched: ${message}`,
    { path, errno: errnoOf(cause) },
    error,
  )
}

function unreadable(error: unknown): ActivePointerError {
  const errno = errnoOf(error)
  const message = `nothing was switched: the models dir's state cannot be read (${errno})`
  return new ActivePointerError('io', message, { errno }, error)
}
