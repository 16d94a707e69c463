export type { ActiveModel } from './active-at.js'
export { type AddedSelfTest, type AddSelfTestOptions, addSelfTest } from './add-self-test.js'
export { boundText, valueText } from './bound-text.js'
export { bundleWarningText } from './bundle-warning-text.js'
export type { RetrainCheckHow } from './check-retrain.js'
export type { ArtifactDiff, BundleDiff, Difference } from './diff-bundles.js'
export { REGISTRY_USE_ERRORS } from './error-table.js'
export { REGISTRY_USE_ERROR_CODES, RegistryUseError, type RegistryUseErrorCode } from './errors.js'
export type { Finding } from './examine/examination.js'
export type { ExamineOptions, RegistryExamination } from './examine/examine-registry.js'
export { worstFirst } from './examine/worst-first.js'
export type { CandidateDraft, GivenForImport } from './import/draft-candidate.js'
export { type ImportedModel, type ImportOptions, importModel } from './import/import-model.js'
export type { ImportedFacts, ImportReader } from './import/model-reader.js'
export { readLabelsGiven, readMetricsGiven } from './import/read-given.js'
export type { Inspection } from './inspect-model.js'
export type { ListedModel, ModelListing } from './list/list-models.js'
export type { Overview, OverviewModel, OverviewOptions } from './list/overview.js'
export { policyMetrics } from './list/policy-metrics.js'
export { schemaHashOf } from './list/slim-bundle.js'
export type { ModelOrder } from './list/sort-bundles.js'
export { openRegistry } from './open-registry.js'
export { checkPolicy, type PolicyFindings } from './policy/check-policy.js'
export {
  type DraftPolicyOptions,
  draftPolicy,
  type PolicyDraft,
} from './policy/draft-policy.js'
export { listMetrics } from './policy/list-metrics.js'
export type { MetricCoverage } from './policy/metric-coverage.js'
export { parsePolicyBeside } from './policy/parse-policy-beside.js'
export type { PolicyNote } from './policy/policy-note.js'
export type { Promoted, PromotionNumber } from './promoted.js'
export { readModel } from './read-model.js'
export type {
  ActivateOptions,
  Activation,
  RefreshedIndex,
  Registry,
  RegistryHistory,
  RegistryOptions,
  RegistryPromotion,
  RegistryReloader,
  RegistryResolve,
  RegistryRetrain,
  Retrained,
} from './registry.js'
export type { RegistryRepair, RepairOptions } from './repair/repair-registry.js'
export {
  type Confirm,
  REPAIR_STEPS,
  type RepairQuestion,
  type RepairStep,
  type RepairStepName,
} from './repair/repair-step.js'
export type {
  RegistryReport,
  ReportClass,
  ReportMetric,
  ReportModel,
  ReportServing,
  ReportSwitch,
  ReportValue,
} from './report/registry-report.js'
export {
  type FamilyOptions,
  type FamilyStatus,
  openRegistries,
  type Registries,
  type RegistriesOptions,
} from './status/open-registries.js'
export type { RegistryStatus, StatusActive } from './status/registry-status.js'
export { switchWarnings } from './switch-warnings.js'
export type { ModelVerification, Verification, VerifyOptions } from './verify-models.js'
export {
  type DecisionRecord,
  type RecordedGate,
  type RecordedReason,
  type RecordedScore,
  type RecordedSide,
  type RecordedValue,
  readDecision,
  type SwitchRecord,
  scoreText,
} from './why/decision-record.js'
export type { Explanation } from './why/explain.js'
export type { Outranking, Standing, WhyReport, WhyScore, WhyVerdict } from './why/why-report.js'
