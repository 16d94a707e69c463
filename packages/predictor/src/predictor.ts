import type { Explanation } from './explanation.js'
import type { PredictionWatch } from './prediction-watch.js'
import type { FeatureRow } from './row-encoder.js'
import type { ModelTask } from './runtime.js'

/** The label of a row whose most probable label is below the reject threshold, unless the bundle has its own `reject_label`. */
export const REJECT_LABEL = 'Mixed/Unknown'

/** What the answer to any row may say besides. */
export interface RowRemarks {
  /** Columns with a text that the model does not know, which was predicted as missing; absent when there are none. */
  unknownCategories?: readonly string[]
  /** Why it was answered so; where `explain` was asked for. */
  explanation?: Explanation
}

/** What a classifier says of one row. */
export interface ClassPrediction extends RowRemarks {
  /** The most probable label, or the predictor's `rejectLabel` when rejected. */
  label: string
  /** The probability of the most probable label, 0 to 1, also when rejected. */
  confidence: number
  /** In the order of the predictor's `labels`. */
  probabilities: number[]
  /** Whether the confidence is below the reject threshold. */
  rejected: boolean
  value?: undefined
  scores?: undefined
}

/** What a regressor says of one row. */
export interface ValuePrediction extends RowRemarks {
  /** In the units of what it was trained on. */
  value: number
  label?: undefined
  confidence?: undefined
  probabilities?: undefined
  rejected?: undefined
  scores?: undefined
}

/** What a model of scores says of one row. */
export interface ScoresPrediction extends RowRemarks {
  /** In the order of the predictor's `outputs`. */
  scores: number[]
  label?: undefined
  confidence?: undefined
  probabilities?: undefined
  rejected?: undefined
  value?: undefined
}

/** What the model says of one row, by its task. */
export type Prediction = ClassPrediction | ValuePrediction | ScoresPrediction

/** What the model says of many rows, in arrays that may be longer than `count` rows and used again. */
export interface PredictionBatch {
  /** Rows predicted. */
  count: number
  /** Of a classifier, per row: place in `labels` of the most probable label, also when rejected. Of other tasks 0. */
  best: Int32Array
  /** Of a classifier, per row: the probability of that label. Of other tasks 0. */
  confidence: Float64Array
  /** Per row: 1 when the confidence is below the reject threshold, else 0. */
  rejected: Uint8Array
  /** Row-major, as many per row as the predictor's `outputs`: probabilities, the value, or scores. */
  outputs: Float64Array
}

/** Something that a bundle leaves open and that was decided for it. */
export interface PredictorNote {
  code:
    | 'labels_assumed'
    | 'missing_rule_assumed'
    | 'categories_from_model'
    | 'artifact_chosen'
    | 'columns_by_place'
  message: string
  /** The columns that it concerns. */
  columns: readonly string[]
}

/** What is asked for besides the answers. */
export interface PredictOptions {
  /** Explains each answer by so many columns, at least 1: those that add most to the model's raw score, or take most from it. */
  explain?: number
}

/** A bundle that predicts. */
export interface Predictor extends AsyncDisposable {
  readonly modelId: string
  /** What it answers. */
  readonly task: ModelTask
  /** What its outputs are called, in their order: a classifier's labels, `value`, or the names of scores. */
  readonly outputs: readonly string[]
  /** The labels in the order of the model's outputs; of other tasks none. */
  readonly labels: readonly string[]
  /** The model's input columns, in its order. */
  readonly columns: readonly string[]
  /** Those of them without a name that could be read: rows may have them by place. */
  readonly byPlace: readonly string[]
  /** Those of them that have a vocabulary: their cells are texts. */
  readonly categorical: readonly string[]
  /** Below this probability a row is rejected; null: never. */
  readonly rejectThreshold: number | null
  /** What a rejected row is called: the bundle's `reject_label`, else `Mixed/Unknown`. */
  readonly rejectLabel: string
  /** What had to be assumed, because the bundle does not say it. */
  readonly notes: readonly PredictorNote[]
  /** The artifact that was loaded, e.g. `model.txt`. */
  readonly artifact: string
  /**
   * Predicts rows, in their order. Errors: PredictorError `missing_columns`, `bad_row`, `bad_value` with the row;
   * `bad_output` when the runtime answers what cannot be probabilities, or is not finite, `predict_failed` when it fails; `disposed`;
   * with `explain` also `not_explainable`, `invalid_explain`.
   */
  predict(rows: readonly FeatureRow[], options?: PredictOptions): Promise<Prediction[]>
  /** Why each row is answered so, by its `most` columns that matter most. Errors as for `predict` with `explain`. */
  explain(rows: readonly FeatureRow[], most: number): Promise<Explanation[]>
  /**
   * As `predict`, for many rows at a time and without an object per row. Arrays of `reuse` (an earlier answer, no longer
   * needed) are written again where they are long enough. `watch` is shown what passes and reports what is odd.
   */
  predictBatch(
    rows: readonly FeatureRow[],
    reuse?: PredictionBatch,
    watch?: PredictionWatch,
  ): Promise<PredictionBatch>
  /** The numbers that the model sees: rows × columns, row by row. Errors as for `predict`. */
  encode(rows: readonly FeatureRow[]): Float64Array
  /** Frees the model. Nothing can be predicted afterwards; a second call does nothing. */
  dispose(): Promise<void>
}
