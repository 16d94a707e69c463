import {
  ActivePointerError,
  readWithdrawn,
  type SwitchResult,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import { canonicalDigest, computeBundleDigest } from '@taskclf/registry-core'
import {
  activeReason,
  DEFAULT_POLICY,
  type Exclusion,
  type Policy,
  type RankedBundle,
  type SelectionReport,
  toDecision,
} from '@taskclf/selection-policy'
import { findBestModel } from '@taskclf/selection-policy/find-best-model'
import { ResolveError } from './errors.js'
import type { Resolution, ResolveOptions, ResolveWarning } from './resolution.js'
import { type ActiveAnswer, resolveActive } from './resolve-active.js'
import { bundleWarnings, inferencePolicyWarnings } from './warnings.js'

/** The best by policy, when the pointer cannot say; the pointer is written only on request. */
export async function resolveSelection(
  root: string,
  active: ActiveAnswer,
  options: ResolveOptions,
): Promise<Resolution> {
  const policy = options.policy ?? DEFAULT_POLICY
  const withdrawn = await readWithdrawn(root, active.state)
  const report = await findBestModel(root, policy, options.requirement ?? {}, { withdrawn })
  if (report.best === undefined) throw noEligibleModel(root, report)
  const selected = answer(root, active, report, report.best)
  return options.repair ? repair(root, active, selected, report, policy, options) : selected
}

function answer(root: string, active: ActiveAnswer, report: SelectionReport, best: RankedBundle): Resolution {
  const { bundle } = best
  return {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'selection',
    bundle,
    report,
    version: active.state.version,
    warnings: [
      ...active.warnings,
      ...inferencePolicyWarnings(root, bundle.modelId),
      ...bundleWarnings(bundle),
    ],
  }
}

async function repair(
  root: string,
  active: ActiveAnswer,
  selected: Resolution,
  report: SelectionReport,
  policy: Policy,
  options: ResolveOptions,
): Promise<Resolution> {
  const policyDigest = canonicalDigest(policy)
  let written: SwitchResult
  try {
    written = await writeActiveAtomic(options.modelsDir ?? root, selected.bundle, {
      source: 'repair',
      expected: active.state.version,
      policyVersion: policy.version,
      policyDigest,
      bundleDigest: await computeBundleDigest(selected.path),
      reason: activeReason(selected.bundle, policy),
      decision: { kind: 'repair', policy_digest: policyDigest, ...toDecision(report) },
      ...(options.actor !== undefined && { actor: options.actor }),
      ...(options.now !== undefined && { now: options.now }),
    })
  } catch (error) {
    if (!(error instanceof ActivePointerError) || error.code !== 'conflict') throw error
    return followWinner(root, selected, options)
  }
  const { version, revision, pointer } = written
  return { ...selected, version, revision, writeId: pointer.write_id as string, repaired: true }
}

/** Somebody switched while we were choosing: theirs stands. */
async function followWinner(
  root: string,
  selected: Resolution,
  options: ResolveOptions,
): Promise<Resolution> {
  const winner = await resolveActive(root, options.requirement ?? {})
  const message = 'the pointer was switched while it was being repaired; that switch stands'
  const lost: ResolveWarning = { code: 'repair_lost', message }
  const chosen = winner.resolution ?? { ...selected, warnings: [...winner.warnings, ...selected.warnings] }
  return { ...chosen, warnings: [lost, ...chosen.warnings] }
}

function noEligibleModel(root: string, report: SelectionReport): ResolveError {
  const { excluded } = report
  const message =
    excluded.length === 0
      ? `${root} holds no bundles; train and promote a model first`
      : `none of the ${excluded.length} bundles in ${root} may serve:\n${excluded.map(lineOf).join('\n')}`
  return new ResolveError('no_eligible_model', message, { report })
}

function lineOf({ modelId, stage, reasons }: Exclusion): string {
  return `  ${modelId}: ${stage}: ${reasons.map(({ message }) => message).join('; ')}`
}
