export { atLine, type TableRow } from './at-line.js'
export type { CategoryList } from './category-list.js'
export {
  type CheckBundleOptions,
  checkBundle,
  type PredictorChecksOptions,
  predictorChecks,
} from './check-bundle.js'
export { PREDICTOR_ERRORS } from './error-table.js'
export {
  PREDICTOR_ERROR_CODES,
  PredictorError,
  type PredictorErrorCode,
  type PredictorErrorPlace,
} from './errors.js'
export type { Contribution, Explanation } from './explanation.js'
export type { FeatureColumns } from './feature-columns.js'
export { loadableArtifact } from './find-loader.js'
export { loadLightgbm } from './load-lightgbm.js'
export { type LoadPredictorOptions, loadPredictor } from './load-predictor.js'
export { type MadeSelfTest, type MakeSelfTestOptions, makeSelfTest } from './make-self-test.js'
export {
  type LooseModel,
  type ModelFacts,
  type ModelReader,
  type ModelReaderOptions,
  modelReader,
} from './model-reader.js'
export { type LabelCount, PredictionTally, type TallyAccuracy } from './prediction-tally.js'
export {
  type PredictionWarning,
  PredictionWatch,
  type UnknownCategories,
  type WatchedBatch,
} from './prediction-watch.js'
export {
  type ClassPrediction,
  type Prediction,
  type PredictionBatch,
  type PredictOptions,
  type Predictor,
  type PredictorNote,
  REJECT_LABEL,
  type RowRemarks,
  type ScoresPrediction,
  type ValuePrediction,
} from './predictor.js'
export { type PredictorUnit, predictorUnit } from './predictor-unit.js'
export { type ColumnImportance, readImportances } from './read-importances.js'
export { type RegressionFigures, RegressionTally } from './regression-tally.js'
export type { RowKind } from './row-choice.js'
export type { FeatureRow } from './row-encoder.js'
export { type RunSelfTestOptions, runSelfTest } from './run-self-test.js'
export type {
  Artifact,
  ModelCategories,
  ModelTask,
  Runtime,
  RuntimeLoader,
  RuntimeLoaders,
} from './runtime.js'
export { type PredictedRow, TablePredictions, type TablePredictionsOptions } from './table-predictions.js'
