import { codeTable } from '@taskclf/errors'

/** Every reason for which an ONNX model is not loaded, or does not predict: every code of an `OnnxError`. */
export const ONNX_ERRORS = /* @__PURE__ */ codeTable({
  runtime_missing: {
    what: 'There is no `onnxruntime-node` that can be loaded here.',
    hint: 'install it beside `@taskclf/onnx`: `npm install onnxruntime-node`',
  },
  malformed_model: {
    what: 'The file is not an ONNX model, or is damaged.',
    hint: 'take the original again; of a Git LFS pointer fetch the model: `git lfs pull`',
  },
  model_refused: {
    what: 'onnxruntime does not load the model; the message is its own.',
    hint: 'convert the model for the opset of the installed onnxruntime, or update onnxruntime-node',
  },
  inner_data: {
    what: 'A constant, a sparse tensor or the body of a branch, loop or function has its data in another file.',
    hint: 'save the model in one file, or the data of initializers alone in another',
  },
  load_timed_out: {
    what: 'The model was not loaded within the time limit.',
    hint: 'give `timeLimitMs` a larger limit, or load a smaller model',
  },
  unsupported_input: {
    what: 'The model has an input that cannot be made of rows of numbers.',
    hint: 'convert it with inputs of shape [None, n] or [None, 1] and of type float, double, int64, int32 or bool',
  },
  unsupported_output: {
    what: 'The model has no output of numbers that is distinct from its others.',
    hint: "name it in `output`; of a scikit-learn classifier convert with `options={'zipmap': False}`",
  },
  columns_contradict: {
    what: 'The names of the columns are not as many as the model has inputs.',
    hint: 'correct `feature_names` in metadata.json: one for each column, in the order of training',
  },
  missing_value: {
    what: 'A value is missing, or is not a whole number, where the model has an input of whole numbers.',
    hint: 'fill the column before it is predicted, or convert the model with a float input',
  },
  bad_answer: {
    what: 'The model returned an array of another shape than it has outputs.',
    hint: 'convert the model again, with a free first dimension',
  },
})
