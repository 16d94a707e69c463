import { readFileSync } from 'node:fs'
import { LightgbmError, parseModel } from '@taskclf/lightgbm'
import { fixturePath } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { fixtureNames, readFixture } from './fixtures.js'
import { modelText, SMALL_TREE } from './model-text.js'

/** What LightGBM itself answered when it read the file. */
interface Answers {
  raw_score: number[] | number[][]
  prediction: number[] | number[][]
  num_trees: number
}

const file = (name: string) => readFileSync(fixturePath('lightgbm-files', name))
const { rows, ...expected } = JSON.parse(file('expected.json').toString()) as {
  rows: (number | null)[][]
} & Record<string, Answers>
const names = Object.keys(expected)
const input = rows.map((row) => row.map((cell) => cell ?? Number.NaN))

function codeOf(source: string | Uint8Array): string {
  try {
    parseModel(source)
    return 'parsed'
  } catch (error) {
    if (error instanceof LightgbmError) return error.code
    throw error
  }
}

describe('files of other versions and other programs', () => {
  it.each(names)('answers %s as LightGBM does', (name) => {
    const { raw_score, prediction, num_trees } = expected[name] as Answers
    const model = parseModel(file(`${name}.txt`))
    expect(model.numTrees).toBe(num_trees)
    expect(input.flatMap((row) => [...model.rawScoreRow(row)])).toEqual(raw_score.flat())
    expect([...model.rawScoreRows(Float64Array.from(input.flat()), rows.length)]).toEqual(raw_score.flat())
    const predictions = input.flatMap((row) => [...model.predictRow(row)])
    predictions.forEach((value, i) => {
      expect(value).toBeCloseTo(prediction.flat()[i] as number, 12)
    })
  })

  it('keeps the names of Latin-1 as bytes, and says which they are', () => {
    const { featureNames, unreadableNames } = parseModel(file('latin-1-names.txt'))
    expect(featureNames).toEqual(['K\\xfchlung', 'age_days', 'gr\\xf6\\xdfe'])
    expect(unreadableNames).toEqual([0, 2])
    expect(parseModel(file('v2.txt')).unreadableNames).toEqual([])
  })

  it('reads names and categories of UTF-8 beside bytes that are not', () => {
    const trailer = '\nfeature_importances:\n\xe9=1\n\npandas_categorical:[["\xc3\xa9"]]\n'
    const text = modelText({
      trees: [SMALL_TREE],
      featureNames: ['\xe9', '\xc3\xa9'],
      trailer,
    })
    const bytes = Buffer.from(text, 'latin1')
    // Its sizes were counted of text: of ASCII alone they are the same.
    const { featureNames, unreadableNames, pandasCategorical } = parseModel(bytes)
    expect(featureNames).toEqual(['\\xe9', 'é'])
    expect(unreadableNames).toEqual([0])
    expect(pandasCategorical).toEqual([['é']])
    const broken = Buffer.from(text.replace('["\xc3\xa9"]', '["\xe9"]'), 'latin1')
    expect(codeOf(broken)).toBe('malformed_json')
  })
})

const unmarked = (text: string) => text.replace(/^version=.*$/m, 'version=v2').replace('end of trees\n', '')
const withoutSizes = (text: string) => text.replace(/^tree_sizes=.*\n/m, '')

describe.each(fixtureNames)('%s, as LightGBM before 2.2 wrote it', (name) => {
  const { text, rows, rawScore } = readFixture(name)
  const fused = name === 'linear-tree' ? 1e-12 : 0

  it.each([
    ['version v2', text.replace(/^version=.*$/m, 'version=v2')],
    ['no end of trees', unmarked(text)],
    ['no end of trees and no sizes', withoutSizes(unmarked(text))],
    ['nothing below its trees', unmarked(text).slice(0, unmarked(text).indexOf('\nfeature_importances:'))],
    ['no version and no trees an iteration', text.replace(/^(version|num_tree_per_iteration)=.*\n/gm, '')],
  ])('answers the same with %s', (_, changed) => {
    const model = parseModel(changed)
    const scores = rows.flatMap((row) => [...model.rawScoreRow(row)])
    const differs = (value: number, i: number) => {
      const expected = rawScore.flat()[i] as number
      return !Object.is(value, expected) && !(Math.abs(value - expected) <= fused)
    }
    expect(scores.filter(differs)).toEqual([])
  })

  it('is not read when it was cut off within its trees', () => {
    const old = unmarked(text)
    const end = old.indexOf('\nfeature_importances:')
    const starts = [...old.matchAll(/^Tree=/gm)].map(({ index }) => index)
    const places = [
      ...starts,
      ...Array.from({ length: 40 }, (_, i) => 1 + Math.floor((end * (i + 0.5)) / 40)),
    ]
    // The last blank lines end a tree, and nothing is lost with them.
    for (const at of places.filter((at) => at < end - 2)) {
      expect(codeOf(old.slice(0, at)), `cut at ${at}`).not.toBe('parsed')
      expect(codeOf(withoutSizes(old.slice(0, at))), `cut at ${at}, without sizes`).not.toBe('parsed')
    }
  })

  it('is not read without a tree that its sizes list', () => {
    const lost = unmarked(text)
      .replace(/^Tree=0\n[\s\S]*?\n\n+/m, '')
      .replace(/^Tree=(\d+)$/gm, (_, i) => `Tree=${i - 1}`)
    expect(['tree_size_mismatch', 'truncated']).toContain(codeOf(lost))
  })
})

