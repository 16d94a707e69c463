import { messageOf } from '@taskclf/errors'
import {
  activateBest,
  type RegistryReading,
  type SwitchRecord,
  type Weighed,
  type WeighOptions,
  weighBest,
} from '@taskclf/infer-resolver'
import {
  CHECK_CODES,
  RegistryError,
  requireChecked,
  requireReadable,
  type ValidBundle,
} from '@taskclf/registry-core'
import { pointerCorrupt } from './champion.js'
import { PromotionError } from './errors.js'
import type { PromotionContext } from './options.js'
import type { PromotionResult, PromotionSelection, PublishedBundle } from './result.js'
import { toHistoryDecision } from './to-promotion-json.js'

/** What would be decided now, with the candidate taken for published. */
export async function selectNow(
  context: PromotionContext,
  seen: RegistryReading,
  asIf?: ValidBundle,
): Promise<Weighed> {
  const weighed = await weighBest(context.store, {
    ...weighOptions(context),
    seen,
    ...(asIf && { asIf }),
  }).catch((error) => {
    throw asPromotionError(error)
  })
  const { active } = weighed
  if (active.status === 'corrupt' && !context.settings.ignoreChampion) throw pointerCorrupt(active)
  return weighed
}

/** A champion that nobody compared with may be one that must not serve: it is tried, and gives way. */
function weighOptions({ policy, requirement, settings }: PromotionContext): WeighOptions {
  const { ignoreChampion = false, checks } = settings
  return { policy, requirement, tryActive: ignoreChampion, ...(checks && { checks }) }
}

/**
 * Tries the best where the switch that is only rehearsed would: the candidate was tried before.
 *
 * @throws PromotionError with the code of the switch that would fail.
 */
export async function rehearseSwitch(
  { settings, store }: PromotionContext,
  { candidate }: PromotionResult,
  { report, decision }: PromotionSelection,
): Promise<void> {
  const best = report.best?.bundle
  if (!decision.switch || best === undefined || best.modelId === candidate.modelId) return
  try {
    await using fetched = await store.bundles.fetch(best)
    await requireChecked(fetched.bundle, settings.checks)
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const message = `${candidate.modelId} would be published, but ${best.modelId}, the best, could not be switched to: ${error.message}`
    const details = { modelId: best.modelId, path: best.location }
    throw new PromotionError(asPromotionError(error).code, message, { cause: error, details })
  }
}

/** Selects, and switches to the best where it should take over; what came of it is the result. */
export async function switchToBest(
  context: PromotionContext,
  result: PromotionResult,
  seen: RegistryReading,
): Promise<PromotionResult> {
  const { settings, io } = context
  let settled = result
  try {
    const { active, report, decision, switched } = await activateBest(context.store, {
      ...weighOptions(context),
      seen: await seenWith(context, seen, result),
      replaceCorrupt: settings.ignoreChampion ?? false,
      describe: (weighed, best) => {
        const { report, decision } = weighed
        settled = { ...result, selection: { report, decision } }
        return recordOf(best, settled)
      },
      now: io.now,
      ...(settings.actor !== undefined && { actor: settings.actor }),
      ...(settings.lock && { lock: settings.lock }),
    })
    settled = { ...result, selection: { report, decision } }
    if (switched === undefined)
      return concluded(settled, active.status === 'valid' ? active.modelId : undefined)
    const warnings = [...settled.warnings, ...switched.warnings]
    return concluded({ ...settled, switch: switched, warnings }, switched.pointer.model_id)
  } catch (error) {
    throw switchFailed(error, settled)
  }
}

/** What was read before, and the bundle that was published since. */
async function seenWith(
  { store }: PromotionContext,
  seen: RegistryReading,
  { published }: PromotionResult,
): Promise<RegistryReading> {
  const { modelId } = published as PublishedBundle
  if (seen.bundles.some((bundle) => bundle.modelId === modelId)) return seen
  const bundle = await store.bundles.read(modelId)
  requireReadable([bundle])
  return { ...seen, bundles: [...seen.bundles, bundle] }
}

/** The candidate was tried as it was staged; another bundle that is best is tried by the switch. */
function recordOf(best: ValidBundle, result: PromotionResult): SwitchRecord {
  const { published, checks: found } = result
  const decision = toHistoryDecision(result)
  if (published?.modelId !== best.modelId || found === undefined) return { decision }
  const checks = { status: found.status, ...('code' in found && { code: found.code }) }
  return { bundleDigest: published.bundleDigest, decision: { ...decision, checks } }
}

function concluded(result: PromotionResult, activeModelId: string | undefined): PromotionResult {
  const outcome = activeModelId === result.candidate.modelId ? 'promoted' : 'published'
  return { ...result, outcome, ...(activeModelId !== undefined && { activeModelId }) }
}

function published(result: PromotionResult): string {
  return `${result.published?.modelId ?? result.candidate.modelId} is published`
}

/** The bundle is published and stays so; what became of the pointer is in the code and in the result. */
function switchFailed(thrown: unknown, settled: PromotionResult): PromotionError {
  const error = asPromotionError(thrown)
  const isDone = error.code === 'durability_unknown'
  const result = isDone ? concluded(settled, settled.selection?.report.best?.bundle.modelId) : settled
  const message = `${published(result)}; the switch: ${error.message}`
  return new PromotionError(error.code, message, { cause: thrown, details: error.details, result })
}

/** What stopped a selection or a switch, as an error of this package. */
function asPromotionError(error: unknown): PromotionError {
  if (error instanceof PromotionError) return error
  const { code, details = {} } = error as { code?: unknown; details?: Record<string, unknown> }
  const known = LOST.has(code) ? 'conflict' : SWITCH_CODES.find((each) => each === code)
  const path = error instanceof RegistryError ? { path: error.path } : {}
  return new PromotionError(known ?? 'switch_failed', messageOf(error), {
    cause: error,
    details: { ...path, ...details },
  })
}

/** Another was faster, again and again. */
const LOST: ReadonlySet<unknown> = new Set(['overtaken', 'bundle_not_promoted'])

/** The codes that keep their name: a best that may not serve is not switched to, and nothing else takes its place. */
const SWITCH_CODES: readonly PromotionError['code'][] = [
  ...CHECK_CODES,
  'io',
  'conflict',
  'pointer_corrupt',
  'lock_timeout',
  'lock_foreign_owner',
  'durability_unknown',
]
