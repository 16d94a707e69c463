import type { StoreLook } from '@taskclf/active-pointer'
import { nearestName } from '@taskclf/errors'
import { type Bundle, collectBundles } from '@taskclf/registry-core'
import { RegistryUseError } from './errors.js'

/**
 * The bundle of this id, valid or not.
 *
 * @throws RegistryUseError `unknown_model` when nothing of that name is there, with the ids that are in `details.known`. RegistryError
 * `unusable_name`.
 * @example
 * ```ts
 * const { status } = await readModel(lookAtStore('models'), '2026-03-02_031009_run-8935')
 * ```
 */
export async function readModel({ bundles, location }: StoreLook, modelId: string): Promise<Bundle> {
  const bundle = (await bundles.has(modelId)) ? await bundles.read(modelId) : undefined
  if (bundle !== undefined && !lacksMetadata(bundle)) return bundle
  const known = (await collectBundles(bundles, { useIndex: true })).map((each) => each.modelId)
  // What a scan passes over has nothing of a bundle.
  if (bundle !== undefined && known.includes(modelId)) return bundle
  const meant = nearestName(modelId, known)
  const advice = meant === undefined ? '' : `; did you mean ${meant}?`
  const message = `there is no model ${JSON.stringify(modelId)} in ${location}${advice}`
  throw new RegistryUseError('unknown_model', message, { modelId, known })
}

const lacksMetadata = (bundle: Bundle): boolean =>
  bundle.status === 'invalid' && bundle.problems.some(({ code }) => code === 'missing_metadata')
