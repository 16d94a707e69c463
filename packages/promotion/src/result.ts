import type { SwitchResult } from '@taskclf/active-pointer'
import type { CheckedBundle, ValidBundle } from '@taskclf/registry-core'
import type {
  Compatibility,
  GateCheck,
  Policy,
  RegressionCheck,
  Requirement,
  SelectionReport,
  SwitchDecision,
} from '@taskclf/selection-policy'

/**
 * How a promotion ended. `promoted`: published and active. `published`: another model is active, and `selection` says
 * why. `rejected`: the answer is no. `dry_run`: it would have been published.
 */
export const PROMOTION_OUTCOMES = ['promoted', 'published', 'rejected', 'dry_run'] as const

/** One of {@link PROMOTION_OUTCOMES}. */
export type PromotionOutcome = (typeof PROMOTION_OUTCOMES)[number]

/** A bundle that is in the models dir. */
export interface PublishedBundle {
  modelId: string
  /** Its directory. */
  path: string
  bundleDigest: string
}

/** Something to know about a promotion that did not decide it. */
export interface PromotionWarning {
  code:
    | 'no_champion'
    | 'champion_ignored'
    | 'champion_other_schema'
    | 'eval_dataset_differs'
    | 'not_compared'
    | 'already_published'
    | 'candidate_warning'
    | 'rejected_not_kept'
    | 'index_not_refreshed'
    | SwitchResult['warnings'][number]['code']
  message: string
}

/** Where a candidate was turned down, and every reason. */
export interface Rejection {
  stage: 'incompatible' | 'metrics' | 'gate' | 'regression' | 'check'
  /** The first reason's code. */
  code: string
  reasons: readonly { code: string; message: string }[]
}

/** What the candidate was compared with. */
export type ChampionResult =
  | { status: 'found'; source: 'active' | 'best' | 'newest'; bundle: ValidBundle; compared: boolean }
  | { status: 'none' | 'ignored' }

/** The last selection, and what it meant for the active model. */
export interface PromotionSelection {
  report: SelectionReport
  decision: SwitchDecision
}

/** Everything about one promotion; `toPromotionJson` writes it down. */
export interface PromotionResult {
  outcome: PromotionOutcome
  dryRun: boolean
  at: Date
  /** Who promoted. */
  actor?: string
  candidate: {
    modelId: string
    /** Whether the id was made, for want of a `model_id` in the metadata. */
    generatedId: boolean
    /** The candidate's own directory. */
    path: string
    digest: string
    bundle: ValidBundle
  }
  policy: Policy
  policyDigest: string
  requirement: Requirement
  compatibility: Compatibility
  /** The candidate alone. */
  gates: GateCheck
  /** Absent when the candidate did not get that far. */
  champion?: ChampionResult
  /** The candidate against the champion; absent when nothing was compared. */
  regression?: RegressionCheck
  /** What trying the candidate found; absent when it did not get that far. */
  checks?: CheckedBundle['result']
  /** Why it was rejected. */
  rejection?: Rejection
  published?: PublishedBundle
  /** In a dry run as it would have been. */
  selection?: PromotionSelection
  /** The switch this promotion made, which may be to another model than the candidate. */
  switch?: SwitchResult
  /** What was active in the end, as far as is known. */
  activeModelId?: string
  /** Where the rejected candidate is kept, with the reason. */
  rejectedDir?: string
  warnings: readonly PromotionWarning[]
}
