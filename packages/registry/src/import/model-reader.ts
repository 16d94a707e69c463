import type { BundleMetadata } from '@taskclf/registry-core'

/** What a model file says of itself, as far as an import asks. */
export interface ImportedFacts {
  /** What its outputs are; absent where the file does not say. */
  task?: 'classification' | 'regression' | 'scores'
  /** What they probably are, where the file does not say. */
  likelyTask?: 'classification' | 'regression' | 'scores'
  features: readonly string[]
  /** Places of features that have no name in the file. */
  unnamed: readonly number[]
  /** Outputs per row. */
  outputs: number
}

/** What looks into model files: `modelReader` of `@taskclf/predictor` makes one. */
export interface ImportReader {
  /** Names and endings for which there is a loader. */
  known: readonly string[]
  loads(name: string): boolean
  look(model: {
    name: string
    path: string
    bytes: Uint8Array
    metadata: BundleMetadata
    read(name: string): Promise<Uint8Array>
  }): Promise<ImportedFacts>
}
