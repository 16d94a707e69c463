import { LIGHTGBM_ERROR_CODES, LightgbmError, parseModel } from '@taskclf/lightgbm'
import { describe, expect, it } from 'vitest'
import { modelText, SMALL_TREE, withSizes } from './model-text.js'

const GOOD = modelText({ trees: [SMALL_TREE, SMALL_TREE] })
const CATEGORICAL = modelText({
  trees: [
    {
      ...SMALL_TREE,
      threshold: [0, 1],
      decisionType: [1, 9],
      catBoundaries: [0, 1, 2],
      catThreshold: [1, 2],
    },
  ],
})
const LINEAR = modelText({
  trees: [
    {
      ...SMALL_TREE,
      more: [
        'is_linear=1',
        'leaf_const=1 2 3',
        'num_features=1 0 1',
        'leaf_features=0   1',
        'leaf_coeff=1   2',
      ],
    },
  ],
})

const seen = new Set<string>()

function refusal(source: string | Uint8Array): LightgbmError {
  try {
    parseModel(source)
  } catch (error) {
    if (!(error instanceof LightgbmError)) throw error
    seen.add(error.code)
    return error
  }
  throw new Error('the model was taken')
}

/** Replaces in the text and mends the byte counts, so that only the replacement is at fault. */
function edited(text: string, from: string | RegExp, to: string): string {
  const result = text.replace(from, to)
  if (result === text) throw new Error(`nothing to replace by ${to}`)
  return withSizes(result)
}

it('accepts whole the files that are damaged below', () => {
  for (const text of [GOOD, CATEGORICAL, LINEAR]) expect(parseModel(text).numFeatures).toBe(2)
})

describe('the header', () => {
  it.each([
    ['another file', edited(GOOD, 'tree\n', 'forest\n'), 'bad_header', 'tree', 1],
    ['an empty file', '', 'bad_header', 'tree', 1],
    [
      'zeros where nothing is read',
      edited(GOOD, 'split_gain=1', 'split_gain=\0'),
      'unexpected_line',
      'split_gain',
      16,
    ],
    ['a byte order mark', `\ufeff${GOOD}`, 'bad_header', 'tree', 1],
    ['version 5', edited(GOOD, 'v4', 'v5'), 'unsupported_version', 'version', 2],
    ['no classes', edited(GOOD, 'num_class=1', 'num_class=0'), 'bad_number', 'num_class', 3],
    ['a fractional class', edited(GOOD, 'num_class=1', 'num_class=1.0'), 'bad_number', 'num_class', 3],
    ['a blank count', edited(GOOD, 'num_class=1', 'num_class='), 'bad_number', 'num_class', 3],
    ['a lone minus', edited(GOOD, 'num_class=1', 'num_class=-'), 'bad_number', 'num_class', 3],
    [
      'trees that are not classes',
      edited(GOOD, 'iteration=1', 'iteration=2'),
      'bad_count',
      'num_tree_per_iteration',
      4,
    ],
    [
      'a name too few',
      edited(GOOD, 'feature_names=a b', 'feature_names=ab'),
      'bad_count',
      'feature_names',
      8,
    ],
    ['an info too many', edited(GOOD, '[0:1] [0:1]', '[0:1] [0:1] none'), 'bad_count', 'feature_infos', 9],
    [
      'a field twice',
      edited(GOOD, 'label_index=0', 'label_index=0\nlabel_index=0'),
      'duplicate_field',
      'label_index',
      6,
    ],
    [
      'a line without =',
      edited(GOOD, 'label_index=0', 'label_index=0\nwhat'),
      'unexpected_line',
      'header',
      6,
    ],
    [
      'a flag with a value',
      edited(GOOD, 'label_index=0', 'label_index=0\naverage_output=1'),
      'unexpected_line',
      'header',
      6,
    ],
    ['objective misspelt', edited(GOOD, 'objective=', 'objactive='), 'bad_header', 'objactive', 7],
    ['objective short of a letter', edited(GOOD, 'objective=', 'objectie='), 'bad_header', 'objectie', 7],
    [
      'objective with a letter more',
      edited(GOOD, 'objective=', 'objectivee='),
      'bad_header',
      'objectivee',
      7,
    ],
    ['a mean of no trees', modelText({ trees: [], average: true }), 'empty_forest', 'end of trees', 4],
    [
      'a Git LFS pointer',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
      'lfs_pointer',
      'version',
      1,
    ],
    [
      'an unknown objective of several classes',
      modelText({ trees: [SMALL_TREE, SMALL_TREE], numClass: 2, objective: 'ordinal num_class:2' }),
      'unsupported_objective',
      'objective',
      7,
    ],
    [
      'a known objective of another number of classes',
      modelText({ trees: [SMALL_TREE, SMALL_TREE], numClass: 2, objective: 'binary sigmoid:1' }),
      'bad_count',
      'objective',
      7,
    ],
    [
      'half an iteration',
      modelText({ trees: [SMALL_TREE], numClass: 2, objective: null }),
      'bad_count',
      'num_tree_per_iteration',
      4,
    ],
  ])('refuses %s', (_, text, code, field, line) => {
    expect(refusal(text)).toMatchObject({ code, field, ...(line === undefined ? {} : { line }) })
  })

  it('refuses only the beginning', () => {
    expect(refusal('tree\n')).toMatchObject({ code: 'truncated', field: 'Tree=0', line: 2 })
  })

  it.each(['label_index', 'max_feature_idx', 'num_class', 'feature_names', 'feature_infos'])(
    'refuses a header without %s',
    (field) => {
      expect(refusal(edited(GOOD, new RegExp(`^${field}=.*\n`, 'm'), ''))).toMatchObject({
        code: 'missing_field',
        field,
      })
    },
  )
})

