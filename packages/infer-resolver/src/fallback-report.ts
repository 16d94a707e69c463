import { readWithdrawn } from '@taskclf/active-pointer'
import { collectBundles, requireReadable } from '@taskclf/registry-core'
import {
  DEFAULT_POLICY,
  type Exclusion,
  type RankedBundle,
  type Requirement,
  type SelectionReport,
  selectBest,
} from '@taskclf/selection-policy'
import { ResolveError } from './errors.js'
import type { Fallback, LookWithoutTarget } from './fallback.js'

/**
 * The best by policy in place of the pointer's model, and the selection that it came from. Where a model was chosen and
 * cannot serve, only models of its feature schema may take its place: another's answers would be about other features.
 */
export async function fallbackReport(
  fallback: Fallback,
): Promise<{ report: SelectionReport; best: RankedBundle }> {
  const { look, options, unfit } = fallback
  const { policy = DEFAULT_POLICY, requirement = {} } = options
  const bundles = await collectBundles(look.store.bundles)
  requireReadable(bundles)
  const withdrawn = await readWithdrawn(look.store, look.active)
  const report = selectBest(bundles, policy, withinSchema(look, requirement), { withdrawn })
  const eligible = report.ranked.filter(({ bundle }) => !unfit.has(bundle.modelId))
  const [best] = eligible
  if (best === undefined) throw noEligibleModel(fallback, report)
  if (look.state !== 'absent' && report.requirement.schemas === undefined) refuseSeveral(fallback, eligible)
  return { report, best }
}

/** The requirement, narrowed to the feature schema that the pointer recorded of its model. */
function withinSchema(look: LookWithoutTarget, requirement: Requirement): Requirement {
  if (look.state === 'absent' || look.active.status !== 'valid') return requirement
  const { schema_hash: hash } = look.active.pointer
  const { schemas } = requirement
  // What does not fit the stated schemas says nothing about which of them to keep to.
  const isStranger = look.state === 'broken' && look.code === 'bundle_incompatible' && schemas !== undefined
  if (typeof hash !== 'string' || isStranger) return requirement
  return { ...requirement, schemas: schemas?.filter((schema) => schema.hash === hash) ?? [{ hash }] }
}

/** Without any word about the schema, only one that all eligible models share can be the right one. */
function refuseSeveral({ warning, degraded }: Fallback, eligible: readonly RankedBundle[]): void {
  const hashes = new Set(eligible.map(({ bundle }) => bundle.metadata.schema_hash))
  const [only] = hashes
  if (hashes.size === 1 && typeof only === 'string' && only !== '') return
  const found = [...hashes].map((hash) => hash ?? 'none')
  const message = `${warning.message}, and nothing says of which feature schema it was (${found.join(', ')}); require one, or switch to a model`
  throw new ResolveError('fallback_ambiguous', message, {
    details: { ...degraded, schema_hashes: found },
  })
}

function noEligibleModel(
  {
    look: {
      store: { location },
    },
    warning,
    degraded,
  }: Fallback,
  report: SelectionReport,
): ResolveError {
  const { excluded, ranked } = report
  const lost = degraded === undefined ? '' : `${warning.message}; `
  const message =
    excluded.length + ranked.length === 0
      ? `${lost}${location} has no bundles; train and promote a model first`
      : `${lost}none of the ${excluded.length + ranked.length} bundles in ${location} may serve:\n${excluded.map(lineOf).join('\n')}`
  return new ResolveError('no_eligible_model', message, {
    report,
    ...(degraded && { details: { ...degraded } }),
  })
}

function lineOf({ modelId, stage, reasons }: Exclusion): string {
  return `  ${modelId}: ${stage}: ${reasons.map(({ message }) => message).join('; ')}`
}
