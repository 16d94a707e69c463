import { type ActivePointer, type DigestOf, type PointerProblem, parsePointer } from './pointer.js'

/**
 * The pointer as found. `version` names its bytes: compare-and-swap is on it. Corrupt is never read as absent.
 * `isLink`: active.json is a link to a file of the models dir, as mounted volumes have it; it is read, never switched.
 */
export type ActiveState =
  | { status: 'absent'; version: 'absent' }
  | { status: 'valid'; version: string; pointer: ActivePointer; modelId: string; isLink?: true }
  | {
      status: 'corrupt'
      version: string
      problems: readonly PointerProblem[]
      bytes: Uint8Array
      isLink?: true
    }

/** No pointer. */
export const ABSENT: ActiveState = { status: 'absent', version: 'absent' }

/**
 * What the bytes of a pointer say.
 *
 * @example
 * ```ts
 * const state = stateOf(bytes, digestOf)
 * if (state.status === 'valid') console.log(state.modelId)
 * ```
 */
export function stateOf(bytes: Uint8Array, digestOf: DigestOf): Exclude<ActiveState, { status: 'absent' }> {
  const parsed = parsePointer(bytes)
  if (!parsed.ok) return corruptState(bytes, parsed.problems, digestOf)
  return {
    status: 'valid',
    // Made when asked for: who only follows the pointer never does, and a first digest costs as much as the rest.
    get version() {
      return digestOf(bytes)
    },
    pointer: parsed.pointer,
    modelId: parsed.pointer.model_id,
  }
}

/**
 * A pointer that cannot be used, whatever is wrong with it.
 *
 * @example
 * ```ts
 * corruptState(bytes, [{ code: 'target_escapes', message: 'run-1 is a link out of the store' }], digestOf)
 * ```
 */
export function corruptState(
  bytes: Uint8Array,
  problems: readonly PointerProblem[],
  digestOf: DigestOf,
): Extract<ActiveState, { status: 'corrupt' }> {
  return { status: 'corrupt', version: digestOf(bytes), problems, bytes }
}
