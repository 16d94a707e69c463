import type {
  History,
  HistoryEntry,
  RollbackOptions,
  RollbackResult,
  SwitchOptions,
  SwitchResult,
  WithdrawOptions,
  WithdrawResult,
} from '@taskclf/active-pointer'
import type {
  BestActivation,
  ModelReloader,
  ReloaderOptions,
  Resolution,
  ResolveOptions,
  Weighed,
} from '@taskclf/infer-resolver'
import type { PromotionSettings, RetrainCheck, RetrainHow, RetrainResult } from '@taskclf/promotion'
import type { Bundle, BundleChecks, FetchedBundle, ValidBundle } from '@taskclf/registry-core'
import type { Policy, Reason, Requirement, SelectionReport } from '@taskclf/selection-policy'
import type { ActiveModel } from './active-at.js'
import type { RetrainCheckHow } from './check-retrain.js'
import type { BundleDiff } from './diff-bundles.js'
import type { ExamineOptions, RegistryExamination } from './examine/examine-registry.js'
import type { Inspection } from './inspect-model.js'
import type { ModelListing } from './list/list-models.js'
import type { Overview, OverviewOptions } from './list/overview.js'
import type { Promoted } from './promoted.js'
import type { RegistryRepair, RepairOptions } from './repair/repair-registry.js'
import type { RegistryReport } from './report/registry-report.js'
import type { RegistryStatus } from './status/registry-status.js'
import type { Verification, VerifyOptions } from './verify-models.js'
import type { Explanation } from './why/explain.js'

/** What holds for everything that is done with a registry. */
export interface RegistryOptions {
  /** What decides which model is best. Default: the default policy. */
  policy?: Policy
  /** What a model has to fit. Default: anything does. */
  requirement?: Requirement
  /** How a model is tried before it may serve; `predictorChecks()` of `@taskclf/predictor` loads it and runs its self-test. Default: it is not loaded. */
  checks?: BundleChecks
  /** Who switches, for the history. */
  actor?: string
  now?: () => Date
  lock?: SwitchOptions['lock']
}

/** What was asked of the registry as a whole, of what decides. */
export interface Asked {
  policy: Policy
  requirement: Requirement
  checks?: BundleChecks
}

/** The same, of what writes. */
export interface Writes {
  actor?: string
  now?: () => Date
  lock?: NonNullable<RegistryOptions['lock']>
}

/** How to activate a model by its id. */
export interface ActivateOptions extends Pick<SwitchOptions, 'expected' | 'expectedRevision'> {
  /** Whether gates, metrics and compatibility may prevent it (default `false`); validity and checks may never. */
  force?: boolean
  /** Why, for the history. */
  note?: string
}

/** The history of a registry. */
export interface RegistryHistory extends History {
  /** Where the registry is, for people. */
  location: string
}

/** The index as it is now. */
export interface RefreshedIndex {
  /** Where the registry is, for people. */
  location: string
  /** The index itself. */
  file: string
  /** The selection that it shows. */
  report: SelectionReport
}

/** A model that was activated by its id. */
export interface Activation extends SwitchResult {
  bundle: ValidBundle
  /** What selection holds against it, and was gone past. */
  forced: readonly Reason[]
}

/** What a promotion may be given besides what holds for the registry. */
export type RegistryPromotion = Omit<
  PromotionSettings,
  'modelsDir' | 'policy' | 'requirement' | 'checks' | 'actor' | 'now' | 'lock'
>

/** What trains, how often, and how it promotes, besides what holds for the registry. */
export type RegistryRetrain = RegistryPromotion & RetrainHow

/** A retraining, and what it promoted. */
export interface Retrained extends Omit<RetrainResult, 'promotion'> {
  /** Where the registry is, for people. */
  location: string
  promotion?: Promoted
}

/** How to resolve, besides what holds for the registry. */
export type RegistryResolve = Pick<ResolveOptions, 'onBrokenPointer' | 'repair'>

/** How to follow the active model, besides what holds for the registry. */
export type RegistryReloader<M> = RegistryResolve & Omit<ReloaderOptions<M>, keyof ResolveOptions>

/**
 * A model registry: everything that can be done with it. Each call looks at the registry again; none prints, and each reports what it did as
 * a value. Errors are those of the package that does the work, each with a `code`.
 */
