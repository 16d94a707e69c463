import type { Bundle } from '@taskclf/registry-core'
import type { ExclusionStage, SelectionReportJson } from '@taskclf/selection-policy'
import type { SwitchRecord } from './decision-record.js'

/** What an explanation comes to. An exclusion's stage: the model is not eligible for that reason. */
export type WhyVerdict =
  | 'active'
  | 'switched'
  | 'no_pointer'
  | 'pointer_corrupt'
  | ExclusionStage
  | 'outranked'
  | 'gain_too_small'
  | 'other_schema'
  | 'other_labels'
  | 'not_switched'
  | 'rejected'
  | 'removed'

/** A score by rank key. */
export type WhyScore = Record<string, string | number | null>

/** How a model does under the policy as things are now. */
export interface Standing {
  eligible: boolean
  rank: number | null
  /** How many are eligible. */
  of: number
  score: WhyScore | null
  gates: SelectionReportJson['ranked'][number]['gates']
  reasons: SelectionReportJson['excluded'][number]['reasons']
}

/** The model that ranks before another, and the first rank key in which the two differ. */
export interface Outranking {
  modelId: string
  metric: string
  theirs: string | number | null
  its: string | number | null
  /** An exact decimal; null where the key is no number. */
  gap: string | null
}

/** Why a model is active, is not, or was made active once. */
export interface WhyReport {
  /** Where the registry is, for people. */
  location: string
  subject: 'active' | 'model' | 'revision'
  modelId: string | null
  /** Whether that model is the active one now. */
  active: boolean
  verdict: WhyVerdict
  /** The same in words, a sentence each. */
  explanation: string[]
  /** The switch that made it active, or that withdrew it. */
  switch: SwitchRecord | null
  today: Standing | null
  outrankedBy: Outranking | null
  /** The model's bundle, where it is there. */
  bundle?: Bundle
}
