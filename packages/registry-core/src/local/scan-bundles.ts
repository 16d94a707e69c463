import type { LocalBundle } from '../format/bundle.js'
import type { ListBundlesOptions } from '../format/bundle-reader.js'
import { unusableName } from '../format/problem.js'
import { openIndex } from './index-cache.js'
import { unusableEntry } from './local-bundle.js'
import { lookAtModelsDir, type ModelsDirLike } from './models-dir.js'
import { listModelsDir, type ModelsDirEntry } from './models-dir-entries.js'
import { readBundleIn } from './read-bundle-in.js'
import { readLinkedBundle } from './read-linked-bundle.js'
import { isStranger } from './strangers.js'

/** Longest stretch of work before other callbacks get their turn, in milliseconds. */
const SLICE_MS = 8

/**
 * The bundles that `listBundles` lists, one after the other in the same order: for a models dir too large to be held in
 * memory. A bundle that comes or goes meanwhile may be missed or be invalid, as there.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * for await (const bundle of scanBundles('models')) console.log(bundle.modelId, bundle.status)
 * ```
 */
export async function* scanBundles(
  modelsDir: ModelsDirLike,
  options: ListBundlesOptions = {},
): AsyncGenerator<LocalBundle, void, undefined> {
  const { root } = lookAtModelsDir(modelsDir)
  const entries = listModelsDir(root)
  const index = options.useIndex ? openIndex(root) : undefined
  let started = milliseconds()
  try {
    for (const entry of entries) {
      const bundle = index?.take(entry) ?? readEntry(root, entry)
      if (bundle !== undefined) yield bundle
      if (milliseconds() - started < SLICE_MS) continue
      await new Promise((resolve) => setImmediate(resolve))
      started = milliseconds()
    }
  } finally {
    index?.close()
  }
}

/** Not `performance`, the first use of which loads as much of node as a small command does. */
const milliseconds = (): number => Number(process.hrtime.bigint() / 1_000_000n)

/** What an entry of a models dir is; undefined for what has nothing of a bundle. */
export function readEntry(root: string, entry: ModelsDirEntry): LocalBundle | undefined {
  const { path, modelId } = entry
  if (entry.kind === 'unusable_name') return unusableEntry(modelId, path, unusableName(entry.why))
  const bundle =
    entry.kind === 'link'
      ? readLinkedBundle(root, path, modelId)
      : readBundleIn({ root, dir: path, modelId, promoted: true })
  return bundle === undefined || isStranger(bundle) ? undefined : bundle
}
