import {
  ActivePointerError,
  type ActiveState,
  readActive,
  readWithdrawn,
  type SwitchResult,
  tryBundle,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import {
  type Bundle,
  type BundleChecks,
  CHECK_CODES,
  listBundles,
  type ModelsDirLook,
  RegistryError,
  readPromotedBundle,
  requireChecked,
  requireReadable,
  type ValidBundle,
} from '@taskclf/registry-core'
import { activeReason, type SelectionReport, selectBest, shouldSwitchActive } from '@taskclf/selection-policy'
import { pointerCorrupt } from './champion.js'
import { asIoError, requireKnown } from './environment.js'
import { messageOf, PromotionError } from './errors.js'
import type { PromotionContext } from './options.js'
import type { PromotionResult, PromotionSelection } from './result.js'
import { toHistoryDecision } from './to-promotion-json.js'

/** The best of the models dir, and the state of the pointer it was compared with. */
interface Selected extends PromotionSelection {
  active: ActiveState
}

/** What is decided now; `asIf` is a bundle taken for published. */
export async function selectNow(context: PromotionContext, asIf?: ValidBundle): Promise<Selected> {
  const { modelsDir, policy, requirement } = context
  const active = await readActive(modelsDir)
  if (active.status === 'corrupt' && !context.settings.ignoreChampion) throw pointerCorrupt(active)
  const withdrawn = await readWithdrawn(modelsDir, active)
  const listed = await listBundles(modelsDir, { useIndex: false })
  requireReadable(listed)
  const bundles = asIf ? [...listed, asIf] : listed
  const report = selectBest(bundles, policy, requirement, { withdrawn })
  const incumbent = await incumbentOf(modelsDir, active, bundles)
  const broken = context.settings.ignoreChampion && (await brokenIncumbent(context, incumbent, active))
  const decision = shouldSwitchActive(report, incumbent, policy, broken || undefined)
  if (!broken || decision.code !== 'same_model') return { active, report, decision }
  const message = `${incumbent?.modelId} is the best and the active model, and must not serve: ${broken.message}`
  throw new PromotionError(broken.code, message, { details: { modelId: incumbent?.modelId } })
}

/** A champion that nobody compared with may be one that must not serve: then it gives way. */
async function brokenIncumbent(
  { settings: { checks } }: PromotionContext,
  incumbent: Bundle | undefined,
  active: ActiveState,
) {
  if (incumbent?.status !== 'valid') return undefined
  const tried = await tryBundle(incumbent, checks, active)
  return tried.status === 'failed' ? tried : undefined
}

async function incumbentOf(
  modelsDir: ModelsDirLook,
  active: ActiveState,
  bundles: Bundle[],
): Promise<Bundle | undefined> {
  if (active.status !== 'valid') return undefined
  const listed = bundles.find(({ modelId }) => modelId === active.modelId)
  const incumbent = listed ?? (await readPromotedBundle(modelsDir, active.modelId))
  requireKnown(incumbent, `the active model ${active.modelId}`)
  return incumbent
}

/**
 * Tries the best where the switch that is only rehearsed would: the candidate was tried before.
 *
 * @throws PromotionError with the code of the switch that would fail.
 */
export async function rehearseSwitch(
  { settings }: PromotionContext,
  { candidate }: PromotionResult,
  { report, decision }: PromotionSelection,
): Promise<void> {
  const best = report.best?.bundle
  if (!decision.switch || best === undefined || best.modelId === candidate.modelId) return
  try {
    await requireChecked(best, settings.checks)
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const message = `${candidate.modelId} would be published, but ${best.modelId}, the best, could not be switched to: ${error.message}`
    const details = { modelId: best.modelId, path: best.path }
    throw new PromotionError(checkCode(error) ?? 'switch_failed', message, { cause: error, details })
  }
}

const ATTEMPTS = 30
/** Nothing was switched, because another was faster: select again. */
const LOST = new Set(['conflict', 'overtaken', 'bundle_not_promoted'])

/**
 * Selects and switches as one compare-and-swap: when the pointer changed in between, or the chosen bundle is gone,
 * everything is looked at and decided again.
 */
export async function switchToBest(
  context: PromotionContext,
  result: PromotionResult,
): Promise<PromotionResult> {
  let settled = result
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { active, report, decision } = await selectNow(context).catch((error) => {
      throw switchFailed(asIoError(error), settled)
    })
    settled = { ...result, selection: { report, decision } }
    if (!decision.switch) return concluded(settled, active.status === 'valid' ? active.modelId : undefined)
    const switched = await attemptSwitch(context, settled, active, report)
    if (switched === undefined) continue
    const warnings = [...settled.warnings, ...switched.warnings]
    return concluded({ ...settled, switch: switched, warnings }, switched.pointer.model_id)
  }
  const message = `${published(result)}, but the pointer kept changing under ${ATTEMPTS} attempts to switch; select again later`
  throw new PromotionError('conflict', message, { result: settled })
}

