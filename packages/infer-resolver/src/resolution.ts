import type { StoreLike, StoreLook } from '@taskclf/active-pointer'
import type { BundleChecks, LocalValidBundle } from '@taskclf/registry-core'
import type { Policy, Requirement, SelectionReport } from '@taskclf/selection-policy'
import type { BrokenCode } from './look-at-active.js'

/** What happens at a start when the model that the pointer names is missing or broken. */
export type OnBrokenPointer = 'fail' | 'last_good' | 'policy'

/** What to resolve, and by what rules. */
export interface ResolveOptions {
  /** A bundle given outright: the override. Everything else is then ignored. */
  modelDir?: string
  /** The models dir, or another store. */
  modelsDir?: StoreLike
  /** For the fallback selection only. Default: the default policy. */
  policy?: Policy
  /** What the caller can serve. Default: no restriction. */
  requirement?: Requirement
  /**
   * When the pointer's model is missing or broken: fail, take the last model that served before and still can, or let the policy
   * decide among models of its feature schema. Default: by policy when it is missing, fail when it is broken. When nobody can say
   * which of these it is, resolving always fails.
   */
  onBrokenPointer?: OnBrokenPointer
  /** Write the pointer when it is absent or corrupt, or its model is missing. Otherwise resolving writes nothing. */
  repair?: boolean
  /** How a model is tried that was not the pointer's choice: before a repair is written, and for `last_good`. */
  checks?: BundleChecks
  /** Who repairs, for the history. */
  actor?: string
  now?: () => Date
}

/**
 * Why another model serves than the one that the pointer asks for. At a start: its bundle is missing or broken. `pointer_absent`,
 * `models_dir_unusable` and `io` only while a reloader runs, which keeps its model then.
 */
export type DegradedCode =
  | BrokenCode
  | 'active_bundle_missing'
  | 'pointer_absent'
  | 'models_dir_unusable'
  | 'io'

/** That another model serves than the one that the pointer asks for, and why. */
export interface Degraded {
  code: DegradedCode
  /** The model that the pointer names; absent where it cannot be read. */
  wanted?: string
  message: string
  /** Of `last_good`: whether the history proves that the model served, or an unreadable pointer leaves it open. */
  confirmed?: boolean
  /** Of `last_good`: the revision that served before. */
  revision?: number
}

/** Something that an operator should know about how the model was found. */
export interface ResolveWarning {
  code:
    | 'no_pointer'
    | 'pointer_corrupt'
    | 'active_bundle_missing'
    | 'active_bundle_invalid'
    | 'active_bundle_incompatible'
    | 'override_incompatible'
    | 'inference_policy_differs'
    | 'bundle_warning'
    | 'repair_lost'
  message: string
}

/** The model that serves, and how it was found. */
export interface Resolution {
  /** Absolute real path of the bundle, or of the local copy that was fetched. */
  path: string
  modelId: string
  source: 'override' | 'active' | 'selection'
  bundle: LocalValidBundle
  /** Where it was found; absent for an override. */
  store?: StoreLook
  warnings: readonly ResolveWarning[]
  /** The model is not the one that the pointer asks for. */
  degraded?: Degraded
  /** The pointer's revision, when the pointer decided (or was repaired). */
  revision?: number
  /** The pointer's write_id, likewise; of `last_good`, that of the line by which the model served. */
  writeId?: string
  /** The content digest that the pointer (of `last_good`, the history) recorded: to be compared when the bundle is loaded. */
  recordedDigest?: string
  /** The pointer's version as found; absent for an override. */
  version?: string
  /** The whole selection, when selection decided. */
  report?: SelectionReport
  /** The pointer was written by this call. */
  repaired?: boolean
}
