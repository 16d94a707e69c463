import { type StoreLook, tryBundle } from '@taskclf/active-pointer'
import {
  BUNDLE_FILES,
  type Bundle,
  type BundleChecks,
  type CheckedBundle,
  digestFiles,
  mayServe,
  type ValidBundle,
} from '@taskclf/registry-core'
import { CheckRefusal } from './publish-candidate.js'
import type { Candidate } from './read-candidate.js'

/**
 * The bundle that contains what the candidate contains, by the digests that manifests record: it was published before, and is not published
 * twice. Nothing is hashed for it.
 */
export function findPublished(
  bundles: readonly Bundle[],
  { digest, listed }: Candidate,
): ValidBundle | undefined {
  const own = listed[BUNDLE_FILES.metadata]?.sha256
  return bundles.find((bundle): bundle is ValidBundle => {
    if (bundle.status === 'invalid' || bundle.manifest === undefined) return false
    const { files } = bundle.manifest
    // One digest tells most of them apart, so that few digests of whole bundles are made.
    return files[BUNDLE_FILES.metadata]?.sha256 === own && digestFiles(files) === digest
  })
}

/**
 * Tries the copy that is in the models dir: only its manifest said so far that it holds the candidate's files.
 *
 * @throws CheckRefusal when it is damaged, or must not serve. RegistryError `io`.
 */
export async function tryPublished(
  store: StoreLook,
  bundle: ValidBundle,
  { statedId }: Candidate,
  checks: BundleChecks | undefined,
): Promise<CheckedBundle['result']> {
  const tried = await tryBundle(store, bundle, checks)
  if (mayServe(tried, checks) || !('code' in tried)) return tried
  const copy =
    statedId === undefined ? '--again publishes a copy' : '--again publishes a copy, under another model_id'
  const advice = tried.code === 'integrity_mismatch' ? `; ${copy}` : ''
  const message = `${bundle.modelId}, as which the candidate was published before, must not serve: ${tried.message}${advice}`
  throw new CheckRefusal({ ...tried, message })
}
