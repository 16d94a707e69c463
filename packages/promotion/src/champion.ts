import {
  type ActiveState,
  lookAtStore,
  readWithdrawn,
  type StoreLike,
  type StoreLook,
  tryBundle,
} from '@taskclf/active-pointer'
import { type RegistryReading, readRegistry } from '@taskclf/infer-resolver'
import type { BundleChecks, ValidBundle } from '@taskclf/registry-core'
import {
  checkRegression,
  DEFAULT_POLICY,
  isCompatible,
  otherKind,
  type Policy,
  type Requirement,
  selectBest,
} from '@taskclf/selection-policy'
import { requireKnown, withIoErrors } from './environment.js'
import { PromotionError } from './errors.js'

/** What a candidate is compared with, and how it was found. */
export type Champion =
  | { status: 'found'; source: 'active' | 'best' | 'newest'; bundle: ValidBundle }
  | { status: 'none'; message: string }

/** How {@link resolveChampion} decides when there is no pointer. */
export interface ResolveChampionOptions {
  /** Default: the default policy. */
  policy?: Policy
  requirement?: Requirement
  /** How the active model is tried; one that does not load, is not a champion. Default: it is not loaded, only compared with what was activated. */
  checks?: BundleChecks
}

/**
 * The model that a candidate is compared with: the active one; with no pointer the best by policy, else the newest
 * valid one, models withdrawn by a person passed over. A champion that cannot be used is an error, never "none".
 *
 * @throws PromotionError `pointer_corrupt`, `champion_unusable`; `io` when it cannot be known. RegistryError when the models
 * dir cannot be opened.
 * @example
 * ```ts
 * const champion = await resolveChampion('models')
 * if (champion.status === 'found') console.log(champion.source, champion.bundle.modelId)
 * ```
 */
export async function resolveChampion(
  where: StoreLike,
  options: ResolveChampionOptions = {},
): Promise<Champion> {
  const store = lookAtStore(where)
  return withIoErrors(() => championOf(store, options))
}

/** The champion, by what may have been read before. */
export async function championOf(
  store: StoreLook,
  options: ResolveChampionOptions,
  seen?: RegistryReading,
): Promise<Champion> {
  const active = seen?.active ?? (await store.pointer.read())
  if (active.status === 'corrupt') throw pointerCorrupt(active)
  if (active.status === 'absent') return withoutPointer(store, active, options, seen)
  const bundle =
    seen?.bundles.find(({ modelId }) => modelId === active.modelId) ??
    (await store.bundles.read(active.modelId))
  requireKnown(bundle, `the active model ${active.modelId}`)
  if (bundle.status === 'invalid') {
    const why = bundle.problems.map(({ message }) => message).join('; ')
    throw championUnusable(bundle, why, {}, bundle.problems)
  }
  // One that nothing here can load is compared with by its figures.
  const tried = await tryBundle(store, bundle, options.checks, active)
  if (tried.status === 'failed') throw championUnusable(bundle, tried.message, { code: tried.code })
  return { status: 'found', source: 'active', bundle }
}

/** The error of an active model that cannot be compared with. */
function championUnusable(
  { modelId, location }: Pick<ValidBundle, 'modelId' | 'location'>,
  why: string,
  details: Readonly<Record<string, unknown>> = {},
  problems: PromotionError['problems'] = [],
): PromotionError {
  const message = `the active model ${modelId} cannot be compared with: ${why}. Repair it, switch to another model, or ignore the champion explicitly`
  return new PromotionError('champion_unusable', message, {
    problems,
    details: { modelId, path: location, ...details },
  })
}

async function withoutPointer(
  store: StoreLook,
  active: ActiveState,
  { policy = DEFAULT_POLICY, requirement = {} }: ResolveChampionOptions,
  seen: RegistryReading | undefined,
): Promise<Champion> {
  const withdrawn = await readWithdrawn(store, active)
  const { bundles } = seen ?? (await readRegistry(store))
  const { best } = selectBest(bundles, policy, requirement, { withdrawn })
  if (best) return { status: 'found', source: 'best', bundle: best.bundle }
  const valid = bundles.filter((bundle) => bundle.status === 'valid')
  const candidates = valid.filter(({ modelId }) => !withdrawn.includes(modelId))
  const newest = candidates.reduce<ValidBundle | undefined>(later, undefined)
  if (newest) return { status: 'found', source: 'newest', bundle: newest }
  const rest = bundles.length === 0 ? 'no bundles' : `${bundles.length} bundles, none of them usable`
  const message = `nothing is active, and the models dir holds ${rest}: there is no champion to compare with`
  return { status: 'none', message }
}

/**
 * Refuses to go on where nobody knows what is active, not even to put another model in its place.
 *
 * @throws PromotionError `io`.
 */
export async function requireKnownActive(store: StoreLook, { active }: RegistryReading): Promise<void> {
  if (active.status !== 'valid') return
  requireKnown(await store.bundles.read(active.modelId), `the active model ${active.modelId}`)
}

function later(known: ValidBundle | undefined, bundle: ValidBundle): ValidBundle {
  return known && known.createdAt.epochMicros >= bundle.createdAt.epochMicros ? known : bundle
}

/** The error of a pointer that cannot be read. */
export function pointerCorrupt(active: ActiveState & { status: 'corrupt' }): PromotionError {
  const why = active.problems.map(({ message }) => message).join('; ')
  const message = `active.json is corrupt, so nobody can say which model to compare with: ${why}. Switch to a model yourself, or ignore the champion explicitly`
  return new PromotionError('pointer_corrupt', message, { details: { problems: active.problems } })
}

/** The error of a champion without the metric that a candidate is compared by. */
export function championMetricAbsent({ modelId, location }: ValidBundle, why: string): PromotionError {
  const message = `the champion ${modelId} cannot be compared with: ${why}. Ignore the champion explicitly, once`
  return new PromotionError('champion_metric_absent', message, { details: { modelId, path: location } })
}

/**
 * Refuses a champion that no candidate could be compared with under this policy, before hours of training go into one.
 *
 * @throws PromotionError `champion_metric_absent`.
 */
export function requireComparable(champion: Champion, policy: Policy, requirement: Requirement): void {
  if (champion.status === 'none' || !isCompatible(champion.bundle, requirement).compatible) return
  const { bundle } = champion
  const { code, message } = checkRegression(bundle, bundle, policy)
  if (code === 'metric_absent') throw championMetricAbsent(bundle, message)
}

/** Why a champion cannot be compared with a candidate; undefined when it can. */
export function incomparable(
  champion: ValidBundle,
  candidate: ValidBundle,
  requirement: Requirement,
): string | undefined {
  const { compatible, reasons } = isCompatible(champion, requirement)
  if (!compatible) return reasons.map(({ message }) => message).join('; ')
  // One that states nothing is compared: nothing shows that they differ, and not to compare is to let pass.
  return otherKind(candidate, champion)?.message
}