describe('an old file of which something is lost', () => {
  const whole = unmarked(modelText({ trees: [SMALL_TREE, SMALL_TREE], trailer: '' }))
  const listed = '\nfeature importances:\na=2\nb=2\n'

  it.each([
    ['without anything that says that all trees are there', withoutSizes(whole), 'truncated'],
    ['with a tree fewer than its sizes', whole.slice(0, whole.indexOf('Tree=1')), 'truncated'],
    [
      'with a tree fewer, and more below',
      `${whole.slice(0, whole.indexOf('Tree=1'))}${listed}`,
      'tree_size_mismatch',
    ],
    ['with a byte fewer in its last tree', `${whole.replace(/1(\n+)$/, '$1')}${listed}`, 'parsed'],
    [
      'with a byte more in its last tree',
      `${whole.replace(/shrinkage=1(\n+)$/, 'shrinkage=1000$1')}${listed}`,
      'tree_size_mismatch',
    ],
    ['with sizes far beyond its end', whole.replace(/^(tree_sizes=.*)$/m, '$10'), 'tree_size_mismatch'],
    ['with half a line below its trees', `${whole}${listed.slice(0, -2)}`, 'truncated'],
    ['with half its parameters', `${whole}${listed}\nparameters:\n[boosting: gbdt]\n`, 'truncated'],
    ['with half its categories', `${whole}\npandas_categorical:[["a"`, 'malformed_json'],
    ['with all its categories, and no newline', `${whole}\npandas_categorical:[["a"]]`, 'parsed'],
    ['with only its header', whole.slice(0, whole.indexOf('Tree=0')), 'truncated'],
  ])('is read %s only when nothing can be missing', (_, text, code) => {
    expect(codeOf(text)).toBe(code)
  })

  it('needs its end in version v4', () => {
    const text = modelText({ trees: [SMALL_TREE] })
    expect(codeOf(text.replace('end of trees\n', ''))).toBe('unexpected_line')
    expect(codeOf(text.slice(0, text.indexOf('end of trees')))).toBe('truncated')
  })
})

describe('a newer file that ends with its importances', () => {
  const of = (trailer: string, trees = [SMALL_TREE]) => codeOf(modelText({ trees, trailer }))
  const categories = {
    ...SMALL_TREE,
    threshold: [0, 1],
    decisionType: [1, 9],
    catBoundaries: [0, 1, 2],
    catThreshold: [1, 2],
  }

  it('is whole when each feature of its trees is listed', () => {
    expect(of('\nfeature_importances:\na=1\nb=1\n')).toBe('parsed')
    expect(of('\nfeature_importances:\na=1\n')).toBe('truncated')
  })

  it('is not whole with categories, whose names may be lost', () => {
    expect(of('\nfeature_importances:\na=1\nb=1\n', [categories])).toBe('truncated')
  })
})

it('reads the other words for objectives as LightGBM does, without options alone', () => {
  const nameOf = (objective: string) =>
    parseModel(modelText({ trees: [SMALL_TREE], objective })).objective.name
  expect(['l2', 'mse', 'rmse', 'mae', 'xentropy', 'xentlambda', 'xendcg', 'null'].map(nameOf)).toEqual([
    'regression',
    'regression',
    'regression',
    'regression_l1',
    'cross_entropy',
    'cross_entropy_lambda',
    'rank_xendcg',
    'custom',
  ])
  expect(codeOf(modelText({ trees: [SMALL_TREE], objective: 'l2 sqrt' }))).toBe('unsupported_objective')
})
