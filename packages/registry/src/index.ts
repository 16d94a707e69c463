export { boundText, valueText } from './bound-text.js'
export { bundleWarningText } from './bundle-warning-text.js'
export type { BundleDiff, Difference } from './diff-bundles.js'
export { REGISTRY_USE_ERRORS } from './error-table.js'
export { REGISTRY_USE_ERROR_CODES, RegistryUseError, type RegistryUseErrorCode } from './errors.js'
export type { Finding } from './examine/examination.js'
export { type ExamineOptions, type RegistryExamination, worstFirst } from './examine/examine-registry.js'
export type { ListedModel, ModelListing } from './list-models.js'
export { openRegistry } from './open-registry.js'
export { readModel } from './read-model.js'
export type {
  ActivateOptions,
  Activation,
  Registry,
  RegistryHistory,
  RegistryOptions,
  RegistryPromotion,
  RegistryReloader,
  RegistryResolve,
} from './registry.js'
export type { RegistryRepair, RepairOptions } from './repair/repair-registry.js'
export {
  type Confirm,
  REPAIR_STEPS,
  type RepairQuestion,
  type RepairStep,
  type RepairStepName,
} from './repair/repair-step.js'
export type { ModelVerification, Verification, VerifyOptions } from './verify-models.js'
export {
  type DecisionRecord,
  type RecordedGate,
  type RecordedReason,
  type RecordedScore,
  type RecordedSide,
  readDecision,
  type SwitchRecord,
  scoreText,
} from './why/decision-record.js'
export type { Explanation } from './why/explain.js'
export type { Outranking, Standing, WhyReport, WhyScore, WhyVerdict } from './why/why-report.js'
