import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { errnoOf, hashFile } from '@taskclf/durable-fs'
import { canonicalDigest } from './canonical-json.js'
import { RegistryError } from './errors.js'
import type { BundleManifest, ManifestEntry } from './manifest.js'
import { walkFiles } from './walk-files.js'

/**
 * The manifest that a bundle would have now: digest and size of each of its files, hidden ones and `manifest.json` left
 * out. Writes nothing.
 *
 * @throws RegistryError `bundle_unreadable` when the directory or anything in it cannot be read as a file.
 * @example
 * ```ts
 * const { files } = await buildManifest('models/2026-03-02_031009_run-8935')
 * files['model.txt'] // { sha256: '…', size: 123456 }
 * ```
 */
export async function buildManifest(dir: string): Promise<BundleManifest> {
  const path = realPath(dir)
  const { files, problems } = walkFiles(dirname(path), path)
  if (problems.length > 0) {
    const reasons = problems.map((problem) => problem.message).join('; ')
    throw new RegistryError('bundle_unreadable', path, `the bundle ${path} cannot be hashed: ${reasons}`)
  }
  const hashed: [string, ManifestEntry][] = []
  for (const file of files) {
    try {
      hashed.push([file.name, await hashFile(file.path)])
    } catch (error) {
      const message = `${file.path} cannot be hashed; check that it is readable and does not change meanwhile`
      throw new RegistryError('bundle_unreadable', file.path, message, { cause: error })
    }
  }
  return { version: 1, files: Object.fromEntries(hashed) }
}

/**
 * One digest for a whole bundle: `sha256:` and the digest of the canonical JSON of `{ name: { sha256, size } }`. Bundles
 * with the same files have the same digest, wherever they lie.
 *
 * @throws RegistryError `bundle_unreadable`, as {@link buildManifest}.
 * @example
 * ```ts
 * await computeBundleDigest('models/2026-03-02_031009_run-8935') // 'sha256:…'
 * ```
 */
export async function computeBundleDigest(dir: string): Promise<string> {
  const { files } = await buildManifest(dir)
  return `sha256:${canonicalDigest(files)}`
}

function realPath(dir: string): string {
  try {
    return realpathSync(dir)
  } catch (error) {
    const message = `there is no bundle at ${dir} (${errnoOf(error) ?? String(error)}); give the path of its directory`
    throw new RegistryError('bundle_unreadable', dir, message, { cause: error })
  }
}
