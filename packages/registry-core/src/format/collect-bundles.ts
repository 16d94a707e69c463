import type { Bundle } from './bundle.js'
import type { BundleReader, ListBundlesOptions } from './bundle-reader.js'

/**
 * Every bundle that a reader has, valid or not, in the order of its scan.
 *
 * @throws What the reader's `scan` throws.
 * @example
 * ```ts
 * const bundles = await collectBundles(localBundles('models'))
 * ```
 */
export async function collectBundles(
  reader: BundleReader,
  options: ListBundlesOptions = {},
): Promise<Bundle[]> {
  const bundles: Bundle[] = []
  for await (const bundle of reader.scan(options)) bundles.push(bundle)
  return bundles
}
