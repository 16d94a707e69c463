import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from './bundle.js'
import { problem } from './bundle-entries.js'
import { modelsDirError, openModelsDir } from './open-models-dir.js'
import { linkProblem } from './read-bundle.js'
import { invalidBundle, readBundleAt } from './read-bundle-at.js'

/** How to list a models dir. */
export interface ListBundlesOptions {
  /** Whether an index may be used to read less (default `true`). It changes the time this takes, never the list. */
  useIndex?: boolean
}

/** Longest stretch of work before other callbacks get their turn, in milliseconds. */
const SLICE_MS = 8

/**
 * Reads every bundle of a models dir, valid or not, ordered by `modelId` in code-unit order. Entries whose name starts with
 * a dot and plain files are passed over; a linked directory is an invalid bundle. Nothing that a bundle holds
 * makes this throw or stop.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const bundles = await listBundles('models')
 * const valid = bundles.filter((bundle) => bundle.status === 'valid')
 * ```
 */
export async function listBundles(modelsDir: string, _options: ListBundlesOptions = {}): Promise<Bundle[]> {
  const root = openModelsDir(modelsDir)
  const bundles: Bundle[] = []
  let started = performance.now()
  for (const entry of entriesOf(root)) {
    const bundle = readEntry(root, entry)
    if (bundle !== undefined) bundles.push(bundle)
    if (performance.now() - started < SLICE_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    started = performance.now()
  }
  return bundles.sort((a, b) => compare(a.modelId, b.modelId) || compare(a.status, b.status))
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function entriesOf(root: string): Dirent<Buffer>[] {
  try {
    return readdirSync(root, { withFileTypes: true, encoding: 'buffer' })
  } catch (error) {
    throw modelsDirError(root, error)
  }
}

const DOT = 0x2e

function readEntry(root: string, entry: Dirent<Buffer>): Bundle | undefined {
  if (entry.name[0] === DOT || !(entry.isDirectory() || entry.isSymbolicLink())) return undefined
  const modelId = entry.name.toString('utf8')
  if (!Buffer.from(modelId).equals(entry.name)) {
    const shown = escapeBytes(entry.name)
    const message = 'the name of the directory is not UTF-8, so that no pointer can name it; rename it'
    return invalidBundle(shown, join(root, shown), [problem('unusable_name', '', message)])
  }
  const dir = join(root, modelId)
  if (entry.isSymbolicLink()) return invalidBundle(modelId, dir, [linkProblem(root, dir)])
  return readBundleAt({ root, dir, modelId, promoted: true })
}

/** ASCII as it is, every other byte as `\xNN`. */
function escapeBytes(bytes: Buffer): string {
  return Array.from(bytes, (byte) =>
    byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('')
}
