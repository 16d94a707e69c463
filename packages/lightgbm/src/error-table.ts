import { codeTable } from '@taskclf/errors'

/** Every reason to refuse a file, a row or an output array: every code of a `LightgbmError`. */
export const LIGHTGBM_ERRORS = /* @__PURE__ */ codeTable({
  not_utf8: {
    what: 'The text of a model has half a surrogate pair, which no file holds.',
    hint: 'give the bytes of the file instead of its text',
  },
  too_large: {
    what: 'The model is larger than 256 MiB, or than the memory that there is.',
    hint: 'train a smaller model, or give the process more memory',
  },
  crlf: {
    what: 'A line of model.txt ends in a carriage return; LightGBM itself cannot read such a file with `tree_sizes`.',
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
    what: 'A random forest has not a single tree, and the mean of none is not a number.',
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
    what: 'model.txt ends before its trees do, or within what is below them.',
    hint: 'the copy was cut off: take the original again',
  },
  unsupported_version: {
    what: 'model.txt is of none of the versions v2, v3 and v4.',
    hint: 'save it by LightGBM 2.1 to 4',
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
  no_contributions: {
    what: 'The model has no contributions. Its leaves are linear, a tree is too deep, or it does not say how many rows reached each node.',
    hint: 'train without `linear_tree`, and save by `Booster.save_model` of LightGBM 2.1 or later; predictions need neither',
  },
  bad_output: {
    what: 'The array for the results is too short.',
    hint: 'give an array of `outputsPerRow` numbers for each row, or none',
  },
})
