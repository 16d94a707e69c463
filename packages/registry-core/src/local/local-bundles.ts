import { lstatSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import type { Bundle, LocalBundle, LocalValidBundle, ValidBundle } from '../format/bundle.js'
import type { BundleReader, FetchedBundle, ListBundlesOptions } from '../format/bundle-reader.js'
import { fingerprintBundle } from './bundle-fingerprint.js'
import { bundlePath } from './layout.js'
import { givenPath, lookAtModelsDir, type ModelsDirLike } from './models-dir.js'
import { readPromotedBundle } from './read-bundle.js'
import { scanBundles } from './scan-bundles.js'

/** The reader of a local models dir: what it reads is local already. */
export interface LocalBundleReader extends BundleReader {
  scan(options?: ListBundlesOptions): AsyncIterable<LocalBundle>
  read(modelId: string): Promise<LocalBundle>
}

/**
 * The bundles of a local models dir behind the interface of any registry. Given a look, all calls read what was found by it;
 * else each call looks again.
 *
 * @throws RegistryError, by its methods: `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const reader = localBundles('models')
 * const bundle = await reader.read('2026-03-02_031009_run-8935')
 * ```
 */
export function localBundles(modelsDir: ModelsDirLike): LocalBundleReader {
  const pathOf = (modelId: string) => bundlePath(lookAtModelsDir(modelsDir).root, modelId)
  return {
    location: givenPath(modelsDir),
    scan: (options) => scanBundles(modelsDir, options),
    read: (modelId) => readPromotedBundle(modelsDir, modelId),
    fetch: async (bundle, options = {}) => {
      options.signal?.throwIfAborted()
      return keep(isLocal(bundle) ? bundle : { ...bundle, path: pathOf(bundle.modelId) })
    },
    has: async (modelId) => lstatSync(pathOf(modelId), { throwIfNoEntry: false }) !== undefined,
    holds: async (bundle) => holds(lookAtModelsDir(modelsDir).root, bundle),
    fingerprint: async (modelId) => fingerprintBundle(pathOf(modelId)),
  }
}

/** Directly inside, or, in a mounted volume, behind a link of its name. */
function holds(root: string, bundle: ValidBundle): boolean {
  if (!isLocal(bundle)) return false
  const { modelId, path } = bundle
  try {
    const isMounted = () => path.startsWith(root + sep) && realpathSync(join(root, modelId)) === path
    return (dirname(path) === root || isMounted()) && statSync(path).isDirectory()
  } catch (error) {
    if (NOT_THERE.has(errnoOf(error))) return false
    throw error
  }
}

const NOT_THERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP'])

const isLocal = (bundle: ValidBundle): bundle is LocalValidBundle =>
  typeof (bundle as Bundle & { path?: unknown }).path === 'string'

/** Nothing was made, so nothing is removed. */
const keep = (bundle: LocalValidBundle): FetchedBundle => ({
  bundle,
  [Symbol.asyncDispose]: async () => {},
})
