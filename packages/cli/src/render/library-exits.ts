import type { ActivePointerErrorCode } from '@taskclf/active-pointer'
import type { DatasetErrorCode } from '@taskclf/dataset'
import type { DurableFsErrorCode } from '@taskclf/durable-fs'
import type { ReloadErrorCode, ResolveErrorCode } from '@taskclf/infer-resolver'
import type { PredictorErrorCode } from '@taskclf/predictor'
import type { PromotionErrorCode } from '@taskclf/promotion'
import type { RegistryErrorCode } from '@taskclf/registry-core'
import type { RunsErrorCode } from '@taskclf/runs'
import { EXIT, type ExitCode } from '../exit-codes.js'

/** A code of any library. */
export type LibraryCode =
  | ActivePointerErrorCode
  | DatasetErrorCode
  | DurableFsErrorCode
  | PredictorErrorCode
  | PromotionErrorCode
  | ReloadErrorCode
  | ResolveErrorCode
  | RegistryErrorCode
  | RunsErrorCode

/** Every code of every library, with what the shell is told. Complete by its type: a new code does not compile here. */
export const LIBRARY_EXITS: Record<LibraryCode, ExitCode> = {
  models_dir_missing: EXIT.environment,
  models_dir_not_a_directory: EXIT.environment,
  models_dir_unreadable: EXIT.environment,
  invalid_model_id: EXIT.usage,
  bundle_unreadable: EXIT.no,
  feature_schema_unreadable: EXIT.usage,
  feature_schema_invalid: EXIT.usage,
  not_canonical: EXIT.no,
  read_failed: EXIT.environment,
  write_failed: EXIT.environment,
  target_is_a_link: EXIT.environment,
  append_failed: EXIT.environment,
  durability_unknown: EXIT.environment,
  lock_failed: EXIT.environment,
  lock_timeout: EXIT.conflict,
  lock_foreign_owner: EXIT.conflict,
  conflict: EXIT.conflict,
  overtaken: EXIT.conflict,
  pointer_is_a_link: EXIT.environment,
  no_active_pointer: EXIT.no,
  nothing_to_roll_back_to: EXIT.no,
  unknown_revision: EXIT.no,
  target_not_usable: EXIT.no,
  bundle_not_promoted: EXIT.no,
  invalid_pointer: EXIT.no,
  io: EXIT.environment,
  no_eligible_model: EXIT.no,
  active_bundle_missing: EXIT.no,
  fallback_ambiguous: EXIT.no,
  repair_refused: EXIT.no,
  override_invalid: EXIT.no,
  nothing_to_resolve: EXIT.usage,
  pointer_absent: EXIT.no,
  pointer_corrupt: EXIT.no,
  models_dir_unusable: EXIT.environment,
  bundle_invalid: EXIT.no,
  bundle_incompatible: EXIT.no,
  integrity_mismatch: EXIT.no,
  changed_while_loading: EXIT.conflict,
  load_failed: EXIT.no,
  load_timed_out: EXIT.no,
  not_checked: EXIT.no,
  self_test_failed: EXIT.no,
  dispose_failed: EXIT.bug,
  close_timed_out: EXIT.environment,
  closed: EXIT.bug,
  no_loader: EXIT.no,
  not_a_classifier: EXIT.no,
  encoders_invalid: EXIT.no,
  labels_missing: EXIT.no,
  outputs_contradict_labels: EXIT.no,
  invalid_threshold: EXIT.usage,
  missing_columns: EXIT.no,
  bad_row: EXIT.no,
  bad_value: EXIT.no,
  bad_output: EXIT.no,
  predict_failed: EXIT.no,
  self_test_invalid: EXIT.no,
  self_test_not_made: EXIT.no,
  disposed: EXIT.bug,
  unknown_format: EXIT.usage,
  invalid_delimiter: EXIT.usage,
  unreadable: EXIT.environment,
  not_utf8: EXIT.no,
  nul_byte: EXIT.no,
  missing_header: EXIT.no,
  duplicate_column: EXIT.no,
  invalid_column_name: EXIT.no,
  ragged_row: EXIT.no,
  unclosed_quote: EXIT.no,
  misplaced_quote: EXIT.no,
  row_too_long: EXIT.no,
  malformed_json: EXIT.no,
  not_an_object: EXIT.no,
  nested_value: EXIT.no,
  not_a_file: EXIT.environment,
  writer_closed: EXIT.bug,
  candidate_invalid: EXIT.no,
  candidate_changed: EXIT.conflict,
  already_promoted: EXIT.no,
  id_taken: EXIT.no,
  invalid_policy: EXIT.usage,
  invalid_cadence: EXIT.usage,
  // Damage found, like a corrupt pointer.
  champion_unusable: EXIT.no,
  champion_metric_absent: EXIT.no,
  publish_failed: EXIT.environment,
  switch_failed: EXIT.environment,
  invalid_spec: EXIT.usage,
  invalid_profile: EXIT.usage,
  unknown_profile: EXIT.usage,
  invalid_run_id: EXIT.usage,
  run_exists: EXIT.conflict,
  run_not_found: EXIT.no,
  run_damaged: EXIT.no,
  not_running: EXIT.no,
  store_failed: EXIT.environment,
}
