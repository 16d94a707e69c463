import type { LocalBundle } from '../format/bundle.js'
import type { ListBundlesOptions } from '../format/bundle-reader.js'
import type { ModelsDirLike } from './models-dir.js'
import { scanBundles } from './scan-bundles.js'

/**
 * Reads every bundle of a models dir, valid or not, ordered by `modelId` in code-unit order. Passed over are entries whose name
 * starts with a dot, files, links to files, and directories that have nothing of a bundle (see {@link listStrangers}). A
 * link to a directory is an invalid bundle, unless it leads below a dot directory of the models dir, as mounted volumes
 * have it. Nothing that a bundle holds makes this throw or stop.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const bundles = await listBundles('models')
 * const valid = bundles.filter((bundle) => bundle.status === 'valid')
 * ```
 */
export async function listBundles(
  modelsDir: ModelsDirLike,
  options: ListBundlesOptions = {},
): Promise<LocalBundle[]> {
  const bundles: LocalBundle[] = []
  for await (const bundle of scanBundles(modelsDir, options)) bundles.push(bundle)
  return bundles
}
