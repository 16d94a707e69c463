import { canonicalJson } from '../format/canonical-json.js'
import { sha256 } from './sha256.js'

/**
 * The SHA-256 of {@link canonicalJson} as 64 hex digits.
 *
 * @throws RegistryError `not_canonical`, as {@link canonicalJson}.
 * @example
 * ```ts
 * canonicalDigest({ seed: 3 }) === canonicalDigest(JSON.parse('{ "seed": 3.0 }')) // true
 * ```
 */
export function canonicalDigest(value: unknown): string {
  return sha256(canonicalJson(value))
}
