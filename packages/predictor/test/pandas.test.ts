import { readFileSync } from 'node:fs'
import { loadPredictor } from '@taskclf/predictor'
import { fixturePath } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { failure, makeBundle } from './support.js'

interface Answers {
  rows: Record<string, string | number | boolean | null>[]
  expected: number[]
}

type Texts = Record<string, string[]>

const modelOf = (name: string) => readFileSync(fixturePath('pandas', `${name}.model.txt`), 'utf8')
const answersOf = (name: string) =>
  JSON.parse(readFileSync(fixturePath('pandas', `${name}.json`), 'utf8')) as Answers

async function load(name: string, encoders?: Texts, change = (model: string) => model) {
  const files = encoders && { files: { 'categorical_encoders.json': JSON.stringify(encoders) } }
  return loadPredictor(await makeBundle({ model: change(modelOf(name)), ...files }))
}

/** The largest difference from what LightGBM answers in Python. */
async function deviation(name: string, encoders?: Texts, as = (cell: Answers['rows'][0][string]) => cell) {
  const { rows, expected } = answersOf(name)
  const predictor = await load(name, encoders)
  const spelled = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([key, cell]) => [key, as(cell)])),
  )
  const found = await predictor.predict(spelled)
  return Math.max(
    ...found.map(({ probabilities }, r) => Math.abs((probabilities?.[1] ?? 9) - (expected[r] ?? 9))),
  )
}

const PLANS = ['basic', 'family', 'pro', 'student']
const asInCsv = (cell: unknown) =>
  cell === null ? null : cell === true ? 'True' : cell === false ? 'False' : String(cell)
const asFloats = (cell: unknown) => (typeof cell === 'number' ? cell.toFixed(1) : asInCsv(cell))

