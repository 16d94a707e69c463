/** Every code that taskclf can give: what it means, and what to do. The generator refuses a code without an entry, and an entry without a code. */
export const ERROR_TEXTS = {
  above_max: [
    "A gate's metric is above its `max`.",
    'Train a better model, or change the bound on purpose in the policy; the numbers are beside the code.',
  ],
  acceptance_contradicts_checks: [
    '`acceptance_pass` is true although one of `acceptance_checks` is false.',
    'Correct the trainer: one of the two is wrong.',
  ],
  active_bundle_missing: [
    'The bundle that active.json names is not in the models dir.',
    'Bring it back, or make another model active; `--on-broken` says what a start does meanwhile.',
  ],
  already_promoted: [
    'The candidate already lies in the models dir.',
    'Switch to it: `taskclf model set-active --model-id ID`.',
  ],
  append_failed: [
    'Lines could not be appended; they may be there in part, or whole and unsynced.',
    'Look at the `cause` (disk full, permissions), then append again. A torn line is ended before the next.',
  ],
  bad_count: [
    'A line of model.txt has more or fewer values than its counts say.',
    'The file is damaged: take the original again.',
  ],
  bad_header: [
    'model.txt does not begin as LightGBM writes it, or its `objective` is misspelt.',
    'Save the model by `Booster.save_model`, as text.',
  ],
  bad_number: [
    'A value is not a number, or one that cannot stand there, such as NaN in a leaf.',
    'The file is damaged or was edited: take the original again.',
  ],
  bad_output: [
    'The array for the results is too short, or a runtime answered what cannot be probabilities.',
    'Give an array of `outputsPerRow` numbers a row; a loader of your own must answer finite probabilities.',
  ],
  bad_row: [
    'A row is no object, or a list of another length than the model has features.',
    'Give an object by column name, or one value for each of `columns`, in order.',
  ],
  bad_timestamp: [
    '`created_at` is no timestamp.',
    'Write it as RFC 3339, for instance `2026-03-02T03:10:09.512345+00:00`.',
  ],
  bad_tree_order: [
    '`Tree=i` stands out of order in model.txt.',
    'The file is damaged: take the original again.',
  ],
  bad_tree_structure: [
    'A tree has a cycle, or a node or leaf with two parents.',
    'The file is damaged: take the original again.',
  ],
  bad_value: [
    'A cell is not what its column holds, such as a text where a number belongs.',
    'Correct the row; an empty cell is a missing value, and allowed.',
  ],
  below_min: [
    "A gate's metric is below its `min`.",
    'Train a better model, or change the bound on purpose in the policy; the numbers are beside the code.',
  ],
  better: ['The best ranks before the active model and gains enough.', 'Nothing: it is switched to.'],
  bundle_incompatible: [
    'The active model has another feature schema or label set than this service requires.',
    'Switch to a compatible model. The old one serves until then.',
  ],
  bundle_invalid: [
    'The active bundle is missing, or not valid.',
    '`taskclf model verify ID` lists what is wrong. The old model serves until the pointer or the bundle changes.',
  ],
  bundle_not_promoted: [
    'The bundle is not directly inside the models dir.',
    'Publish it first: `taskclf train promote DIR`.',
  ],
  bundle_unreadable: [
    'Something in the bundle is not a file that can be read to its end, so that it has no digest.',
    'Remove links that lead out, and let the writer finish; then try again.',
  ],
  cancelled: [
    'The run was cancelled: Ctrl-C, `taskclf runs cancel`, or an aborted signal.',
    'Nothing; start another when you want one.',
  ],
  candidate_changed: [
    'A file of the candidate changed between judging and copying.',
    'Let the trainer finish, then promote again.',
  ],
  candidate_invalid: [
    'The candidate breaks the bundle contract.',
    'Correct everything that `problems` lists; it is complete. See [the layout](../model_bundle_layout.md).',
  ],
  champion_metric_absent: [
    'The champion has no finite number at the metric by which candidates are compared.',
    '`--ignore-champion`, once: the next champion has the metric. Or rank by one that the champion has.',
  ],
  champion_unusable: [
    'The active model, which the candidate would be compared with, is missing or invalid, was changed since it was activated, or does not load.',
    'Repair it, switch to another, or pass `--ignore-champion` to compare with none.',
  ],
  changed_while_loading: [
    'The bundle changed while it was being loaded.',
    'Nothing: it is tried again. Never write into a promoted bundle; promote a new one.',
  ],
  close_timed_out: [
    'Requests or holds still ran when the time for closing was over; their models are let go when they end.',
    'Release holds before closing, or allow more time.',
  ],
  closed: ['The reloader was used after `close()`.', 'Finish requests before closing.'],
  command_not_executable: [
    'The trainer cannot be executed.',
    '`chmod +x` it, or name its interpreter as the command.',
  ],
  command_not_found: [
    'There is no such trainer.',
    'Give a path, or a program that is in PATH. No shell is involved.',
  ],
  config_invalid: [
    'taskclf.config.json is not valid.',
    'Correct the keys that are named; unknown ones are refused, with the nearest known one.',
  ],
  config_missing: [
    'There is no configuration where `--config` or TASKCLF_CONFIG points.',
    'Correct the path, or leave it out to have the file found upward.',
  ],
  conflict: [
    'The pointer is no longer the one that was expected: somebody else switched first.',
    'Look with `taskclf model history`, then decide again.',
  ],
  crlf: [
    'A line of model.txt ends in a carriage return; LightGBM itself cannot read such a file.',
    'Take the original again; keep version control from converting line ends (`*.txt -text`).',
  ],
  cwd_missing: ["The trainer's working directory does not exist.", 'Correct `cwd` in the spec or profile.'],
  dispose_failed: [
    'The old model could not be disposed of; the new one serves.',
    'Correct the `dispose` that was passed in; memory may leak until then.',
  ],
  disposed: ['The predictor was used after `dispose()`.', 'Load another, or dispose of it later.'],
  duplicate_column: ['A column is named twice in the header.', 'Rename one.'],
  duplicate_field: ['A field stands twice in model.txt.', 'The file is damaged: take the original again.'],
  duplicate_key: [
    'A key stands twice in one JSON object; readers disagree about which one counts.',
    'Keep one.',
  ],
  durability_unknown: [
    'Everything was written and is in place, but the last sync failed: a power loss may undo it.',
    'Look at the file system before relying on it; writing again when it is well makes certain.',
  ],
  empty_forest: [
    'model.txt is whole and has not a single tree.',
    'Its training ended before the first tree: look at the data and the parameters, and train again.',
  ],
  encoders_invalid: [
    'categorical_encoders.json cannot be used, or gives other codes than the model was trained with.',
    'Correct it: column → the texts that the model was trained with, in the order of their codes. For columns of pandas categories, leave it out.',
  ],
  exited: ['The trainer ended with an exit code other than 0.', 'Read what it said: `taskclf runs show ID`.'],
  fallback_ambiguous: [
    'The active model is missing, and nothing says which feature schema its stand-in must have.',
    'Require a schema (`--feature-schema`, `--schema-hash`), or make a model active.',
  ],
  feature_schema_invalid: [
    'The file is no feature schema, or states a hash that its columns do not have.',
    'Correct the columns, or take the hash out to have it computed.',
  ],
  feature_schema_missing: [
    'There is no feature schema where the flag or setting points.',
    'Correct `--feature-schema`, TASKCLF_FEATURE_SCHEMA or `feature_schema`.',
  ],
  feature_schema_unreadable: [
    'The feature-schema file cannot be read.',
    'Check the path and its permissions.',
  ],
  file_exists: ['The file that was to be written is there already.', 'Give another name, or remove it.'],
  file_unreadable: ['A file that was named cannot be read.', 'Check the path and its permissions.'],
  gain_too_small: [
    'The best ranks before the active model, but gains less than `min_improvement`.',
    'Nothing; or lower `min_improvement`.',
  ],
  gate_failed: [
    'The model does not pass a gate of the policy.',
    '`taskclf model inspect ID` shows every number; `--force` goes past gates, never past validity.',
  ],
  hung_up: ['The terminal was closed (SIGHUP).', 'Nothing is half done: run it again.'],
  id_taken: [
    'Something of that name is in the models dir already.',
    'Give the candidate another `model_id`; published bundles are never replaced.',
  ],
  incompatible: [
    'The model has another feature schema or label set than is required.',
    'Choose another, or correct what is required (`--schema-hash`, `--feature-schema`, `--label-set`).',
  ],
  incumbent_ineligible: [
    'The active model may not serve any more, so the best takes its place.',
    'Its reasons are given.',
  ],
  index_out_of_range: [
    'model.txt refers to a child, feature or category set that is not there.',
    'The file is damaged: take the original again.',
  ],
  integrity_mismatch: [
    'A file is not what the manifest says was published.',
    'Restore the file, or publish the bundle again under another id.',
  ],
  internal: ['A defect of taskclf.', 'Run it again with `--debug`, and report what it shows.'],
  interrupted: ['Ctrl-C (SIGINT).', 'Nothing is half done: run it again.'],
  invalid_bundle: [
    'The bundle is not valid; of a run: the trainer ended well, but what it wrote is no valid bundle.',
    'Correct everything that is listed. See [the layout](../model_bundle_layout.md).',
  ],
  invalid_cadence: [
    'A cadence that makes no sense.',
    '`details` says where; give a duration, or `daily`, `weekly`, `monthly`.',
  ],
  invalid_column_name: [
    'A lone carriage return in the header of a CSV.',
    'Write the file with `\\n` or `\\r\\n`.',
  ],
  invalid_delimiter: [
    'The delimiter is not one character, or one that cannot separate cells.',
    'Give one character, not a quote or a line end.',
  ],
  invalid_model_id: [
    'The id would lead out of the models dir, or to something hidden.',
    "Give the directory's name: no slashes, no leading dot.",
  ],
  invalid_pointer: [
    'What was to be written is no pointer that any reader would take; nothing was switched.',
    'Correct what the message names: an id, a reason, an actor.',
  ],
  invalid_policy: [
    'The policy makes no sense.',
    '`details` has every violation; `taskclf policy check FILE` says the same.',
  ],
  invalid_profile: [
    'The profile in taskclf.config.json is not valid.',
    'Correct everything that `violations` lists. See [trainers](../guides/trainers.md#a-profile).',
  ],
  invalid_run_id: ['A run id is a name of one path segment.', 'Take it from `taskclf runs list`.'],
  invalid_spec: [
    'The spec or command line of the trainer cannot be run.',
    'Correct everything that `violations` lists.',
  ],
  invalid_threshold: ['The reject threshold is no number from 0 to 1.', 'Give one that is.'],
  invalid_value: ['A flag or setting has a value it cannot take.', 'The message says which are taken.'],
  io: [
    'The system failed (disk, network, limits, permissions), so nothing was decided; the old pointer stands.',
    'Look at the errno and the `cause`, then try again.',
  ],
  label_set_absent: [
    'Labels are required, and the bundle states none.',
    'Have the trainer write `label_set`, or `label_names` in metrics.json.',
  ],
  label_set_differs: [
    '`label_set` and `metrics.label_names` are different sets.',
    'Correct the trainer: both should name the labels of the model.',
  ],
  label_set_mismatch: [
    'The bundle has other labels than are required.',
    'Train with those labels, or change what is required: `--label-set`.',
  ],
  labels_missing: [
    'The bundle does not name its labels.',
    'Write `label_set` into metadata.json, in the order of the outputs.',
  ],
  lfs_pointer: [
    'model.txt is a Git LFS pointer: the text that stands for the model in a repository.',
    'Fetch the model itself: `git lfs pull`.',
  ],
  load_failed: [
    'The model file cannot be read or loaded; `cause` says why.',
    'Replace the model: promote a bundle whose model loads.',
  ],
  load_timed_out: [
    'The model was not loaded within the time that a check or a reload allows.',
    'Look at the model and the machine, then allow more time or publish a smaller model.',
  ],
  lock_failed: [
    'The file system refused the lock; nothing is held.',
    'Check permissions and space of the models dir.',
  ],
  lock_foreign_owner: [
    "The lock's owner is on another machine, or on an earlier boot of one without a machine id. It is never broken.",
    'If that owner is gone for certain, remove the directory that the message names.',
  ],
  lock_timeout: [
    'A living writer did not let go in time.',
    'Try again; `taskclf doctor` says who holds the lock.',
  ],
  log_failed: ["The run's files could not be written.", 'Check the runs dir: space, permissions.'],
  malformed_json: [
    'Not JSON: a comment, `NaN`, a byte order mark, an empty file, a line that is cut off.',
    'Write it again, as RFC 8259 has it.',
  ],
  metric_absent: [
    'metrics.json lacks a metric that the policy ranks by or has a gate on, or has it as another kind of value.',
    'Name the metric that the bundle has (the message says the nearest), have the trainer write it, or write a policy for your metrics: `taskclf policy init`.',
  ],
  metrics_contradict_matrix: [
    'A stated figure is more than 0.0005 away from what the confusion matrix gives.',
    'Correct the trainer: one of the two is wrong.',
  ],
  misplaced_quote: ['A quote inside an unquoted cell.', 'Quote the cell and double the quotes in it.'],
  missing_argument: ['A word that the command needs is missing.', '`--help` shows which.'],
  missing_artifact: [
    'No model file, an empty one, or one that `artifacts` names is not there.',
    'Put the model there, or correct `artifacts`.',
  ],
  missing_columns: [
    'A row lacks columns that the model needs; `columns` has them all.',
    'Add the columns; their cells may be empty.',
  ],
  missing_command: ['No command was given, or a group without a verb.', '`taskclf --help` lists them.'],
  missing_field: ['A field of model.txt is not there.', 'The file is damaged: take the original again.'],
  missing_header: ['An empty CSV.', 'The first row must name the columns.'],
  missing_metadata: [
    'No metadata.json.',
    'Publish the bundle again; what stands in its place may be half of one.',
  ],
  missing_metrics: [
    'No metrics.json.',
    'Publish the bundle again; what stands in its place may be half of one.',
  ],
  missing_value: ['A flag stands without its value.', 'Give one: `--flag value`.'],
  model_dir_mismatch: [
    '`model_dir` in active.json does not end in its `model_id`.',
    '`taskclf infer resolve --repair` or `taskclf model set-active` writes the pointer anew.',
  ],
  model_id_mismatch: ["`model_id` in metadata.json is not the directory's name.", 'Rename one of them.'],
  models_dir_missing: [
    'There is no directory at that path.',
    'Create it, or correct `--models-dir`, TASKCLF_MODELS_DIR or `models_dir`.',
  ],
  models_dir_not_a_directory: [
    'The models dir is something else than a directory.',
    'Give the directory that holds the bundles.',
  ],
  models_dir_unreadable: [
    'The system refuses to list the models dir.',
    'Check its permissions; `cause` says more.',
  ],
  models_dir_unusable: [
    'The models dir cannot be opened while a service runs on it.',
    'Bring it back; the old model serves until then.',
  ],
  nested_value: ['A cell of a JSON line is a list or an object.', 'Rows are flat: one value a column.'],
  no_active_pointer: [
    'There is no readable active.json to go back from.',
    '`taskclf model select --activate` or `taskclf infer resolve --repair` writes one.',
  ],
  no_bundle: [
    'The trainer ended well but wrote nothing into TASKCLF_OUTPUT_DIR.',
    'Write the bundle there. See [trainers](../guides/trainers.md#what-it-writes).',
  ],
  no_candidate: [
    'Nothing is eligible, so there is nothing to switch to.',
    '`taskclf model select` says why not, for every model.',
  ],
  no_eligible_model: [
    'No bundle may serve.',
    '`taskclf doctor` says which gate is to blame; every exclusion is listed with its numbers.',
  ],
  no_incumbent: ['Nothing is active, so the best takes the place.', 'Nothing.'],
  no_loader: [
    'None of the artifacts has a loader.',
    'Pass `loaders` with the artifact’s name or ending. See [other runtimes](../guides/serving.md#other-runtimes).',
  ],
  not_a_classifier: [
    "The model's objective gives no probabilities.",
    'Serve a classifier, or use @taskclf/lightgbm directly.',
  ],
  not_a_file: [
    'A directory, FIFO, socket or device where a file belongs, or a file where a bundle belongs.',
    'Replace it.',
  ],
  not_an_object: ['A JSON line that is not an object.', 'Write `{ "column": value, … }` on each line.'],
  not_canonical: [
    'The value cannot be written as canonical JSON; `path` is the key path.',
    'Take out numbers beyond all bounds and lone surrogates.',
  ],
  not_checked: [
    'No loader here can load the artifact of the bundle, so nothing could be tried before it serves.',
    'Give a loader, or allow it on purpose with `--unchecked`; the history records that it was not tried.',
  ],
  not_compared: [
    'The policy ranks by no metric, so the candidate was held to no champion.',
    'Nothing, if that is meant; else rank by a metric.',
  ],
  not_equal: [
    "A gate's metric is not what its `equals` asks for.",
    "`acceptance_pass` says that the trainer's own checks failed: look at `acceptance_checks` in metrics.json.",
  ],
  not_like_for_like: [
    '`same_eval_dataset` is set, and candidate and champion do not state the same `eval_dataset_id`.',
    'Evaluate both on the same data, and state it in metrics.json.',
  ],
  other_labels: [
    'The model answers other labels than the one that was active.',
    'Meant so: `model set-active`, or state the labels (`--label-set`). Else train and promote one of the same labels.',
  ],
  other_schema: [
    'The model takes other features than the one that was active.',
    'Meant so: `model set-active`, or state the schema (`--feature-schema`, `--schema-hash`). Else train and promote one of the same schema.',
  ],
  not_outranking: ['The best does not rank before the active model.', 'Nothing: the active one stays.'],
  not_running: ['The run is over: there is nothing to cancel.', 'Nothing.'],
  not_utf8: ['Bytes that are not UTF-8.', 'Write the file again as UTF-8.'],
  nothing_to_resolve: ['Neither a model dir nor a models dir was given.', 'Give one.'],
  nothing_to_roll_back_to: [
    'No earlier pointer can still serve.',
    '`taskclf model history` shows what there was, and the message why each is passed over.',
  ],
  nul_byte: ['A NUL byte in a text: UTF-16, or no text at all.', 'Write the file again as UTF-8.'],
  outputs_contradict_labels: [
    'The model has another number of outputs than there are labels.',
    'Correct `label_set`, or take the model that belongs to it.',
  ],
  override_invalid: [
    'The directory given as the override is not a usable bundle.',
    '`details.problems` lists what is wrong.',
  ],
  overtaken: [
    'This process held the lock for so long (stopped, or on a very slow disk) that another may have taken over; nothing was switched.',
    'Look with `taskclf model history`, then decide again.',
  ],
  params_not_digestible: [
    '`params` holds what canonical JSON cannot; there is no `params_hash`.',
    'Write numbers within bounds and valid text.',
  ],
  per_class_differs: ['`per_class` and `label_names` name different classes.', 'Correct the trainer.'],
  pointer_absent: [
    'active.json is gone while a service runs.',
    'Write it again: `taskclf model select --activate`. The old model serves until then.',
  ],
  pointer_corrupt: [
    'active.json cannot be used.',
    '`taskclf doctor` says why; `taskclf infer resolve --repair` or `taskclf model set-active` writes it anew.',
  ],
  pointer_is_a_link: [
    'active.json is a link, as mounted volumes have it: whoever made the link decides which model serves.',
    'Switch where the link leads to, or replace the link by the file.',
  ],
  policy_invalid: ['The policy is not valid.', '`taskclf policy check FILE` lists every violation.'],
  policy_missing: [
    'There is no policy file where the flag or setting points.',
    'Correct the path, or name a preset: `default`, `ungated`.',
  ],
  predict_failed: [
    'The runtime failed while it predicted: a fault of the model, not of the rows.',
    'Look at the `cause`; try the bundle with `taskclf model verify`, and go back to the model before it.',
  ],
  published_bundle: [
    'A self-test was to be written into a bundle that is published: it has a manifest.json, or lies in a models dir.',
    'What is published stays as it is. Copy it elsewhere without its manifest.json, make the self-test there, and promote the copy.',
  ],
  publish_failed: [
    'The file system refused while the bundle was being published; nothing is visible.',
    'Look at the `cause` (disk full, permissions), then promote again.',
  ],
  quit: ['Ctrl-\\ (SIGQUIT).', 'Nothing is half done: run it again.'],
  ragged_row: [
    'A row has more or fewer cells than the header.',
    'Correct the row; quote cells that hold the delimiter.',
  ],
  read_failed: [
    'A file is missing, unreadable or not a regular file.',
    'Check the path and its permissions.',
  ],
  regressed: [
    'The candidate is worse than the champion by more than `regression_tolerance`.',
    'Train a better model, or raise the tolerance on purpose.',
  ],
  repair_refused: [
    'A repair would have replaced a model that somebody chose and that is there, but broken.',
    'Switch to another model or roll back; a repair is for pointers and models that are lost.',
  ],
  repeated_flag: ['A flag that takes one value is given twice.', 'Give it once.'],
  row_too_long: [
    'A row is longer than `maxRowBytes` or `maxLineBytes`.',
    'Look for a quote that is never closed; else raise the limit.',
  ],
  run_damaged: ["The run's manifest cannot be read.", 'Its events and output are still there: runs/ID/.'],
  run_exists: ['There is a run of that id; runs are never written over.', 'Give another id, or none.'],
  run_not_found: ['There is no such run.', '`taskclf runs list` shows which there are.'],
  same_file: [
    'The output is one of the files that the command reads: it would be replaced.',
    'Write to another file, then rename it.',
  ],
  same_model: ['The best is active already.', 'Nothing.'],
  schema_hash_absent: [
    'The bundle does not say which feature schema it was trained on, and one is required.',
    'Have the trainer write `schema_hash`, or require no schema.',
  ],
  schema_hash_mismatch: [
    'Trained on another feature schema than is accepted.',
    'Train on the schema that the service uses, or accept this one, too: `--schema-hash`, `schemas`.',
  ],
  schema_version_contradiction: [
    "The feature schema's hash is accepted, but the bundle states another version for it.",
    'Correct `schema_version` in metadata.json, or the version that is asked for.',
  ],
  schema_violation: [
    'A value of the wrong type or outside its range, or a required key that is absent.',
    'Correct it at the key that is named.',
  ],
  score_overflow: [
    'The leaf values of a model add up to infinity.',
    'The file is damaged: take the original again.',
  ],
  self_test_failed: [
    'The model does not answer what it did when it was published.',
    'Do not serve it: another runtime version, or a damaged file. `details` has the worst deviation.',
  ],
  self_test_invalid: [
    'self_test.json cannot be used.',
    'Correct it, or publish without one. See [the layout](../model_bundle_layout.md#self_testjson).',
  ],
  self_test_not_made: [
    'No self-test was made: there are no rows, or too many are asked for, or the model does not answer the same twice.',
    'Give rows that the model can predict, 1 to 1,000 of them; a model that answers otherwise each time needs a larger tolerance, or mending.',
  ],
  signalled: [
    'The trainer was killed by a signal that taskclf did not send.',
    'SIGKILL is most often the system being out of memory.',
  ],
  spawn_failed: ['The system could not start the trainer.', 'The message has its reason.'],
  store_failed: ["A run's files cannot be read or written.", 'Look at the `cause`: space, permissions.'],
  superseded_schema: [
    'An eligible model of a feature schema that is preferred takes precedence.',
    'Nothing; `schemas` is an order of preference.',
  ],
  switch_failed: [
    'The bundle is published, but the pointer could not be written; the old one stands.',
    '`taskclf model select --activate` switches to the best when the file system is well.',
  ],
  symlink_alias: ['A link to something in the models dir, under a second name.', 'Remove it.'],
  symlink_escape: ['A link that leaves the models dir, or leads nowhere.', 'Copy what it points to.'],
  system: ['The operating system refused.', 'The message has its reason, `details.errno` its name.'],
  target_escapes: [
    'active.json points to a link that leaves the models dir.',
    'Put the bundle itself into the models dir: `taskclf train promote DIR`.',
  ],
  target_is_a_link: [
    'A file was to be replaced, and a link stands in its place. Nothing was written.',
    'Write to what the link points to, or remove the link.',
  ],
  target_not_usable: [
    "That revision's model is active now, missing or invalid.",
    '`taskclf model history` shows the others.',
  ],
  terminated: ['The program was told to end (SIGTERM).', 'Nothing is half done: run it again.'],
  time_limit: ['The trainer ran longer than its limit.', 'Raise `time_limit_s`, or make it faster.'],
  too_deep: ['A document is nested more than 256 levels deep.', 'Write it flatter.'],
  too_large: ['A document above 16 MiB, or a model above 256 MiB; it was not read.', 'Shorten it.'],
  train_range_differs: [
    '`train_range` and `train_date_from`/`train_date_to` disagree; `train_range` counts.',
    'Correct the trainer.',
  ],
  tree_size_mismatch: [
    '`tree_sizes` of model.txt disagrees with its trees.',
    'The file is damaged or was edited: take the original again.',
  ],
  truncated: ['model.txt ends before `end of trees`.', 'The copy was cut off: take the original again.'],
  unclosed_quote: [
    'A quoted cell never ends; the line is where the row begins.',
    'Close the quote; double quotes inside the cell.',
  ],
  unexpected_argument: ['The command takes fewer words.', '`--help` shows which; quote what holds spaces.'],
  unexpected_line: [
    'A line of model.txt that does not belong where it stands.',
    'The file is damaged or was edited: take the original again.',
  ],
  unknown_command: ['There is no such command.', 'The message has the nearest; `taskclf --help` lists all.'],
  unknown_flag: ['There is no such flag.', 'The message has the nearest; `--help` lists all.'],
  unknown_format: [
    'Neither the extension nor `format` says what it is.',
    'Use .csv, .tsv, .jsonl or .ndjson, or give the format.',
  ],
  unknown_model: [
    'There is no such model in the models dir.',
    '`taskclf train list --all` shows which there are.',
  ],
  unknown_profile: ['taskclf.config.json has no such profile.', 'The message lists those it has.'],
  unknown_revision: ['That revision was never active.', '`taskclf model history` lists the revisions.'],
  unlisted_file: [
    'A file that the manifest does not list, and that nothing reads.',
    'Remove it: nothing should be written into a published bundle.',
  ],
  unreadable: ['The system refuses to open or read it.', 'Check permissions and the disk.'],
  unsafe_model_dir: [
    '`model_dir` in active.json is absolute, or could lead out of the models dir.',
    '`taskclf infer resolve --repair` or `taskclf model set-active` writes the pointer anew.',
  ],
  unsupported_objective: [
    'A LightGBM objective whose transformation is not known: a wrong probability looks like a right one.',
    'Train with one of the supported objectives, or use `rawScoreRow`.',
  ],
  unsupported_version: ['model.txt is neither of version v3 nor v4.', 'Save it by LightGBM 3 or 4.'],
  unusable_name: [
    'The name is not UTF-8 (it is shown with `\\xNN`), cannot stand in a pointer, or is that of a file that the models dir keeps for itself.',
    'Rename the directory, or give the candidate another `model_id`.',
  ],
  usage: [
    'The command line does not make sense as a whole.',
    'The message says why; `--help` shows examples.',
  ],
  vanished: ['Removed while it was read, or never there.', 'List again.'],
  withdrawn: [
    'A rollback or a manual switch left this model; nothing automatic goes back to it.',
    'When it may serve again: `taskclf model set-active --model-id ID`.',
  ],
  within_tolerance: [
    'The candidate is at most `regression_tolerance` worse than the champion.',
    'Nothing: it passed.',
  ],
  write_failed: [
    'Nothing was replaced; `cause` is the system’s error.',
    'Disk full or permissions, most often; then write again.',
  ],
  writer_closed: ['`write` after `finish` or `abort`.', 'Make another writer.'],
}
