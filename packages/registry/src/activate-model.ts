import { lookAtStore, type StoreLike, type SwitchOptions, writeActiveAtomic } from '@taskclf/active-pointer'
import { type BundleChecks, canonicalDigest, type ValidBundle } from '@taskclf/registry-core'
import {
  activeReason,
  type DecisionJson,
  type Policy,
  type Reason,
  type Requirement,
  type SelectionReport,
  selectBest,
  toDecision,
} from '@taskclf/selection-policy'
import { RegistryUseError } from './errors.js'
import { readModel } from './read-model.js'
import type { ActivateOptions, Activation } from './registry.js'

/** What activating by id goes by. */
export interface ActivateModelOptions extends ActivateOptions, Pick<SwitchOptions, 'actor' | 'now' | 'lock'> {
  policy: Policy
  requirement: Requirement
  checks?: BundleChecks
}

/**
 * Makes a model the active one because somebody says so: it must be valid and pass its checks, and fit the requirement and pass the gates
 * unless forced. The model that it leaves is withdrawn.
 *
 * @throws RegistryUseError `unknown_model`, `invalid_bundle`; `incompatible`, `metric_absent` or `gate_failed` with `details.reasons`, unless forced.
 * Those of `writeActiveAtomic`.
 */
export async function activateModel(
  where: StoreLike,
  modelId: string,
  options: ActivateModelOptions,
): Promise<Activation> {
  const { policy, requirement, checks, force, note, ...how } = options
  const look = lookAtStore(where)
  const bundle = await readModel(look, modelId)
  if (bundle.status === 'invalid') throw invalid(bundle.modelId, bundle.problems)
  // What selection would hold against this bundle, were it alone and not withdrawn.
  const report = selectBest([bundle], policy, requirement)
  const against = report.excluded[0]?.reasons ?? []
  if (against.length > 0 && !force) throw refusal(bundle, against)
  const policyDigest = canonicalDigest(policy)
  const result = await writeActiveAtomic(look, bundle, {
    ...how,
    source: 'manual',
    policyVersion: policy.version,
    policyDigest,
    // Force goes past gates, never past a check that fails.
    ...(checks && { checks }),
    reason: { ...activeReason(bundle, policy), note: note ?? 'manual set-active' },
    decision: {
      kind: 'set-active',
      policy_digest: policyDigest,
      ...ofOne(report),
      ...(against.length > 0 && { forced: against }),
    },
  })
  return { ...result, bundle, forced: against }
}

/** Of a selection among one bundle the counts would say nothing. */
function ofOne(report: SelectionReport): Omit<DecisionJson, 'eligible' | 'excluded'> {
  const { eligible: _, excluded: __, ...decision } = toDecision(report)
  return decision
}

const CODES = { incompatible: 'incompatible', metrics: 'metric_absent' } as const

function refusal(bundle: ValidBundle, against: readonly Reason[]): RegistryUseError {
  const stage = against[0]?.stage
  const code = stage === 'incompatible' || stage === 'metrics' ? CODES[stage] : 'gate_failed'
  const lines = against.map((reason) => `  ${reason.stage}: ${reason.message}`)
  const message = `${bundle.modelId} may not serve:\n${lines.join('\n')}`
  return new RegistryUseError(code, message, { modelId: bundle.modelId, reasons: against })
}

function invalid(modelId: string, problems: readonly { code: string; message: string }[]): RegistryUseError {
  const lines = problems.map(({ code, message }) => `  ${code}: ${message}`)
  const message = `${modelId} is not a valid bundle:\n${lines.join('\n')}`
  return new RegistryUseError('invalid_bundle', message, { modelId, problems })
}