/** Undefined when another was faster. */
async function attemptSwitch(
  context: PromotionContext,
  result: PromotionResult,
  active: ActiveState,
  report: SelectionReport,
): Promise<SwitchResult | undefined> {
  const { policy, policyDigest, settings } = context
  const best = (report.best as NonNullable<SelectionReport['best']>).bundle
  try {
    // Another store has no links to resolve.
    return await writeActiveAtomic(context.modelsDir, best, {
      source: 'promotion',
      expected: active.version,
      policyVersion: policy.version,
      policyDigest,
      reason: activeReason(best, policy),
      ...tried(best, result, settings.checks),
      now: context.io.now,
      ...(settings.actor !== undefined && { actor: settings.actor }),
      ...(settings.lock && { lock: settings.lock }),
      ...(settings.fileSystem && { fileSystem: settings.fileSystem }),
    })
  } catch (error) {
    if (error instanceof ActivePointerError && LOST.has(error.code)) return undefined
    const isDone = error instanceof ActivePointerError && error.code === 'durability_unknown'
    throw switchFailed(error, isDone ? concluded(result, best.modelId) : result)
  }
}

/** The candidate was tried as it was staged; another bundle that is best is tried by the switch. */
function tried(best: ValidBundle, result: PromotionResult, checks: BundleChecks | undefined) {
  const { published, checks: found } = result
  const decision = toHistoryDecision(result)
  if (published?.modelId !== best.modelId || found === undefined)
    return { decision, ...(checks && { checks }) }
  const record = { status: found.status, ...('code' in found && { code: found.code }) }
  return { bundleDigest: published.bundleDigest, decision: { ...decision, checks: record } }
}

function concluded(result: PromotionResult, activeModelId: string | undefined): PromotionResult {
  const outcome = activeModelId === result.candidate.modelId ? 'promoted' : 'published'
  return { ...result, outcome, ...(activeModelId !== undefined && { activeModelId }) }
}

function published(result: PromotionResult): string {
  return `${result.published?.modelId ?? result.candidate.modelId} is published`
}

/** The bundle is published and stays so; what became of the pointer is in the code and in the result. */
function switchFailed(error: unknown, result: PromotionResult): unknown {
  const message = `${published(result)}; the switch: ${messageOf(error)}`
  if (error instanceof PromotionError) {
    return new PromotionError(error.code, message, { cause: error, details: error.details, result })
  }
  const code =
    error instanceof RegistryError
      ? checkCode(error)
      : error instanceof ActivePointerError && errorCode(error)
  const details = error instanceof ActivePointerError ? error.details : {}
  return new PromotionError(code || 'switch_failed', message, { cause: error, details, result })
}

function errorCode({ code }: ActivePointerError): PromotionError['code'] | undefined {
  return code === 'lock_timeout' || code === 'lock_foreign_owner' || code === 'durability_unknown'
    ? code
    : undefined
}

/** A best that may not serve is not switched to, and nothing else takes its place. */
function checkCode({ code }: RegistryError): PromotionError['code'] | undefined {
  return code === 'io' ? code : CHECK_CODES.find((each) => each === code)
}
