import type { LocalValidBundle } from '@taskclf/registry-core'
import type { CategoryList } from './category-list.js'

/** What a model file says of the categories that it was trained with. */
export interface ModelCategories {
  /** Of each feature, in their order: whether it is categorical, and the smallest and largest value or code, null if unknown. */
  readonly features: readonly {
    readonly isCategorical: boolean
    readonly range: readonly [min: number, max: number] | null
  }[]
  /** Of each column of pandas' type category, in their order: its categories by code; null when the file does not say. */
  readonly lists: readonly CategoryList[] | null
}

/** What a model answers: a probability for each class, one value, or numbers that are neither. */
export type ModelTask = 'classification' | 'regression' | 'scores'

/** A loaded model, whatever runs it. */
export interface Runtime {
  /** What its outputs are, as the model file says; absent: probabilities. What the bundle states goes before it. */
  readonly task?: ModelTask
  /** What its outputs probably are, where the model file does not say it: counts only where the bundle says nothing. */
  readonly likelyTask?: ModelTask
  /** What its outputs are called, of a model of scores; absent where the file does not say. */
  readonly outputNames?: readonly string[]
  /** The model's input columns, in the order of its inputs; rows are matched with them by name. */
  readonly featureNames: readonly string[]
  /** Places of inputs without a name that a row could have, such as one that is not UTF-8: rows have them by place. */
  readonly unnamed?: readonly number[]
  /** Columns at which a missing value may be answered otherwise than 0 is; absent when the runtime cannot say. */
  readonly missingMatters?: readonly string[]
  /** What the model says of its categories, for the bundle's vocabularies to be held to; absent when it says nothing. */
  readonly categories?: ModelCategories
  /** Outputs per row. Of a classifier a probability for each label, or one alone (that of the second of two labels); of a regressor 1. */
  readonly numOutputs: number
  /**
   * The outputs of `count` rows: row-major, `count` × `numOutputs`. `rows` is row-major too, `count` × the number of
   * features, NaN for missing, and is only lent for the call. Written into `out` when given one, or answered in another array.
   */
  predictRows(
    rows: Float64Array,
    count: number,
    out?: Float64Array,
  ): ArrayLike<number> | Promise<ArrayLike<number>>
  /**
   * What each feature adds to the raw scores of `count` rows: for each row and output the features in order, then the score when none is
   * known; `count` × `numOutputs` × (features + 1) numbers. Absent when the runtime cannot say; it throws when this model cannot.
   */
  explainRows?(rows: Float64Array, count: number): Float64Array | Promise<Float64Array>
  /** Frees what the model holds; called once. */
  dispose?(): void | Promise<void>
}

/** The model file to load. */
export interface Artifact {
  /** Its name in the bundle, e.g. `model.onnx`. */
  readonly name: string
  /** Its bytes, which were compared with the bundle's manifest: what is loaded is what was published. */
  readonly bytes: Uint8Array
  /** Absolute path, for messages and for what a runtime finds beside it; the file may change after `bytes` were read. */
  readonly path: string
  /**
   * The bytes of another file that the bundle names in `artifacts`, compared with its manifest. Throws PredictorError
   * `artifact_escapes` for any other name, `load_failed` or `integrity_mismatch` when it is not what was published.
   */
  readonly read: (name: string) => Promise<Uint8Array>
  /** Aborted when nobody waits for the runtime any more. */
  readonly signal?: AbortSignal
  readonly bundle: LocalValidBundle
}

/** Makes a runtime of a model file; throws when it cannot. */
export type RuntimeLoader = (artifact: Artifact) => Runtime | Promise<Runtime>

/** Loaders by the artifact's name (`model.onnx`), or by its ending (`*.onnx` or `.onnx`). The name goes before the ending. */
export type RuntimeLoaders = Readonly<Record<string, RuntimeLoader>>
