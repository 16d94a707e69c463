import { hash } from 'node:crypto'

/**
 * The digest of some bytes: a pointer file's is its opaque version, and a line's is what the next one names it by.
 *
 * @example
 * ```ts
 * digestOf('{}') // 'sha256:44136fa3…'
 * ```
 */
export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${hash('sha256', bytes, 'hex')}`
}
