/**
 * The sentence a person needs of any thrown thing.
 *
 * @example
 * ```ts
 * messageOf(new Error('no bread')) // 'no bread'
 * messageOf('no bread') // 'no bread'
 * ```
 */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
