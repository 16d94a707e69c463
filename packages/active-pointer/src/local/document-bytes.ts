import { errnoOf } from '@taskclf/durable-fs'
import { ActivePointerError } from '../errors.js'
import type { PointerProblem } from '../format/pointer.js'

/** A document's bytes; `absent` and nothing else means that there is no such file. */
export type DocumentBytes =
  | { status: 'present'; bytes: Uint8Array; isLink?: true }
  | { status: 'absent' }
  | { status: 'refused'; problem: PointerProblem }

/** Content that is refused. */
export function refused(code: PointerProblem['code'], message: string): DocumentBytes {
  return { status: 'refused', problem: { code, message } }
}

/** The environment keeps a document from being read: what it says is unknown, which is neither absent nor corrupt. */
export function unreadable(path: string, cause: unknown): ActivePointerError {
  const errno = errnoOf(cause)
  const message = `${path} cannot be read (${errno ?? String(cause)}), so nothing was decided; look at its permissions and its disk`
  return new ActivePointerError('io', message, { path, errno }, cause)
}
