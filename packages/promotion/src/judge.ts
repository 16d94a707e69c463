import { type RegistryReading, readRegistry } from '@taskclf/infer-resolver'
import type { ValidBundle } from '@taskclf/registry-core'
import { checkCandidateGates, checkRegression, isCompatible } from '@taskclf/selection-policy'
import { findPublished, tryPublished } from './already-published.js'
import {
  type Champion,
  championMetricAbsent,
  championOf,
  incomparable,
  requireKnownActive,
} from './champion.js'
import { PromotionError } from './errors.js'
import { championOptions, type PromotionContext } from './options.js'
import { CheckRefusal, nameCandidate } from './publish-candidate.js'
import { type Candidate, readCandidate } from './read-candidate.js'
import type { PromotionResult, PromotionWarning, PublishedBundle, Rejection } from './result.js'

/** What is known of a candidate before anything is written. */
export interface Judgement {
  candidate: Candidate
  result: PromotionResult
  /** What was read of the registry for it. */
  seen: RegistryReading
  /** Where the candidate was published before. */
  existing?: PublishedBundle
}

/** Validates a candidate and holds it to the gates and the champion. Writes nothing. */
export async function judge(context: PromotionContext, candidateDir: string): Promise<Judgement> {
  const { store, policy, policyDigest, requirement, io } = context
  context.enter('validate')
  const candidate = await readCandidate(store, candidateDir, context.settings.as)
  const { found, modelId, seen } = await findOrName(context, candidate)
  const existing = found && publishedAs(found, candidate)
  const bundle = { ...candidate.bundle, modelId }
  context.enter('gates')
  const result: PromotionResult = {
    outcome: 'rejected',
    dryRun: context.settings.dryRun ?? false,
    at: io.now(),
    ...(context.settings.actor !== undefined && { actor: context.settings.actor }),
    candidate: {
      modelId,
      generatedId: candidate.statedId === undefined && modelId !== candidate.ownName,
      path: bundle.path,
      digest: candidate.digest,
      bundle,
    },
    policy,
    policyDigest,
    requirement,
    compatibility: isCompatible(bundle, requirement),
    gates: checkCandidateGates(bundle, policy),
    warnings: bundle.warnings.map(({ code, file, message }) => ({
      code: 'candidate_warning',
      message: `${file}: ${message} [${code}]`,
    })),
  }
  const rejection = rejectedAlone(result)
  if (rejection) return { candidate, seen, result: { ...result, rejection } }
  const tried = found ? await judgePublished(context, candidate, found, result) : result
  if (tried.rejection) return { candidate, seen, result: tried }
  const compared = await compare(context, tried, seen)
  return { candidate, seen, result: compared, ...(existing && { existing }) }
}

/** Reads the registry, once, and finds where the candidate was published before; else names it. */
async function findOrName(
  { store, io, settings: { again } }: PromotionContext,
  candidate: Candidate,
): Promise<{ found?: ValidBundle; modelId: string; seen: RegistryReading }> {
  const look = async () => {
    const seen = await readRegistry(store)
    return { seen, found: again ? undefined : findPublished(seen.bundles, candidate) }
  }
  const { seen, found } = await look()
  if (found) return { seen, found, modelId: found.modelId }
  try {
    return { seen, modelId: await nameCandidate(store, candidate, io) }
  } catch (error) {
    if (!(error instanceof PromotionError) || error.code !== 'id_taken' || again) throw error
    // Another promotion of the same candidate may have been faster.
    const late = await look()
    if (late.found === undefined) throw error
    return { seen: late.seen, found: late.found, modelId: late.found.modelId }
  }
}

/** What is there already is what would be activated: the candidate's own files say nothing about it. */
export async function judgePublished(
  context: PromotionContext,
  candidate: Candidate,
  found: ValidBundle,
  result: PromotionResult,
): Promise<PromotionResult> {
  context.enter('check')
  try {
    return { ...result, checks: await tryPublished(context.store, found, candidate, context.settings.checks) }
  } catch (error) {
    if (error instanceof CheckRefusal) return refused(result, error)
    throw error
  }
}

/** The result of a candidate that must not serve. */
export function refused(result: PromotionResult, { result: found }: CheckRefusal): PromotionResult {
  const { code, message } = found
  const rejection = { stage: 'check', code, reasons: [{ code, message }] } as const
  return { ...result, outcome: 'rejected', checks: found, rejection }
}

/** A bundle that is there, as what publishing the candidate would have answered. */
export function publishedAs({ modelId, location }: ValidBundle, { digest }: Candidate): PublishedBundle {
  return { modelId, path: location, bundleDigest: digest }
}

function rejectedAlone({ compatibility, gates }: PromotionResult): Rejection | undefined {
  const reasons = [...compatibility.reasons, ...gates.reasons]
  const [first] = reasons
  if (first === undefined) return undefined
  return { stage: first.stage as Rejection['stage'], code: first.code, reasons }
}

async function compare(
  context: PromotionContext,
  result: PromotionResult,
  seen: RegistryReading,
): Promise<PromotionResult> {
  const { store } = context
  context.enter('champion')
  if (context.settings.ignoreChampion) {
    await requireKnownActive(store, seen)
    const message = 'the champion was ignored, as asked: nothing was compared'
    return {
      ...result,
      champion: { status: 'ignored' },
      warnings: warned(result, { code: 'champion_ignored', message }),
    }
  }
  const champion = await championOf(store, championOptions(context), seen)
  context.enter('regression')
  return compareWith(champion, context, result)
}

function compareWith(
  champion: Champion,
  { policy, requirement }: PromotionContext,
  result: PromotionResult,
): PromotionResult {
  if (champion.status === 'none') {
    const { message } = champion
    const warnings = warned(result, { code: 'no_champion', message })
    return { ...result, champion: { status: 'none' }, warnings }
  }
  const { source, bundle } = champion
  const candidate = result.candidate.bundle
  const other = incomparable(bundle, candidate, requirement)
  if (other !== undefined) {
    const message = `${bundle.modelId} was not compared with, being of another kind: ${other}`
    const warnings = warned(result, { code: 'champion_other_schema', message })
    return { ...result, champion: { status: 'found', source, bundle, compared: false }, warnings }
  }
  const regression = checkRegression(candidate, bundle, policy)
  const { code, message } = regression
  // The candidate is not at fault: it is not turned down, the question cannot be answered.
  if (code === 'champion_metric_absent') throw championMetricAbsent(bundle, message)
  const rejection: Rejection = { stage: 'regression', code, reasons: [{ code, message }] }
  return {
    ...result,
    champion: { status: 'found', source, bundle, compared: true },
    regression,
    ...(!regression.passed && { rejection }),
    warnings: warned(result, ...(code === 'not_compared' ? [{ code, message }] : []), ...regression.warnings),
  }
}

/** The result's warnings and more. */
export function warned(
  result: PromotionResult,
  ...more: readonly PromotionWarning[]
): readonly PromotionWarning[] {
  return [...result.warnings, ...more]
}
