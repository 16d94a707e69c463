import { compareRecorded, type StoreLike } from '@taskclf/active-pointer'
import type { BundleContent, LocalValidBundle } from '@taskclf/registry-core'
import { ReloadError } from './errors.js'
import type { Recorded } from './recorded.js'

/**
 * Compares the content that is about to be loaded with the digest that the pointer recorded when the bundle was activated. A
 * pointer without one is not compared; files that were only added, and that nothing reads, make no difference.
 *
 * @param where the store that the bundle is in; by default the models dir around it
 * @throws ReloadError `integrity_mismatch`, with both digests and what to do. RegistryError, ActivePointerError `io` when the system
 * keeps the files or the history from being read.
 * @example
 * ```ts
 * const resolution = await resolveModelDir({ modelsDir: 'models' })
 * const content = await readBundleContent(resolution.bundle)
 * await checkRecorded(resolution.bundle, content, resolution)
 * ```
 */
export async function checkRecorded(
  bundle: LocalValidBundle,
  content: BundleContent,
  { recordedDigest: expected, writeId }: Recorded,
  where?: StoreLike,
): Promise<void> {
  const pointer = {
    ...(expected !== undefined && { bundle_digest: expected }),
    ...(writeId !== undefined && { write_id: writeId }),
  }
  const message = await compareRecorded(bundle, content, pointer, where)
  if (message !== undefined) throw new ReloadError('integrity_mismatch', message, { modelId: bundle.modelId })
}
