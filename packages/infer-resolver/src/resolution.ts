import type { ValidBundle } from '@taskclf/registry-core'
import type { Policy, Requirement, SelectionReport } from '@taskclf/selection-policy'

/** What to resolve, and by what rules. */
export interface ResolveOptions {
  /** A bundle given outright: the override. Everything else is then ignored. */
  modelDir?: string
  modelsDir?: string
  /** For the fallback selection only. Default: the default policy. */
  policy?: Policy
  /** What the caller can serve. Default: no restriction. */
  requirement?: Requirement
  /** Write the pointer when selection had to decide. Otherwise resolving writes nothing. */
  repair?: boolean
  /** Who repairs, for the history. */
  actor?: string
  now?: () => Date
}

/** Something that an operator should know about how the model was found. */
export interface ResolveWarning {
  code:
    | 'no_pointer'
    | 'pointer_corrupt'
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
  /** Absolute real path of the bundle. */
  path: string
  modelId: string
  source: 'override' | 'active' | 'selection'
  bundle: ValidBundle
  warnings: readonly ResolveWarning[]
  /** The pointer's revision, when the pointer decided (or was repaired). */
  revision?: number
  /** The pointer's write_id, likewise. */
  writeId?: string
  /** The pointer's version as found; absent for an override. */
  version?: string
  /** The whole selection, when selection decided. */
  report?: SelectionReport
  /** The pointer was written by this call. */
  repaired?: boolean
}
