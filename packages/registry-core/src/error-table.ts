import { codeTable } from '@taskclf/errors'

/** What can stop a call, as opposed to what is wrong with one bundle: every code of a `RegistryError`. */
export const REGISTRY_ERRORS = /* @__PURE__ */ codeTable({
  models_dir_missing: {
    what: 'There is no directory at that path.',
    hint: '`--models-dir`, TASKCLF_MODELS_DIR or `models_dir` in taskclf.config.json names it',
  },
  models_dir_not_a_directory: {
    what: 'The models dir is not a directory.',
    hint: 'give the directory that holds the bundles: `--models-dir`, TASKCLF_MODELS_DIR or `models_dir`',
  },
  models_dir_unreadable: {
    what: 'The system refuses to list the models dir.',
    hint: 'check its permissions; `cause` says more',
  },
  unusable_name: {
    what: 'No bundle can have this id: it is hidden, leads elsewhere, or names a file of the models dir.',
    hint: "give the directory's name: no slashes, no leading dot; rename a directory that has such a name",
  },
  bundle_unreadable: {
    what: 'Something in the bundle is not a file that can be read to its end, so it has no digest.',
    hint: 'remove links that lead out, and let the writer finish; then try again',
  },
  integrity_mismatch: {
    what: 'A file is not what the manifest says was published.',
    hint: 'restore the file, or publish the bundle again under another id',
  },
  load_failed: {
    what: 'The model file cannot be read or loaded; `cause` says why.',
    hint: 'replace the model: promote a bundle whose model loads',
  },
  load_timed_out: {
    what: 'The model was not loaded within the time that a check or a reload allows.',
    hint: 'look at the model and the machine, then allow more time or publish a smaller model',
  },
  self_test_failed: {
    what: 'The model does not answer what it did when it was published.',
    hint: 'do not let it serve: the runtime has another version, or a file is damaged',
  },
  not_checked: {
    what: 'No loader here can load the artifact of the bundle, so nothing could be tried before it serves.',
    hint: 'give a loader, or allow it on purpose with `--unchecked`; the history records that it was not tried',
  },
  io: {
    what: 'The system failed (disk, network, limits, permissions), so nothing was decided.',
    hint: 'look at the `cause`, then try again',
  },
  feature_schema_unreadable: {
    what: 'The feature-schema file cannot be read.',
    hint: 'check the path and its permissions',
  },
  feature_schema_invalid: {
    what: 'The file is not a feature schema, or states a hash that its columns do not have.',
    hint: 'correct the columns, or take the hash out to have it computed',
  },
  not_canonical: {
    what: 'The value cannot be written as canonical JSON; `path` is the key path.',
    hint: 'remove infinite numbers, NaN and lone surrogates',
  },
})

/** Everything that can be wrong with a bundle. Closed: a `switch` over it can be exhaustive. */
export const BUNDLE_PROBLEMS = /* @__PURE__ */ codeTable({
  missing_metadata: {
    what: 'metadata.json is not there.',
    hint: 'publish the bundle again; what is in its place may be half of one',
  },
  missing_metrics: {
    what: 'metrics.json is not there.',
    hint: 'publish the bundle again; what is in its place may be half of one',
  },
  missing_artifact: {
    what: 'There is no model file, or it is empty, or one that `artifacts` names is not there.',
    hint: 'put the model there, or correct `artifacts`',
  },
  malformed_json: {
    what: 'A document is not JSON. It has a comment, `NaN` or a byte order mark, or is empty or cut off.',
    hint: 'write it again, as JSON (RFC 8259)',
  },
  schema_violation: {
    what: 'A value of the wrong type or outside its range, or a required key that is absent.',
    hint: 'correct it at the key that is named',
  },
  bad_timestamp: {
    what: '`created_at` is not a timestamp.',
    hint: 'write it as RFC 3339, for instance `2026-03-02T03:10:09.512345+00:00`',
  },
  model_id_mismatch: {
    what: "`model_id` in metadata.json is not the directory's name.",
    hint: 'rename one of them',
  },
  not_utf8: {
    what: 'A document has bytes that are not UTF-8.',
    hint: 'write the file again as UTF-8',
  },
  too_large: {
    what: 'A document is larger than 16 MiB; it was not read.',
    hint: 'shorten it',
  },
  too_deep: {
    what: 'A document is nested more than 256 levels deep.',
    hint: 'write it flatter',
  },
  duplicate_key: {
    what: 'A key occurs twice in one JSON object; readers disagree about which one counts.',
    hint: 'keep one',
  },
  unreadable: {
    what: 'The system refuses to open or read a file.',
    hint: 'check permissions and the disk',
  },
  symlink_escape: {
    what: 'A link leaves the models dir, or leads nowhere.',
    hint: 'copy what it points to',
  },
  symlink_alias: {
    what: 'A link gives a second name to something in the models dir.',
    hint: 'remove it',
  },
  not_a_file: {
    what: 'A directory, FIFO, socket or device is where a file belongs, or a file where a bundle belongs.',
    hint: 'replace it',
  },
  integrity_mismatch: {
    what: 'A file is not what the manifest says was published.',
    hint: 'restore the file, or publish the bundle again under another id',
  },
  unusable_name: {
    what: 'The name is not UTF-8 (it is shown with `\\xNN`), or cannot be written to a pointer. Or the models dir keeps it for a file of its own.',
    hint: 'rename the directory, or give the candidate another `model_id`',
  },
  vanished: {
    what: 'The bundle was removed while it was read, or never there.',
    hint: 'list again',
  },
})

/** Everything that is odd about a bundle without making it invalid. */
export const BUNDLE_WARNINGS = /* @__PURE__ */ codeTable({
  metrics_contradict_matrix: {
    what: 'A stated figure is more than 0.0005 away from what the confusion matrix gives.',
    hint: 'correct the trainer: one of the two is wrong',
  },
  acceptance_contradicts_checks: {
    what: '`acceptance_pass` is true although one of `acceptance_checks` is false.',
    hint: 'correct the trainer: one of the two is wrong',
  },
  label_set_differs: {
    what: '`label_set` and `metrics.label_names` are different sets.',
    hint: 'correct the trainer: both should name the labels of the model',
  },
  label_order_differs: {
    what: "`label_set` and `metrics.label_names` have the same labels in another order: answers may get each other's labels.",
    hint: 'correct the one that is wrong: `label_set` names the outputs of the model in their order; a self-test with `labels` settles it',
  },
  unknown_key: {
    what: 'A key of metadata.json, its `preprocessing`, or metrics.json reads like a known one which is absent; nothing reads it.',
    hint: 'write it as the message says, or call a key of your own otherwise',
  },
  per_class_differs: {
    what: '`per_class` and `label_names` name different classes.',
    hint: 'correct the trainer',
  },
  train_range_differs: {
    what: '`train_range` and `train_date_from`/`train_date_to` disagree; `train_range` counts.',
    hint: 'correct the trainer',
  },
  task_differs: {
    what: '`task` is regression, although `label_set` or `metrics.label_names` names labels; `task` counts.',
    hint: 'correct the trainer: a regressor has no labels',
  },
  params_not_digestible: {
    what: '`params` contains what canonical JSON cannot; there is no `params_hash`.',
    hint: 'write numbers within bounds and valid text',
  },
  unlisted_file: {
    what: 'The manifest does not list a file, and nothing reads it.',
    hint: 'remove it: nothing should be written into a published bundle',
  },
})
