import { bundleDigest } from '../format/bundle-digest.js'
import type { ManifestEntry } from '../format/manifest.js'
import { sha256 } from './sha256.js'

/**
 * The digest of a bundle that has these files: `sha256:` and the digest of the canonical JSON of
 * `{ name: { sha256, size } }`. `manifest.json`, signatures (`*.sig`, `*.sigstore.json`) and hidden files are left out.
 *
 * @example
 * ```ts
 * digestFiles({ 'model.txt': { sha256: '…', size: 123456 } }) // 'sha256:…'
 * ```
 */
export function digestFiles(files: Readonly<Record<string, ManifestEntry>>): string {
  return bundleDigest(files, sha256)
}
