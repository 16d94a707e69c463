import { writeActiveAtomic } from '@taskclf/active-pointer'
import { lookAtModelsDir, type ValidBundle } from '@taskclf/registry-core'
import { activeReason, type Reason, selectBest, toDecision } from '@taskclf/selection-policy'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelSwitch } from '../../../documents/model.js'
import { CliError, type CliErrorCode } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { bundleWarningNotes } from '../../shared/bundle-warnings.js'
import { checksOf } from '../../shared/checks.js'
import { validBundle } from '../../shared/promoted-bundle.js'
import { switchData, switchNotes } from '../../shared/switch-data.js'
import type { MODEL_SET_ACTIVE_FLAGS } from './flags.js'

/** Switches by hand: validity always, gates and compatibility unless forced. */
export async function run(
  options: OptionsOf<typeof MODEL_SET_ACTIVE_FLAGS> & GlobalOptions,
  { settings, now }: Context,
): Promise<Outcome<ModelSwitch>> {
  const [{ policy, digest }, requirement] = [await settings.policy(), await settings.requirement()]
  const modelsDir = lookAtModelsDir(settings.modelsDir)
  const bundle = await validBundle(modelsDir, options['model-id'])
  // What selection would hold against this bundle, were it alone and not withdrawn.
  const report = selectBest([bundle], policy, requirement)
  const against = report.excluded[0]?.reasons ?? []
  if (against.length > 0 && !options.force) throw refusal(bundle, against)
  const { 'expect-revision': expectedRevision, 'expect-version': expected } = options
  const result = await writeActiveAtomic(settings.modelsDir, bundle, {
    source: 'manual',
    policyVersion: policy.version,
    policyDigest: digest,
    // Force goes past gates, never past a check that fails.
    checks: checksOf(options, settings),
    reason: { ...activeReason(bundle, policy), note: options.note ?? 'manual set-active' },
    decision: {
      kind: 'set-active',
      policy_digest: digest,
      ...toDecision(report),
      ...(against.length > 0 && { forced: against }),
    },
    now,
    ...(expected !== undefined && { expected }),
    ...(expectedRevision !== undefined && { expectedRevision }),
    ...(settings.actor !== undefined && { actor: settings.actor }),
  })
  return {
    data: switchData(modelsDir, result, { forced: against }),
    exitCode: EXIT.done,
    notes: [...(await switchNotes(modelsDir, result)), ...bundleWarningNotes(bundle)],
  }
}

const REFUSALS: Partial<Record<Reason['stage'], CliErrorCode>> = {
  incompatible: 'incompatible',
  metrics: 'metric_absent',
}

function refusal(bundle: ValidBundle, against: readonly Reason[]): CliError {
  const code = REFUSALS[against[0]?.stage ?? 'gate'] ?? 'gate_failed'
  const lines = against.map((reason) => `  ${reason.stage}: ${reason.message}`)
  return new CliError(code, `${bundle.modelId} may not serve:\n${lines.join('\n')}`, {
    hint: '--force goes past metrics, gates and compatibility; another --policy may suit',
    details: { model_id: bundle.modelId, reasons: against },
  })
}
