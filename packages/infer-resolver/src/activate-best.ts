import {
  ActivePointerError,
  type ActiveState,
  lookAtStore,
  type StoreLike,
  type SwitchOptions,
  type SwitchResult,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import { canonicalDigest, type ValidBundle } from '@taskclf/registry-core'
import { activeReason, DEFAULT_POLICY, toDecision } from '@taskclf/selection-policy'
import { ResolveError } from './errors.js'
import { type Weighed, type WeighOptions, weighBest } from './weigh-best.js'

/** How {@link activateBest} selects, compares, tries and switches. */
export interface ActivateBestOptions
  extends WeighOptions,
    Omit<SwitchOptions, 'expected' | 'expectedRevision'> {
  /** Whether a pointer that cannot be read is replaced (default `false`): it names somebody's choice. */
  replaceCorrupt?: boolean
  /** What a switch to this bundle records; with `bundleDigest` the bundle was tried already, and is not tried again. */
  describe?: (weighed: Weighed, best: ValidBundle) => SwitchRecord
}

/** What the history keeps of a switch. */
export interface SwitchRecord {
  decision: Record<string, unknown>
  /** The digest of the content that was tried already. */
  bundleDigest?: string
}

/** The best that was weighed, and the switch to it where one was made. */
export interface BestActivation extends Weighed {
  switched?: SwitchResult
}

/** How often is decided again where another was faster. */
const MOST_ATTEMPTS = 30
/** Nothing was switched, because another was faster. */
const LOST: ReadonlySet<string> = new Set(['conflict', 'overtaken', 'bundle_not_promoted'])

/**
 * Makes the best by policy the active model, where it should take over: one compare-and-swap. Where the pointer was switched meanwhile, or the chosen
 * bundle is gone, everything is read and decided again. The best is tried before the switch. To leave the pointer as it is, is not decided by an old one
 * either: after a decision on `seen` it is read again.
 *
 * @throws What {@link weighBest} and `writeActiveAtomic` throw; ResolveError `pointer_corrupt` unless `replaceCorrupt`; ActivePointerError `conflict` when
 * another was faster thirty times.
 * @example
 * ```ts
 * const { decision, switched } = await activateBest('models', { checks: predictorChecks(), actor: 'ci' })
 * console.log(switched?.pointer.model_id ?? decision.message)
 * ```
 */
export async function activateBest(
  where: StoreLike,
  options: ActivateBestOptions = {},
): Promise<BestActivation> {
  const { seen: _, ...afresh } = options
  for (let attempt = 1; ; attempt++) {
    // What was read before holds for the first attempt alone.
    const weighed = await weighBest(where, attempt === 1 ? options : afresh)
    if (weighed.active.status === 'corrupt' && !options.replaceCorrupt) throw corrupt(weighed.active)
    const best = weighed.report.best?.bundle
    if (!weighed.decision.switch || best === undefined) {
      // A switch would find out by itself that the pointer was another's meanwhile.
      if (attempt === 1 && options.seen && (await isOutdated(weighed))) continue
      return weighed
    }
    try {
      return { ...weighed, switched: await switchTo(best, weighed, options) }
    } catch (error) {
      const isLost = error instanceof ActivePointerError && LOST.has(error.code)
      if (!isLost || attempt === MOST_ATTEMPTS || isLeft(where)) throw error
    }
  }
}

/** Whether the pointer is another than the one that the decision was made on. */
async function isOutdated({ store, active }: Weighed): Promise<boolean> {
  return (await store.pointer.read()).version !== active.version
}

/** A look does not follow a path that was led elsewhere: deciding again would come to the same. */
function isLeft(where: StoreLike): boolean {
  const look = lookAtStore(where)
  return look.store.look().location !== look.location
}

function switchTo(best: ValidBundle, weighed: Weighed, options: ActivateBestOptions): Promise<SwitchResult> {
  const { policy = DEFAULT_POLICY, checks, actor, now, lock, describe = describeSelect } = options
  const { bundleDigest, decision } = describe(weighed, best)
  return writeActiveAtomic(weighed.store, best, {
    source: 'promotion',
    expected: weighed.active,
    policyVersion: policy.version,
    policyDigest: canonicalDigest(policy),
    reason: activeReason(best, policy),
    decision,
    ...(bundleDigest === undefined ? checks && { checks } : { bundleDigest }),
    ...(actor !== undefined && { actor }),
    ...(now !== undefined && { now }),
    ...(lock !== undefined && { lock }),
  })
}

function describeSelect({ report, decision }: Weighed): SwitchRecord {
  const policyDigest = canonicalDigest(report.policy)
  return { decision: { kind: 'select', policy_digest: policyDigest, ...toDecision(report, decision) } }
}

function corrupt({ problems }: ActiveState & { status: 'corrupt' }): ResolveError {
  const why = problems.map(({ message }) => message).join('; ')
  const message = `active.json cannot be used, and names somebody's choice, so nothing was switched: ${why}`
  return new ResolveError('pointer_corrupt', message, { details: { problems } })
}
