export { type ActiveReason, activeReason } from './active-reason.js'
export {
  EXCLUSION_ANSWERS,
  GATE_ANSWERS,
  INCOMPATIBLE_ANSWERS,
  REGRESSION_ANSWERS,
  SWITCH_ANSWERS,
} from './answer-tables.js'
export { absentAdvice, type Blame, blameOf, blameText } from './blame.js'
export { checkCandidateGates, type GateCheck } from './check-candidate-gates.js'
export {
  checkRegression,
  type RegressionCheck,
  type RegressionCode,
  type RegressionWarning,
} from './check-regression.js'
export { type BundleMetric, countMetrics, metricNames } from './count-metrics.js'
export {
  addDecimal,
  compareDecimal,
  type Decimal,
  type DecimalInput,
  formatDecimal,
  subtractDecimal,
  toDecimal,
} from './decimal.js'
export { defaultTolerance } from './fractions.js'
export { type GateResult, type GateResults, passesConstraints } from './gates.js'
export { metricValue } from './metric-value.js'
export { nearestMetric } from './nearest-metric.js'
export { type OtherKind, otherKind } from './other-kind.js'
export { type ParsedPolicy, type ParsePolicyOptions, parsePolicy } from './parse-policy.js'
export {
  type BoundGate,
  type EqualsGate,
  type FieldKey,
  firstRankMetric,
  type Gate,
  type MetricKey,
  type Policy,
  type RankKey,
  type RankOrder,
} from './policy.js'
export type { PolicyViolation } from './policy-rules.js'
export { policyFileSchema, policySchema } from './policy-schema.js'
export { DEFAULT_POLICY, POLICY_PRESETS, type PresetName, UNGATED_POLICY } from './presets.js'
export {
  compareBundles,
  type RankedBundle,
  rank,
  type Score,
  type ScoreKey,
  score,
} from './rank.js'
export {
  type Bound,
  EXCLUSION_STAGES,
  type ExclusionStage,
  type GateCode,
  type IncompatibleCode,
  plainName,
  type Reason,
  type ReasonCode,
} from './reason.js'
export { type RankedJson, type SelectionReportJson, selectionReportSchema } from './report-schema.js'
export { type Compatibility, isCompatible, type RequiredSchema, type Requirement } from './requirement.js'
export { type Exclusion, type SelectionReport, type SelectOptions, selectBest } from './select-best.js'
export {
  type Broken,
  type Contender,
  type SwitchCode,
  type SwitchDecision,
  shouldSwitchActive,
} from './should-switch-active.js'
export { type ContenderJson, type DecisionJson, toDecision } from './to-decision.js'
export { toReportJson, toScoreJson } from './to-report-json.js'
