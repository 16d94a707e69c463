import { canonicalDigest } from './canonical-json.js'
import { BUNDLE_FILES } from './layout.js'
import type { ManifestEntry } from './manifest.js'
import { isSignature } from './signatures.js'

/** Whether a file, by its path inside the bundle, is part of what a bundle's digest says. */
export function isDigested(name: string): boolean {
  return name !== BUNDLE_FILES.manifest && !isSignature(name) && !/(?:^|\/)\./.test(name)
}

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
  const digested = Object.entries(files).filter(([name]) => isDigested(name))
  const part = digested.map(([name, { sha256, size }]): [string, ManifestEntry] => [name, { sha256, size }])
  return `sha256:${canonicalDigest(Object.fromEntries(part))}`
}
