import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errnoOf, hashFile } from '@taskclf/durable-fs'
import type { ValidBundle } from './bundle.js'
import { canonicalDigest } from './canonical-json.js'
import { RegistryError } from './errors.js'
import { BUNDLE_FILES } from './layout.js'
import type { ManifestEntry } from './manifest.js'
import { walkFiles } from './walk-files.js'

/** A bundle's files as they were read once: what is loaded is what was hashed. */
export interface BundleContent {
  /** `sha256:` and the digest of `files`, as `computeBundleDigest` gives it. */
  digest: string
  /** Path inside the bundle → digest and size, for every file that is part of the digest. */
  files: Readonly<Record<string, ManifestEntry>>
  /** The bytes of the files that a runtime reads: artifacts, `categorical_encoders.json`, `self_test.json`, `manifest.json`. */
  bytes: ReadonlyMap<string, Uint8Array>
}

/**
 * Reads the files that make up a bundle, once: digests of all, bytes of those that a runtime needs.
 *
 * @throws RegistryError `integrity_mismatch` when a file is not what the manifest says, `bundle_unreadable` when one cannot
 * be read.
 * @example
 * ```ts
 * const { digest, bytes } = await readBundleContent(bundle)
 * bytes.get('model.txt') // the bytes whose digest is part of `digest`
 * ```
 */
export async function readBundleContent(
  bundle: ValidBundle,
  options: { signal?: AbortSignal } = {},
): Promise<BundleContent> {
  const kept = new Set([...bundle.artifacts, BUNDLE_FILES.encoders, BUNDLE_FILES.selfTest])
  const bytes = new Map<string, Uint8Array>()
  const files: [string, ManifestEntry][] = []
  for (const file of walkFiles(dirname(bundle.path), bundle.path).files) {
    options.signal?.throwIfAborted()
    try {
      if (!kept.has(file.name)) files.push([file.name, await hashFile(file.path)])
      else {
        const content = await readFile(file.path)
        bytes.set(file.name, content)
        files.push([
          file.name,
          { sha256: createHash('sha256').update(content).digest('hex'), size: content.length },
        ])
      }
    } catch (cause) {
      const message = `${file.path} cannot be read (${errnoOf(cause) ?? String(cause)}); check its permissions`
      throw new RegistryError('bundle_unreadable', file.path, message, { cause })
    }
  }
  return {
    digest: `sha256:${canonicalDigest(Object.fromEntries(files))}`,
    files: Object.fromEntries(files),
    bytes,
  }
}