describe('the trees', () => {
  it.each([
    ['a number too few', edited(GOOD, 'threshold=0.5 0.25', 'threshold=0.5'), 'bad_count', 'threshold', 17],
    [
      'a number too few in long text',
      edited(GOOD, 'threshold=0.5 0.25', 'threshold=0.12345'),
      'bad_count',
      'threshold',
      17,
    ],
    [
      'a number too many',
      edited(GOOD, 'threshold=0.5 0.25', 'threshold=0.5 0.25 1'),
      'bad_count',
      'threshold',
      17,
    ],
    ['NaN in a leaf', edited(GOOD, 'leaf_value=1', 'leaf_value=nan'), 'bad_number', 'leaf_value', 21],
    ['infinity in a leaf', edited(GOOD, 'leaf_value=1', 'leaf_value=inf'), 'bad_number', 'leaf_value', 21],
    ['overflow in a leaf', edited(GOOD, 'leaf_value=1', 'leaf_value=1e999'), 'bad_number', 'leaf_value', 21],
    ['NaN in a threshold', edited(GOOD, 'threshold=0.5', 'threshold=nan'), 'bad_number', 'threshold', 17],
    [
      'JavaScript’s Infinity',
      edited(GOOD, 'threshold=0.5', 'threshold=Infinity'),
      'bad_number',
      'threshold',
      17,
    ],
    ['hexadecimal', edited(GOOD, 'threshold=0.5', 'threshold=0x1'), 'bad_number', 'threshold', 17],
    ['half a number', edited(GOOD, 'threshold=0.5', 'threshold=1e'), 'bad_number', 'threshold', 17],
    ['no leaves', edited(GOOD, 'num_leaves=3', 'num_leaves=0'), 'bad_number', 'num_leaves', 13],
    ['fewer leaves', edited(GOOD, 'num_leaves=3', 'num_leaves=1'), 'bad_count', 'leaf_value', 21],
    [
      'a missing type of 3',
      edited(GOOD, 'decision_type=2', 'decision_type=14'),
      'bad_number',
      'decision_type',
      18,
    ],
    [
      'a feature too far',
      edited(GOOD, 'split_feature=0', 'split_feature=2'),
      'index_out_of_range',
      'split_feature',
      15,
    ],
    [
      'a negative feature',
      edited(GOOD, 'split_feature=0', 'split_feature=-1'),
      'index_out_of_range',
      'split_feature',
      15,
    ],
    [
      'a child too far',
      edited(GOOD, 'right_child=1', 'right_child=2'),
      'index_out_of_range',
      'right_child',
      20,
    ],
    [
      'a leaf too far',
      edited(GOOD, 'left_child=-1', 'left_child=-4'),
      'index_out_of_range',
      'left_child',
      19,
    ],
    [
      'a single leaf with splits',
      edited(modelText({ trees: [{ leafValue: [1] }] }), 'threshold=', 'threshold=1'),
      'bad_count',
      'threshold',
      17,
    ],
    ['a field twice', edited(GOOD, 'num_cat=0', 'num_cat=0\nnum_cat=0'), 'duplicate_field', 'num_cat', 15],
    ['a line without =', edited(GOOD, 'num_cat=0', 'num_cat 0'), 'unexpected_line', 'Tree=0', 14],
    ['a blank line within', edited(GOOD, 'num_cat=0', 'num_cat=0\n'), 'missing_field', 'leaf_value', 12],
    [
      'no blank line between',
      edited(GOOD, 'shrinkage=1\n\n\n', 'shrinkage=1\n'),
      'unexpected_line',
      'Tree=0',
      24,
    ],
    ['a tree number skipped', edited(GOOD, 'Tree=1', 'Tree=2'), 'bad_tree_order', 'Tree=1', 26],
    ['text between trees', edited(GOOD, 'Tree=1', 'hello\nTree=1'), 'unexpected_line', 'Tree=1', 26],
    ['a field between trees', edited(GOOD, 'Tree=1', 'hello=1\nTree=1'), 'unexpected_line', 'hello', 26],
    [
      'category sets missing',
      edited(CATEGORICAL, /cat_boundaries=.*\n/, ''),
      'missing_field',
      'cat_boundaries',
      12,
    ],
    [
      'category sets backwards',
      edited(CATEGORICAL, 'cat_boundaries=0 1 2', 'cat_boundaries=0 2 1'),
      'index_out_of_range',
      'cat_boundaries',
      22,
    ],
    [
      'category sets not from 0',
      edited(CATEGORICAL, 'cat_boundaries=0 1 2', 'cat_boundaries=1 1 2'),
      'index_out_of_range',
      'cat_boundaries',
      22,
    ],
    [
      'category words missing',
      edited(CATEGORICAL, 'cat_threshold=1 2', 'cat_threshold=1'),
      'bad_count',
      'cat_threshold',
      23,
    ],
    [
      'a category word too great',
      edited(CATEGORICAL, 'cat_threshold=1 2', 'cat_threshold=1 4294967296'),
      'bad_number',
      'cat_threshold',
      23,
    ],
    [
      'a category set too far',
      edited(CATEGORICAL, 'threshold=0 1', 'threshold=0 2'),
      'index_out_of_range',
      'threshold',
      17,
    ],
    [
      'half a category set',
      edited(CATEGORICAL, 'threshold=0 1', 'threshold=0.5 1'),
      'index_out_of_range',
      'threshold',
      17,
    ],
    [
      'a category split without sets',
      edited(GOOD, 'decision_type=2', 'decision_type=1'),
      'index_out_of_range',
      'threshold',
      17,
    ],
    [
      'linear leaves denied',
      edited(LINEAR, 'is_linear=1', 'is_linear=0'),
      'unexpected_line',
      'leaf_const',
      23,
    ],
    ['linear leaves not marked', edited(LINEAR, 'is_linear=1\n', ''), 'unexpected_line', 'leaf_const', 22],
    ['a linear flag of 2', edited(LINEAR, 'is_linear=1', 'is_linear=2'), 'bad_number', 'is_linear', 22],
    [
      'linear terms missing',
      edited(LINEAR, 'leaf_coeff=1   2', 'leaf_coeff=1   '),
      'bad_count',
      'leaf_coeff',
      26,
    ],
    [
      'a linear feature too far',
      edited(LINEAR, 'leaf_features=0', 'leaf_features=2'),
      'index_out_of_range',
      'leaf_features',
      25,
    ],
    [
      'absurd linear counts',
      edited(LINEAR, 'num_features=1 0 1', 'num_features=2147483647 2147483647 1'),
      'bad_count',
      'num_features',
      24,
    ],
    [
      'linear constants infinite',
      edited(LINEAR, 'leaf_const=1', 'leaf_const=inf'),
      'bad_number',
      'leaf_const',
      23,
    ],
  ])('refuses %s', (_, text, code, field, line) => {
    expect(refusal(text)).toMatchObject({ code, field, line })
  })

  it.each([
    'num_leaves',
    'num_cat',
    'split_feature',
    'threshold',
    'decision_type',
    'left_child',
    'right_child',
    'leaf_value',
  ])('refuses trees without %s', (field) => {
    const text = edited(GOOD, new RegExp(`^${field}=.*\n`, 'm'), '')
    expect(refusal(text)).toMatchObject({ code: 'missing_field', field, line: 12 })
  })

  it('refuses leaf values that add up to infinity', () => {
    const huge = { leafValue: ['1.5e308'] }
    expect(refusal(modelText({ trees: [huge, huge] }))).toMatchObject({
      code: 'score_overflow',
      field: 'Tree=1 leaf_value',
      line: 35,
    })
  })

  it('refuses the end of the text at any place before the end of the trees', () => {
    for (let length = 5; length < GOOD.indexOf('end of trees') + 12; length++) {
      expect(refusal(GOOD.slice(0, length)).code).toBe('truncated')
    }
  })
})

