import { invalidBundle } from './assemble-bundle.js'
import type { Bundle } from './bundle.js'
import { problem } from './bundle-entries.js'
import { openIndex } from './index-cache.js'
import { linkProblem } from './link-problem.js'
import { listModelsDir, type ModelsDirEntry } from './models-dir-entries.js'
import { openModelsDir } from './open-models-dir.js'
import { readBundleIn } from './read-bundle-in.js'

/** How to list a models dir. */
export interface ListBundlesOptions {
  /** Whether unchanged bundles may be taken from `index.json` (default `false`). It changes the time, never the list. */
  useIndex?: boolean
}

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
  modelsDir: string,
  options: ListBundlesOptions = {},
): AsyncGenerator<Bundle, void, undefined> {
  const root = openModelsDir(modelsDir)
  const entries = listModelsDir(root)
  const index = options.useIndex ? openIndex(root) : undefined
  let started = performance.now()
  try {
    for (const entry of entries) {
      yield index?.take(entry) ?? readEntry(root, entry)
      if (performance.now() - started < SLICE_MS) continue
      await new Promise((resolve) => setImmediate(resolve))
      started = performance.now()
    }
  } finally {
    index?.close()
  }
}

/** What an entry of a models dir is. */
export function readEntry(root: string, { kind, path, modelId }: ModelsDirEntry): Bundle {
  if (kind === 'unusable_name') {
    const message = 'the name of the directory is not UTF-8, so that no pointer can name it; rename it'
    return invalidBundle(modelId, path, [problem('unusable_name', '', message)])
  }
  if (kind === 'link') return invalidBundle(modelId, path, [linkProblem(root, path)])
  return readBundleIn({ root, dir: path, modelId, promoted: true })
}
