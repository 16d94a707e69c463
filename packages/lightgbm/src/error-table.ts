import { codeTable } from '@taskclf/errors'

/** Every reason to refuse a file, a row or an output array: every code of a `LightgbmError`. */
export const LIGHTGBM_ERRORS = /* @__PURE__ */ codeTable({
  not_utf8: {
    what: 'model.txt has bytes that are not UTF-8.',
    hint: 'the file is damaged: take the original again',
  },
  too_large: {
    what: 'The model is larger than 256 MiB, or than the memory that there is.',
    hint: 'train a smaller model, or give the process more memory',
  },
  crlf: {
    what: 'A line of model.txt ends in a carriage return; LightGBM itself cannot read such a file.',
    hint: 'take the original again; keep version control from converting line ends (`*.txt -text`)',
  },
  bad_header: {
    what: 'model.txt does not begin as LightGBM writes it, or its `objective` is misspelt.',
    hint: 'save the model by `Booster.save_model`, as text',
  },
  lfs_pointer: {
    what: 'model.txt is a Git LFS pointer: the text that stands for the model in a repository.',
    hint: 'fetch the model itself: `git lfs pull`',
  },
  empty_forest: {
    what: 'model.txt is whole and has not a single tree.',
    hint: 'train again: training ended before the first tree, so look at the data and the parameters',
  },
  unexpected_line: {
    what: 'A line of model.txt does not belong where it is.',
    hint: 'the file is damaged or was edited: take the original again',
  },
  missing_field: {
    what: 'A field of model.txt is not there.',
    hint: 'the file is damaged: take the original again',
  },
  duplicate_field: {
    what: 'A field occurs twice in model.txt.',
    hint: 'the file is damaged: take the original again',
  },
  bad_number: {
    what: 'A value is not a number, or one that is not allowed there, such as NaN in a leaf.',
    hint: 'the file is damaged or was edited: take the original again',
  },
  bad_count: {
    what: 'A line of model.txt has more or fewer values than its counts say.',
    hint: 'the file is damaged: take the original again',
  },
  index_out_of_range: {
    what: 'model.txt refers to a child, feature or category set that is not there.',
    hint: 'the file is damaged: take the original again',
  },
  bad_tree_structure: {
    what: 'A tree has a cycle, or a node or leaf with two parents.',
    hint: 'the file is damaged: take the original again',
  },
  bad_tree_order: {
    what: '`Tree=i` is out of order in model.txt.',
    hint: 'the file is damaged: take the original again',
  },
  tree_size_mismatch: {
    what: '`tree_sizes` of model.txt disagrees with its trees.',
    hint: 'the file is damaged or was edited: take the original again',
  },
  score_overflow: {
    what: 'The leaf values of a model add up to infinity.',
    hint: 'the file is damaged: take the original again',
  },
  truncated: {
    what: 'model.txt ends before `end of trees`.',
    hint: 'the copy was cut off: take the original again',
  },
  unsupported_version: {
    what: 'model.txt is neither of version v3 nor v4.',
    hint: 'save it by LightGBM 3 or 4',
  },
  unsupported_objective: {
    what: 'A LightGBM objective whose transformation is not known: a wrong probability looks like a right one.',
    hint: 'train with one of the supported objectives, or use `rawScoreRow`',
  },
  malformed_json: {
    what: 'The last line of model.txt, `pandas_categorical`, is not JSON.',
    hint: 'take the original again, or remove that line: the trees are whole',
  },
  bad_row: {
    what: 'A row has another number of values than the model has features.',
    hint: 'give one value for each of `featureNames`, in order',
  },
  bad_output: {
    what: 'The array for the results is too short.',
    hint: 'give an array of `outputsPerRow` numbers for each row, or none',
  },
})
