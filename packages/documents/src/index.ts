export { DOCUMENT_SCHEMAS } from './document-schemas.js'
export { type InferResolve, inferResolveDocument } from './infer.js'
export { type InferBatch, inferBatchDocument } from './infer-batch.js'
export { type InferAnswer, type InferOnline, inferAnswerSchema } from './infer-online.js'
export {
  type ModelActive,
  type ModelDiff,
  type ModelHistory,
  type ModelInspect,
  type ModelSelect,
  type ModelSwitch,
  type ModelVerify,
  type ModelWithdraw,
  modelActiveDocument,
  modelDiffDocument,
  modelHistoryDocument,
  modelInspectDocument,
  modelSelectDocument,
  modelSwitchDocument,
  modelVerifyDocument,
  modelWithdrawDocument,
} from './model.js'
export type { ModelImport } from './model-import.js'
export { type ModelSelfTest, modelSelfTestDocument } from './model-self-test.js'
export { type ModelWhy, modelWhyDocument } from './model-why.js'
export {
  type Completion,
  completionDocument,
  type Doctor,
  doctorDocument,
  errorDocument,
  type Finding,
  versionDocument,
} from './others.js'
export type { DegradedJson } from './parts.js'
export {
  type PolicyCheck,
  type PolicyInit,
  type PolicyShow,
  policyCheckDocument,
  policyInitDocument,
  policyShowDocument,
} from './policy.js'
export {
  type Promotion,
  type TrainCheckRetrain,
  type TrainPromote,
  type TrainRetrain,
  trainCheckRetrainDocument,
  trainPromoteDocument,
  trainRetrainDocument,
} from './promotion.js'
export { readInstant } from './read-instant.js'
export { type IndexRefresh, indexRefreshDocument } from './registry-index.js'
export { type Report, reportDocument } from './report.js'
export {
  type RunSummary,
  type RunsCancel,
  type RunsList,
  type RunsShow,
  type RunsTail,
  runsCancelDocument,
  runsListDocument,
  runsShowDocument,
  runsTailDocument,
} from './runs.js'
export { type Status, statusDocument } from './status.js'
export { toAccuracyJson, toRegressionJson } from './to-accuracy-json.js'
export { toActiveJson } from './to-active-json.js'
export { toAnswerJson, toRefusalJson } from './to-answer-json.js'
export { toCheckJson } from './to-check-json.js'
export { toDegradedJson } from './to-degraded-json.js'
export { toDiffJson } from './to-diff-json.js'
export { toHistoryJson } from './to-history-json.js'
export { toImportJson } from './to-import-json.js'
export { toInspectJson } from './to-inspect-json.js'
export { toListJson } from './to-list-json.js'
export { toPromotedJson } from './to-promoted-json.js'
export { toRegistryReportJson } from './to-registry-report-json.js'
export { toRunJson } from './to-run-json.js'
export { toSelectJson } from './to-select-json.js'
export { toFailedStatusJson, toStatusJson } from './to-status-json.js'
export { toSwitchJson } from './to-switch-json.js'
export { toVerifyJson } from './to-verify-json.js'
export { toWhyJson } from './to-why-json.js'
export { toWithdrawJson } from './to-withdraw-json.js'
export { type ModelList, modelListDocument, type TrainList, trainListDocument } from './train.js'