describe('a model of pandas categories', () => {
  it.each(['texts', 'integers', 'floats', 'booleans', 'empty-text', 'left-out', 'two'])(
    'answers as in Python without vocabularies: %s',
    async (name) => {
      expect(await deviation(name)).toBeLessThan(1e-9)
      expect(await deviation(name, undefined, asInCsv)).toBeLessThan(1e-9)
      expect(await deviation(name, undefined, asFloats)).toBeLessThan(1e-9)
    },
  )

  it('says which vocabularies it took from the model', async () => {
    const { notes } = await load('two', { has_left: ['no', 'yes'] })
    expect(notes).toContainEqual(
      expect.objectContaining({ code: 'categories_from_model', columns: ['is_new'] }),
    )
  })

  it.each<[string, string, Texts]>([
    ['with its own texts', 'texts', { plan: PLANS }],
    ['with more texts behind them', 'texts', { plan: [...PLANS, 'trial', '__unknown__'] }],
    ['with numbers as texts', 'integers', { region: ['10', '20', '30', '40'] }],
    ['with numbers as Python writes them', 'floats', { region: ['10.0', '20.0', '30.0', '40.0'] }],
    ['with truth as texts', 'booleans', { flag: ['False', 'True'] }],
    ['with an empty text', 'empty-text', { plan: ['', ...PLANS] }],
    ['for an ordered column, too', 'ordered', { size: ['S', 'M', 'L', '__unknown__'], plan: PLANS }],
    ['for a column that no tree has', 'left-out', { one: ['x'], plan: PLANS }],
    ['by the name with a space', 'two', { 'is new': ['no', 'yes'], has_left: ['no', 'yes'] }],
  ])('answers as in Python %s', async (_, name, encoders) => {
    expect(await deviation(name, encoders)).toBeLessThan(1e-9)
  })

  it('takes places in the vocabulary for categories, where those were given to pandas', async () => {
    const places = (model: string) =>
      model.replace('[["basic", "family", "pro", "student"]]', '[[1, 2, 3, 5]]')
    const { rows, expected } = answersOf('texts')
    const predictor = await load(
      'texts',
      { plan: ['__unknown__', 'basic', 'family', 'pro', 'new', 'student'] },
      places,
    )
    const found = await predictor.predict(rows)
    for (const [r, { probabilities }] of found.entries()) {
      expect(probabilities?.[1]).toBeCloseTo(expected[r] as number, 9)
    }
  })

  it.each<[string, string, Texts, string]>([
    ['another order', 'texts', { plan: ['pro', 'basic', 'family', 'student'] }, 'plan'],
    ['__unknown__ first', 'texts', { plan: ['__unknown__', ...PLANS] }, 'plan'],
    ['a text too few', 'texts', { plan: PLANS.slice(0, 3) }, 'plan'],
    ['no text', 'texts', { plan: [] }, 'plan'],
    ['a column that is not there', 'texts', { plann: PLANS }, 'plann'],
    ['numbers in another order', 'integers', { region: ['40', '30', '20', '10'] }, 'region'],
    ['truth in another order', 'booleans', { flag: ['True', 'False'] }, 'flag'],
    [
      'one column of two in another order',
      'two',
      { is_new: ['yes', 'no'], has_left: ['no', 'yes'] },
      'is_new',
    ],
    ['a vocabulary for a column of numbers', 'texts', { charge: ['low', 'high'] }, 'charge'],
  ])('refuses vocabularies with %s', async (_, name, encoders, column) => {
    expect(await failure(load(name, encoders))).toMatchObject({ code: 'encoders_invalid', columns: [column] })
  })

  it.each<[string, Texts | undefined]>([
    ['no vocabulary', undefined],
    ['one', { plan: PLANS }],
    ['one in another order', { plan: PLANS, size: ['L', 'M', 'S'] }],
    ['one of them for another column', { plan: PLANS, charge: ['S', 'M', 'L'] }],
  ])('refuses an ordered column with %s: which column it is nobody says', async (_, encoders) => {
    expect(await failure(load('ordered', encoders))).toMatchObject({ code: 'encoders_invalid' })
  })

  it('does not match a column that is not one of pandas by the number of columns', async () => {
    // As after categorical_feature=['region']: the list is that of the ordered column, region has codes of its own.
    const named = (infos: string) => (model: string) =>
      model
        .replace('feature_names=size charge plan', 'feature_names=size charge region')
        .replace(/^(feature_infos=.* )\S+$/m, `$1${infos}`)
        .replace('[["S", "M", "L"], ["basic", "family", "pro", "student"]]', '[["S", "M", "L"]]')
    const encoders = { size: ['S', 'M', 'L'], region: ['n', 'e', 's'] }
    expect((await load('ordered', encoders, named('-1:0:1:2'))).categorical).toEqual(['size', 'region'])
    expect(await failure(load('ordered', undefined, named('-1:10:20:30')))).toMatchObject({
      code: 'encoders_invalid',
    })
    const doubtful = { size: ['S', 'M', 'L'], region: ['L', 'M', 'S'] }
    expect(await failure(load('ordered', doubtful, named('-1:0:1:2')))).toMatchObject({
      code: 'encoders_invalid',
    })
  })

  it.each(['[["a", "b", "1", 1]]', '[[9007199254740993, 1, 2, 3]]', '[[[1]]]', '{"plan": 1}'])(
    'is refused where rows cannot tell its categories apart: %s',
    async (lists) => {
      const change = (model: string) => model.replace('[["basic", "family", "pro", "student"]]', lists)
      expect(await failure(load('texts', undefined, change))).toMatchObject({ code: 'encoders_invalid' })
    },
  )
})

describe('a model of codes', () => {
  const coded = (model: string) => model.replace(/pandas_categorical:.*/, 'pandas_categorical:null')

  it('is refused with a vocabulary that has fewer texts than it has codes', async () => {
    const error = await failure(load('texts', { plan: PLANS.slice(1) }, coded))
    expect(error).toMatchObject({ code: 'encoders_invalid', columns: ['plan'] })
    expect((await load('texts', { plan: PLANS }, coded)).notes).not.toContainEqual(
      expect.objectContaining({ code: 'categories_from_model' }),
    )
  })
})
