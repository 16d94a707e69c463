import {
  ActivePointerError,
  type ActiveState,
  lookAtStore,
  readWithdrawn,
  type StoreLike,
  type StoreLook,
  tryBundle,
} from '@taskclf/active-pointer'
import {
  type Bundle,
  type BundleChecks,
  type CheckResult,
  environmentProblem,
  RegistryError,
  type ValidBundle,
} from '@taskclf/registry-core'
import {
  DEFAULT_POLICY,
  type Policy,
  type Requirement,
  type SelectionReport,
  type SwitchDecision,
  selectBest,
  shouldSwitchActive,
} from '@taskclf/selection-policy'
import { type RegistryReading, readRegistry } from './read-registry.js'

/** How {@link weighBest} selects and compares. */
export interface WeighOptions {
  /** Default: the default policy. */
  policy?: Policy
  /** What a model has to fit; by default anything does. */
  requirement?: Requirement
  /** Whether the active model is tried as well: one that must not serve gives way to any other. Default `false`: by its documents alone. */
  tryActive?: boolean
  /** How it is tried. Default: its files are compared with what was activated, and it is not loaded. */
  checks?: BundleChecks
  /** A bundle that is taken for one of the models dir, to rehearse its publication. */
  asIf?: ValidBundle
  /** What the same operation has read already: it is not read again. The pointer is to be read first. */
  seen?: RegistryReading
}

/** The best of a registry beside the active model, and whether it should take over. */
export interface Weighed {
  store: StoreLook
  /** The pointer that the decision was made on: a switch is by compare-and-swap on its version. */
  active: ActiveState
  /** All that was selected from, valid or not. */
  bundles: readonly Bundle[]
  report: SelectionReport
  decision: SwitchDecision
  /** Why the active model could not be tried, where it was to be. */
  unchecked?: string
}

/**
 * Selects the best by policy and weighs it against the active model. Reads only; {@link activateBest} switches.
 *
 * @throws RegistryError when the models dir cannot be opened; `io` when a bundle cannot be read; the code of its check when the best is the
 * active model, and must not serve. ActivePointerError `io` when the pointer or the active model cannot be read.
 * @example
 * ```ts
 * const { report, decision } = await weighBest('models')
 * console.log(report.best?.bundle.modelId, decision.code)
 * ```
 */
export async function weighBest(where: StoreLike, options: WeighOptions = {}): Promise<Weighed> {
  const { policy = DEFAULT_POLICY, requirement = {}, asIf } = options
  const store = lookAtStore(where)
  const { active, bundles: listed } = options.seen ?? (await readRegistry(store))
  const withdrawn = await readWithdrawn(store, active)
  const bundles = asIf ? [...listed, asIf] : listed
  const report = selectBest(bundles, policy, requirement, { withdrawn })
  const champion = await championOf(store, active, bundles)
  const tried = await tryChampion(store, champion, active, options)
  const broken = tried?.status === 'failed' ? tried : undefined
  const decision = shouldSwitchActive(report, champion && asRecorded(champion, active), policy, broken)
  if (champion && broken && decision.code === 'same_model') throw nothingSound(champion, broken)
  const unchecked = tried?.status === 'not_checked' ? { unchecked: tried.message } : {}
  return { store, active, bundles, report, decision, ...unchecked }
}

/** The active model as it can be read; a failure of the environment says nothing about it. */
async function championOf(
  store: StoreLook,
  active: ActiveState,
  bundles: readonly Bundle[],
): Promise<Bundle | undefined> {
  if (active.status !== 'valid') return undefined
  const { modelId } = active
  const champion = bundles.find((bundle) => bundle.modelId === modelId) ?? (await store.bundles.read(modelId))
  const failure = environmentProblem(champion)
  if (failure === undefined) return champion
  const message = `the active model ${modelId} cannot be read (${failure.message}), so nothing was decided; look at the system, then try again`
  throw new ActivePointerError('io', message, { path: champion.location, errno: failure.errno })
}

/** Of a model whose documents are gone the pointer still says which feature schema it was of. */
function asRecorded(champion: Bundle, active: ActiveState): Bundle {
  if (champion.status === 'valid' || champion.partial.metadata !== undefined) return champion
  const hash = active.status === 'valid' ? active.pointer.schema_hash : undefined
  return hash === undefined
    ? champion
    : { ...champion, partial: { ...champion.partial, metadata: { schema_hash: hash } } }
}

async function tryChampion(
  store: StoreLook,
  champion: Bundle | undefined,
  active: ActiveState,
  options: WeighOptions,
) {
  if (!options.tryActive || champion?.status !== 'valid') return undefined
  return tryBundle(store, champion, options.checks, active)
}

/** The error of a best model that is active already, and broken: to leave it would call it sound. */
function nothingSound(
  { modelId, location }: Bundle,
  { code, message }: Extract<CheckResult, { code: string }>,
): RegistryError {
  const why = `nothing was switched: ${modelId} is the best and the active model, and must not serve: ${message}`
  return new RegistryError(code, location, why)
}
