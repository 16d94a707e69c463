export type {
  BundlePublisher,
  PublishedPlace,
  PublishOptions,
  RegistryLook,
  RegistryStore,
  StagedBundle,
} from './bundle-publisher.js'
export {
  type Cadence,
  type CalendarPeriod,
  checkRetrainDue,
  type RetrainCheck,
  type RetrainCheckOptions,
} from './cadence.js'
export { type Champion, type ResolveChampionOptions, resolveChampion } from './champion.js'
export { PROMOTION_ERRORS } from './error-table.js'
export {
  PROMOTION_ERROR_CODES,
  PromotionError,
  type PromotionErrorCode,
  type PromotionErrorOptions,
} from './errors.js'
export type { LastRun } from './last-run.js'
export { clearStaging } from './local/clear-staging.js'
export { type CandidateParts, writeCandidate } from './local/write-candidate.js'
export { lookAtRegistry } from './look-at-registry.js'
export { drawModelId } from './model-id.js'
export type { PromoteOptions, PromotionPhase, PromotionSettings } from './options.js'
export { promote } from './promote.js'
export { type PublishBundleOptions, publishBundle } from './publish-bundle.js'
export { type RefreshIndexOptions, refreshIndex } from './refresh-index.js'
export {
  type ChampionResult,
  PROMOTION_OUTCOMES,
  type PromotionOutcome,
  type PromotionResult,
  type PromotionSelection,
  type PromotionWarning,
  type PublishedBundle,
  type Rejection,
} from './result.js'
export {
  type RetrainHow,
  type RetrainOptions,
  type RetrainResult,
  type RetrainTrainer,
  retrain,
} from './retrain.js'
export { type PromotionJson, promotionResultSchema } from './schemas.js'
export { toPromotionJson } from './to-promotion-json.js'
