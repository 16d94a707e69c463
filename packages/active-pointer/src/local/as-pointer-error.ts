import { DurableFsError, errnoOf } from '@taskclf/durable-fs'
import { ActivePointerError } from '../errors.js'

/** Any failure of a switch as an error of this package. */
export function asPointerError(error: unknown): unknown {
  if (!(error instanceof DurableFsError)) return asReadError(error, 'nothing was switched')
  const { code, path, message, cause } = error
  if (code === 'lock_timeout' || code === 'lock_foreign_owner')
    return new ActivePointerError(code, message, { path }, error)
  if (code === 'durability_unknown') {
    const said = `switched, but durability is unknown: ${message}`
    return new ActivePointerError('durability_unknown', said, { path }, error)
  }
  if (code === 'target_is_a_link') {
    const said = `nothing was switched: ${message}`
    return new ActivePointerError('pointer_is_a_link', said, { path }, error)
  }
  // The private directory is moved away by the breaker of the lock, so the staged file is gone.
  if (code === 'write_failed' && errnoOf(cause) === 'ENOENT') return overtaken(error)
  const errno = errnoOf(cause)
  return new ActivePointerError('io', `nothing was switched: ${message}`, { path, errno }, error)
}

/** This writer held the lock for so long that another took it over, or may any moment; its switch did not happen. */
export function overtaken(cause?: unknown): ActivePointerError {
  const message =
    'this writer held the lock for so long that another may have taken over; nothing was switched, try again'
  return new ActivePointerError('overtaken', message, {}, cause)
}

/** The system's own errors in reading, as errors of this package; `said` is what they mean for the caller. */
export function asReadError(error: unknown, said: string): unknown {
  const errno = errnoOf(error)
  if (errno === undefined || !/^E[A-Z0-9]+$/.test(errno)) return error
  const message = `${said}: the models dir's state cannot be read (${(error as Error).message})`
  return new ActivePointerError('io', message, { errno }, error)
}
