/** An eligible bundle in an index, best first, as the Python project writes it. */
export interface IndexRanked {
  model_id: string
  path: string
  /** Absent where the bundle states none. */
  macro_f1?: number
  /** Absent where the bundle states none. */
  weighted_f1?: number
  created_at: string
  eligible: true
}

/** A bundle that is not eligible, and why. */
export interface IndexExcluded {
  model_id: string
  path: string
  /** In words. */
  reason: string
  code: string
}

/** The part of an index that is for people and for the Python project; its keys. */
export interface IndexRanking {
  /** ISO 8601, UTC. */
  generated_at: string
  /** The required feature schema; empty where none was. */
  schema_hash: string
  policy_version: number
  ranked: readonly IndexRanked[]
  excluded: readonly IndexExcluded[]
  best_model_id: string | null
}