describe('tree_sizes', () => {
  it.each([
    ['a byte more in a tree', GOOD.replace('threshold=0.5 0.25', 'threshold=0.50 0.25')],
    ['a size that is wrong', GOOD.replace(/tree_sizes=(\d)/, 'tree_sizes=9$1')],
    ['a size too few', GOOD.replace(/tree_sizes=(\d+) \d+/, 'tree_sizes=$1')],
    ['a size too many', GOOD.replace(/tree_sizes=(\d+)/, 'tree_sizes=$1 $1')],
    ['a blank line too few before the end', GOOD.replace('\n\nend of trees', '\nend of trees')],
    ['a last size that is wrong', GOOD.replace(/(tree_sizes=\d+ \d+)/, '$10')],
    ['none at all', GOOD.replace(/tree_sizes=.*/, 'tree_sizes=')],
  ])('refuses %s', (_, text) => {
    expect(refusal(text)).toMatchObject({ code: 'tree_size_mismatch', field: 'tree_sizes', line: 10 })
  })

  it('refuses a size that is not a number', () => {
    expect(refusal(GOOD.replace(/tree_sizes=\d/, 'tree_sizes=x'))).toMatchObject({
      code: 'bad_number',
      line: 10,
    })
  })

  it('accepts a file without them, as LightGBM does', () => {
    expect(parseModel(GOOD.replace(/tree_sizes=.*\n/, '')).numTrees).toBe(2)
  })
})

