import type { ValidBundle } from '@taskclf/registry-core'
import { PredictorError } from './errors.js'
import type { Predictor } from './predictor.js'
import { asFeatureName } from './row-encoder.js'

/** A feature schema: its hash, and the names of its columns. */
export interface FeatureColumns {
  hash: string
  columns: readonly string[]
}

/** What LightGBM calls columns that nobody named: such a model takes cells in their order. */
const UNNAMED = /^Column_\d+$/

/** Throws PredictorError `missing_columns` where rows of the schema that the bundle states lack what its model needs. */
export function requireColumns(
  { modelId, columns, byPlace }: Predictor,
  { metadata }: ValidBundle,
  features: FeatureColumns,
): void {
  if (metadata.schema_hash !== features.hash || columns.every((name) => UNNAMED.test(name))) return
  const known = new Set(features.columns.map(asFeatureName))
  const isNamed = (name: string) => known.has(asFeatureName(name)) || byPlace.includes(name)
  const missing = columns.filter((name) => !isNamed(name))
  if (missing.length === 0) return
  const message = `${modelId} states feature schema ${JSON.stringify(features.hash)}, and its model needs ${missing.join(', ')}, which that schema does not have; state the schema that it was trained on`
  throw new PredictorError('missing_columns', message, { columns: missing })
}
