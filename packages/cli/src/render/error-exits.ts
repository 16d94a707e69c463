import { ACTIVE_POINTER_ERRORS } from '@taskclf/active-pointer'
import { DATASET_ERRORS } from '@taskclf/dataset'
import { DURABLE_FS_ERRORS } from '@taskclf/durable-fs'
import type { CodeTable } from '@taskclf/errors'
import { FLAGS_ERRORS } from '@taskclf/flags'
import { RELOAD_ERRORS, RESOLVE_ERRORS } from '@taskclf/infer-resolver'
import { PREDICTOR_ERRORS } from '@taskclf/predictor'
import { PROMOTION_ERRORS } from '@taskclf/promotion'
import { REGISTRY_USE_ERRORS } from '@taskclf/registry'
import { REGISTRY_ERRORS } from '@taskclf/registry-core'
import { RUNS_ERRORS } from '@taskclf/runs'
import { SETTINGS_ERRORS } from '@taskclf/settings'
import { CLI_ERRORS } from '../error-table.js'
import { EXIT, type ExitCode } from '../exit-codes.js'

/** Every code of a table with what the shell gets: one exit code for most, others for those that are named. */
function exits<Code extends string>(
  table: CodeTable<Code>,
  most: 'usage' | 'no' | 'environment',
  others: Partial<Record<keyof typeof EXIT, readonly Code[]>>,
): Record<string, ExitCode> {
  const named = Object.entries(others) as [keyof typeof EXIT, readonly Code[]][]
  return {
    ...Object.fromEntries(Object.keys(table).map((code) => [code, EXIT[most]])),
    ...Object.fromEntries(named.flatMap(([exit, codes]) => codes.map((code) => [code, EXIT[exit]]))),
  }
}

const IN_USE = ['lock_timeout', 'lock_foreign_owner'] as const

/** Every code of the command line and of the libraries, with what the shell gets. */
export const ERROR_EXITS: Readonly<Record<string, ExitCode>> = {
  ...exits(CLI_ERRORS, 'usage', {
    no: ['file_exists'],
    environment: ['file_unreadable', 'system'],
    conflict: ['conflict'],
    bug: ['internal'],
    hung_up: ['hung_up'],
    interrupted: ['interrupted'],
    quit: ['quit'],
    terminated: ['terminated'],
  }),
  ...exits(FLAGS_ERRORS, 'usage', {}),
  ...exits(SETTINGS_ERRORS, 'usage', { environment: ['file_unreadable'] }),
  ...exits(REGISTRY_USE_ERRORS, 'no', {
    usage: [
      'ambiguous_model',
      'invalid_gate',
      'unknown_family',
      'import_incomplete',
      'import_contradicts',
      'no_model_file',
      'invalid_metric',
    ],
    environment: ['file_unreadable'],
  }),
  ...exits(REGISTRY_ERRORS, 'no', {
    usage: ['unusable_name', 'feature_schema_unreadable', 'feature_schema_invalid'],
    environment: ['models_dir_missing', 'models_dir_not_a_directory', 'models_dir_unreadable', 'io'],
  }),
  ...exits(DURABLE_FS_ERRORS, 'environment', { conflict: IN_USE }),
  ...exits(ACTIVE_POINTER_ERRORS, 'no', {
    environment: ['pointer_is_a_link', 'durability_unknown', 'io'],
    conflict: ['conflict', 'overtaken', ...IN_USE],
  }),
  ...exits(RESOLVE_ERRORS, 'no', { usage: ['nothing_to_resolve'], environment: ['io'] }),
  ...exits(RELOAD_ERRORS, 'no', {
    environment: ['models_dir_unusable', 'io', 'close_timed_out'],
    conflict: ['changed_while_loading'],
    bug: ['dispose_failed', 'closed'],
  }),
  ...exits(PREDICTOR_ERRORS, 'no', {
    usage: ['invalid_threshold', 'invalid_explain'],
    environment: ['io'],
    bug: ['disposed'],
  }),
  ...exits(DATASET_ERRORS, 'no', {
    usage: ['unknown_format', 'invalid_delimiter'],
    environment: ['unreadable', 'not_a_file', 'write_failed', 'durability_unknown'],
    bug: ['writer_closed'],
  }),
  ...exits(PROMOTION_ERRORS, 'no', {
    usage: ['invalid_policy', 'invalid_cadence'],
    environment: ['publish_failed', 'durability_unknown', 'switch_failed', 'io'],
    conflict: ['candidate_changed', 'conflict', ...IN_USE],
  }),
  ...exits(RUNS_ERRORS, 'no', {
    usage: ['invalid_spec', 'invalid_profile', 'unknown_profile', 'invalid_run_id', 'ambiguous_run'],
    environment: ['store_failed'],
    conflict: ['run_exists'],
  }),
}
