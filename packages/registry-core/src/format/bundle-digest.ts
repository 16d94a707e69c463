import { BUNDLE_FILES } from './bundle-files.js'
import { canonicalJson } from './canonical-json.js'
import type { ManifestEntry } from './manifest.js'
import type { Sha256 } from './sha256.js'
import { isSignature } from './signatures.js'

/** Whether a file, by its path inside the bundle, is part of what a bundle's digest says. */
export function isDigested(name: string): boolean {
  return name !== BUNDLE_FILES.manifest && !isSignature(name) && !/(?:^|\/)\./.test(name)
}

/** The digest of a bundle that has these files, without those that are not part of it. */
export function bundleDigest(files: Readonly<Record<string, ManifestEntry>>, sha256: Sha256): string {
  const digested = Object.entries(files).filter(([name]) => isDigested(name))
  const part = digested.map(([name, { sha256: digest, size }]): [string, ManifestEntry] => [
    name,
    { sha256: digest, size },
  ])
  return `sha256:${sha256(canonicalJson(Object.fromEntries(part)))}`
}