describe('the text', () => {
  it('refuses bytes that are not text at all as another file', () => {
    expect(refusal(Uint8Array.of(0x80))).toMatchObject({ code: 'bad_header', line: 1, field: 'tree' })
  })

  it('refuses half a surrogate pair', () => {
    expect(refusal(GOOD.replace('names=a', 'names=\ud83d'))).toMatchObject({
      code: 'not_utf8',
      line: 8,
      field: 'feature_names',
    })
  })

  it('refuses more than any model has', () => {
    const huge = { length: 2 ** 30 } as Uint8Array
    expect(refusal(huge)).toMatchObject({ code: 'too_large', line: undefined })
  })

  it('refuses a carriage return at the end of one line', () => {
    expect(refusal(GOOD.replace('num_cat=0', 'num_cat=0\r'))).toMatchObject({
      code: 'crlf',
      line: 14,
      field: 'num_cat',
    })
    expect(refusal(GOOD.replace('\n\nTree=0', '\n\r\nTree=0'))).toMatchObject({ code: 'crlf', line: 11 })
  })

  it('refuses pandas_categorical that is not JSON', () => {
    const text = GOOD.replace('categorical:null', 'categorical:[["a"')
    const line = text.split('\n').findIndex((line) => line.startsWith('pandas')) + 1
    expect(refusal(text)).toMatchObject({ code: 'malformed_json', line, field: 'pandas_categorical' })
  })
})

describe('what predictions do not depend on is passed over', () => {
  it.each([
    [
      'keys not known',
      edited(GOOD, 'label_index=0', 'label_index=0\nfuture=1').replace('split_gain', 'later_gain'),
    ],
    ['monotone constraints', edited(GOOD, 'label_index=0', 'label_index=0\nmonotone_constraints=0 1')],
    ['gains and weights', edited(GOOD, 'split_gain=1 1', 'split_gain=nan x')],
    ['everything below the trees', `${GOOD.slice(0, GOOD.indexOf('end of trees') + 13)}\nnonsense\r\n=\n`],
    ['version 3', edited(GOOD, 'v4', 'v3')],
    ['no version', edited(GOOD, 'version=v4\n', '')],
    ['no trees an iteration', edited(GOOD, 'num_tree_per_iteration=1\n', '')],
    ['blank lines at the end', `${GOOD}\n\n\n`],
    ['no newline at the end', GOOD.slice(0, GOOD.indexOf('end of trees') + 12)],
  ])('passes over %s', (_, text) => {
    expect([...parseModel(text).rawScoreRow([1, 1])]).toEqual([8])
  })
})

it('has seen every code but those of rows', () => {
  const others = LIGHTGBM_ERROR_CODES.filter((code) => !seen.has(code))
  expect(others).toEqual(['bad_tree_structure', 'bad_row', 'no_contributions', 'bad_output'])
})
