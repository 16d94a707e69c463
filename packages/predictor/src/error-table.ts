import { codeTable } from '@taskclf/errors'

/** What can go wrong in loading a bundle and predicting with it: every code of a `PredictorError`. */
export const PREDICTOR_ERRORS = /* @__PURE__ */ codeTable({
  no_loader: {
    what: 'None of the artifacts has a loader.',
    hint: 'pass `loaders` with the name or ending of the artifact; for ONNX install `@taskclf/onnx`, which taskclf finds',
    page: 'guides/serving.md#other-runtimes',
  },
  integrity_mismatch: {
    what: 'A file is not what the manifest says was published.',
    hint: 'restore the file, or publish the bundle again under another id',
  },
  io: {
    what: 'The system failed (disk, network, limits, permissions), so nothing was decided.',
    hint: 'look at the `cause`, then try again',
  },
  load_failed: {
    what: 'The model file cannot be read or loaded; `cause` says why.',
    hint: 'replace the model: promote a bundle whose model loads',
  },
  artifact_escapes: {
    what: 'The model file names data that are not among the artifacts of its bundle.',
    hint: 'put the file into the bundle, and name it in `artifacts` of metadata.json; or save the model in one file',
  },
  not_a_classifier: {
    what: 'The bundle is a classifier by its metadata, and the model gives no probabilities.',
    hint: 'state the `task` of the model in metadata.json and leave out `label_set`, or train a classifier',
  },
  encoders_invalid: {
    what: 'categorical_encoders.json cannot be used, or gives other codes than the model was trained with; `columns` names the column.',
    hint: 'correct it: column → the texts that the model was trained with, in the order of their codes; leave out columns of pandas categories',
  },
  outputs_contradict_labels: {
    what: 'The model has another number of outputs than there are labels.',
    hint: 'correct `label_set`, or take the model that belongs to it',
  },
  outputs_contradict_task: {
    what: 'The bundle is a regressor by its metadata, and the model has several outputs.',
    hint: 'write `"task": "scores"` into metadata.json, or take the model that belongs to it',
  },
  invalid_threshold: {
    what: 'The reject threshold is not a number from 0 to 1, or the model does not classify. Or rejected rows would be called as a label of the model.',
    hint: 'give a number from 0 to 1; write another `reject_label` into metadata.json',
  },
  missing_columns: {
    what: 'A row lacks columns that the model needs; `columns` has them all.',
    hint: 'add the columns; their cells may be empty',
  },
  bad_row: {
    what: 'A row is not an object, or is a list of another length than the model has features.',
    hint: 'give an object by column name, or one value for each of `columns`, in order',
  },
  bad_value: {
    what: 'A cell is not what its column holds, such as a text where a number belongs.',
    hint: 'correct the row; an empty cell is a missing value, and allowed',
  },
  bad_output: {
    what: 'A runtime returned something else than one number for each output of each row.',
    hint: 'correct the loader: it returns `rows × numOutputs` numbers',
  },
  predict_failed: {
    what: 'The runtime failed while it predicted: a fault of the model, not of the rows.',
    hint: 'look at the `cause`; try the bundle with `taskclf model verify`, and go back to the model before it',
  },
  not_explainable: {
    what: 'The model does not say what its columns add to an answer.',
    hint: 'ask without `explain`; a LightGBM model explains unless it has linear trees or lacks `leaf_count` and `internal_count`',
  },
  invalid_explain: {
    what: 'The number of columns to explain by is not a whole number from 1 on.',
    hint: 'give a whole number such as 3',
  },
  self_test_invalid: {
    what: 'self_test.json cannot be used.',
    hint: 'correct it, or publish without one',
    page: 'model_bundle_layout.md#self_testjson',
  },
  self_test_failed: {
    what: 'The model does not answer what it did when it was published; `details` has the worst deviation.',
    hint: 'do not let it serve: the runtime has another version, or a file is damaged',
  },
  self_test_not_made: {
    what: 'No self-test was made: there are no rows, or too many, or the model does not answer the same twice.',
    hint: 'give 1 to 1,000 rows that the model can predict; give a larger tolerance to a model whose answers vary',
  },
  disposed: {
    what: 'The predictor was used after `dispose()`.',
    hint: 'load another, or dispose of it later',
  },
})