export interface Registry {
  /** Where it is, as it was given; for people. */
  readonly location: string
  /** Every model with its place under the policy. */
  list(): Promise<ModelListing>
  /** What lists show of each model, ordered; small enough for a hundred thousand of them. */
  overview(options?: OverviewOptions): Promise<Overview>
  /**
   * The id that a person means: the text itself, or the only id that begins with it. Every other verb takes whole ids.
   *
   * @throws RegistryUseError `ambiguous_model` where several ids begin with it.
   */
  find(text: string): Promise<string>
  /** One bundle, valid or not. */
  read(modelId: string): Promise<Bundle>
  /** One bundle, and how it does under the policy by itself. */
  inspect(modelId: string): Promise<Inspection>
  /** The files of a bundle that was read, in a local directory until it is disposed of. A caller that opens them compares their digests. */
  fetch(bundle: ValidBundle): Promise<FetchedBundle>
  /** The best by policy beside the active model; reads only. */
  select(): Promise<Weighed>
  /** Makes the best by policy the active model, where it should take over. */
  activateBest(): Promise<BestActivation>
  /** Makes this model the active one. */
  activate(modelId: string, options?: ActivateOptions): Promise<Activation>
  /** Goes back to an earlier model. */
  rollback(
    options?: Pick<RollbackOptions, 'steps' | 'toRevision' | 'expected' | 'expectedRevision'>,
  ): Promise<RollbackResult>
  /** Has automatic selection pass over a model from now on. */
  withdraw(
    modelId: string,
    options?: Pick<WithdrawOptions, 'note' | 'expected' | 'expectedRevision'>,
  ): Promise<WithdrawResult>
  /** Takes a withdrawal back. */
  readmit(
    modelId: string,
    options?: Pick<WithdrawOptions, 'note' | 'expected' | 'expectedRevision'>,
  ): Promise<WithdrawResult>
  /** The model that is active, or was at this time; undefined where none is, or was. */
  active(moment?: Date): Promise<ActiveModel | undefined>
  /** Every switch, oldest first. */
  history(): Promise<RegistryHistory>
  /**
   * The switch by which a model was active at this time, or whose revision it is; undefined before the first. Its `state` says whether that is certain:
   * `unconfirmed` where the pointer was lost since.
   */
  at(moment: Date | { revision: number }): Promise<HistoryEntry | undefined>
  /** Which model is active, how many may serve, which is the newest, what is wrong; loads no model. */
  status(): Promise<RegistryStatus>
  /** Why the active model is active, why a model is not, or why a revision came about; by default of the active model. */
  why(subject?: string): Promise<Explanation>
  /** What serves and why, every model with the policy's metrics, and every switch: what a page about the registry shows. Reads documents only. */
  report(): Promise<RegistryReport>
  /** In what two bundles differ. */
  diff(modelId: string, otherId: string): Promise<BundleDiff>
  /** Reads every byte of the models, or of all, compares it with what was published and activated, and loads them. */
  verify(options?: VerifyOptions): Promise<Verification>
  /** Looks for everything that would surprise somebody: damage, leftovers, other writers, models that do not load. Changes nothing. */
  examine(options?: ExamineOptions): Promise<RegistryExamination>
  /**
   * Repairs what is safe: locks of dead owners, what killed processes left, a pointer that is lost or damaged, the index. Then examines. Removes no
   * bundle, and changes no line of the history. What it may not do by itself `confirm` is asked; by default it is not done.
   */
  repair(options?: RepairOptions): Promise<RegistryRepair>
  /** Publishes a candidate, and makes the best the active model, if the candidate earns its place. */
  promote(candidateDir: string, options?: RegistryPromotion): Promise<Promoted>
  /** Whether the newest model is older than the cadence, and no run of `runsDir` has trained since. */
  checkRetrain(how: RetrainCheckHow): Promise<RetrainCheck & { location: string }>
  /** Trains a candidate, if that is due, and promotes it. */
  retrain(options: RegistryRetrain): Promise<Retrained>
  /** Which model serves. */
  resolve(options?: RegistryResolve): Promise<Resolution>
  /** Follows the active model in a running process. */
  reloader<M>(options: RegistryReloader<M>): Promise<ModelReloader<M>>
  /** Brings the index, a cache for listings, up to date. */
  refreshIndex(): Promise<RefreshedIndex>
}
