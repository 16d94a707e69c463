import {
  BUNDLE_FILES,
  digestFiles,
  listBundles,
  requireReadable,
  type ValidBundle,
} from '@taskclf/registry-core'
import type { Candidate } from './read-candidate.js'

/**
 * The bundle of a models dir that holds what the candidate holds, by the digests that manifests record: it was published
 * before, and is not published twice. Nothing is hashed for it.
 *
 * @throws RegistryError `io` when a bundle cannot be read for a reason of the environment.
 */
export async function findPublished(
  root: string,
  { digest, listed }: Candidate,
): Promise<ValidBundle | undefined> {
  const bundles = await listBundles(root, { useIndex: true })
  requireReadable(bundles)
  const own = listed[BUNDLE_FILES.metadata]?.sha256
  return bundles.find((bundle): bundle is ValidBundle => {
    if (bundle.status === 'invalid' || bundle.manifest === undefined) return false
    const { files } = bundle.manifest
    // One digest tells most of them apart, so that few digests of whole bundles are made.
    return files[BUNDLE_FILES.metadata]?.sha256 === own && digestFiles(files) === digest
  })
}
