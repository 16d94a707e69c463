import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  checkBundle,
  type FeatureRow,
  loadPredictor,
  type MakeSelfTestOptions,
  makeSelfTest,
  type Runtime,
} from '@taskclf/predictor'
import { type LocalValidBundle, selfTestSchema } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { asLoader, BEST, demoRows, failure, toy, toyBundle, validBundle } from './support.js'

/** Two numbers and a text; the second label's probability is the number `p`, that of a missing one 0.5. */
const COLUMNS = ['p', 'code', 'q']
const ENCODERS = { 'categorical_encoders.json': JSON.stringify({ code: ['a', 'b', '3'] }) }
const runtime = toy(COLUMNS, 1, ([p = 0]) => [Number.isNaN(p) ? 0.5 : p])
const bundleOf = (metadata: Record<string, unknown> = {}) => toyBundle({ metadata, files: ENCODERS })
const loading = (of: Runtime = runtime) => ({ loaders: { 'model.toy': asLoader(of) } })

async function make(
  bundle: LocalValidBundle,
  batches: FeatureRow[][],
  options?: MakeSelfTestOptions,
  of?: Runtime,
) {
  return makeSelfTest(await loadPredictor(bundle, loading(of)), batches, options)
}

/** What a check says once the self-test is written. */
async function checked(bundle: LocalValidBundle, selfTest: object, of?: Runtime) {
  writeFileSync(join(bundle.path, 'self_test.json'), JSON.stringify(selfTest))
  return checkBundle(await validBundle(bundle.path), loading(of))
}

const row = (p: unknown, more: Record<string, unknown> = {}) => ({ p, code: 'a', q: 1, ...more })

describe('the rows', () => {
  const plain = Array.from({ length: 50 }, (_, i) => row(0.9 + i / 1000))
  const rare = [
    row(0.1, { q: 2 }),
    row(0.45, { q: 3 }),
    row(0.55, { q: 4 }),
    row(0.9, { code: 'unheard of', q: 5 }),
    row(0.9, { q: null }),
    row(null, { q: '' }),
  ]

  it('contains whatever comes out, however late, and then what came first', async () => {
    const bundle = await bundleOf({ reject_threshold: 0.6 })
    const made = await make(bundle, [plain, rare, plain], { rows: 8 })
    // A row that shows two things makes room for another.
    expect(made.selfTest.rows.map(({ p, code, q }) => [p, code, q])).toEqual([
      [0.9, 'a', 1],
      [0.901, 'a', 1],
      [0.1, 'a', 2],
      [0.45, 'a', 3],
      [0.55, 'a', 4],
      [0.9, 'unheard of', 5],
      [0.9, 'a', null],
      [null, 'a', null],
    ])
    expect(made).toMatchObject({ seen: 106, rejected: 3, missingPatterns: 2, leftOut: [] })
    expect(made.unknownCategories).toEqual(['code'])
    expect(made.labels).toHaveLength(2)
  })

  it('leaves out the least when there is no room, and says so', async () => {
    const bundle = await bundleOf({ reject_threshold: 0.6 })
    const made = await make(bundle, [plain, rare], { rows: 4 })
    expect(made.selfTest.rows.map(({ p }) => p)).toEqual([0.9, 0.1, 0.45, 0.55])
    expect(made.leftOut).toEqual(['unknown_category', 'missing_pattern'])
  })

  it('has at most so many rows, and at most as many as there are', async () => {
    const bundle = await bundleOf()
    expect((await make(bundle, [plain])).selfTest.rows).toHaveLength(32)
    expect((await make(bundle, [plain.slice(0, 3)])).selfTest.rows).toHaveLength(3)
  })

  it('has the columns of the model under its names, and no other', async () => {
    const spaced = toy(['a number'.replace(' ', '_'), '__proto__'], 1, ([p = 0]) => [p])
    const bundle = await toyBundle()
    const given = JSON.parse('[{"a number": 0.25, "__proto__": 3, "secret": "x"}]')
    const { selfTest } = await make(bundle, [given, [[0.75, 4]]], {}, spaced)
    expect(JSON.stringify(selfTest.rows)).toBe(
      '[{"a_number":0.25,"__proto__":3},{"a_number":0.75,"__proto__":4}]',
    )
    expect(await checked(bundle, selfTest, spaced)).toEqual({ status: 'passed' })
  })
})

it('is passed by the bundle, whatever the cells were', async () => {
  const odd = [
    row('0.25'),
    row(Number.NaN, { code: 'NaN' }),
    row('nan', { code: null }),
    row(undefined, { code: 3 }),
    row(true, { code: true }),
    row('1e-7', { code: 12n }),
    row(0.5, { q: -0 }),
    row(0.5, { code: '', q: 1.7e308 }),
    row(0.5, { code: '\ud800', q: 5n }),
  ]
  // Tells minus zero from zero, and each code from the others.
  const picky = toy(COLUMNS, 1, ([p = 0, code = 0, q = 0]) => [
    (Number.isNaN(p) ? 0.5 : p / 2) + (Object.is(q, -0) ? 0.1 : 0) + (code + 1) / 10,
  ])
  const bundle = await bundleOf({ reject_threshold: 0.6 })
  const { selfTest, missingPatterns } = await make(bundle, [odd], {}, picky)
  expect(selfTest.rows).toHaveLength(odd.length)
  expect(missingPatterns).toBe(3)
  expect(selfTestSchema.safeParse(selfTest).success).toBe(true)
  expect(await checked(bundle, selfTest, picky)).toEqual({ status: 'passed' })
})

it('is failed by another model', async () => {
  const bundle = await bundleOf()
  const { selfTest } = await make(bundle, [[row(0.25), row(null)]])
  const other = toy(COLUMNS, 1, ([p = 0]) => [Number.isNaN(p) ? 0.51 : p])
  expect(await checked(bundle, selfTest, other)).toMatchObject({ status: 'failed', code: 'self_test_failed' })
})

it('passes a LightGBM model, and fails once a leaf is another', async () => {
  const dir = scratchDir()
  copyDemoModels(dir)
  const path = join(dir, 'models', BEST)
  rmSync(join(path, 'manifest.json'), { force: true })
  const bundle = await validBundle(path)
  await using predictor = await loadPredictor(bundle)
  const { selfTest, labels } = await makeSelfTest(predictor, [demoRows()])
  expect(labels.length).toBeGreaterThan(4)
  writeFileSync(join(path, 'self_test.json'), JSON.stringify(selfTest))
  expect(await checkBundle(await validBundle(path))).toEqual({ status: 'passed' })
  const text = readFileSync(join(path, 'model.txt'), 'utf8')
  const changed = text.replace(
    /leaf_value=(.*)/,
    (_, values: string) =>
      `leaf_value=${values
        .split(' ')
        .map((value) =>
          String(Number(value) + 0.25)
            .slice(0, value.length)
            .padEnd(value.length, '0'),
        )
        .join(' ')}`,
  )
  expect(changed).toHaveLength(text.length)
  writeFileSync(join(path, 'model.txt'), changed)
  expect(await checkBundle(await validBundle(path))).toMatchObject({
    status: 'failed',
    code: 'self_test_failed',
  })
})

describe('refuses', () => {
  it.each([
    ['Infinity', Infinity],
    ['what is too large to be held', '1e400'],
    ['a text', 'many'],
  ])('refuses %s, with its place in its batch', async (_, p) => {
    const made = make(await bundleOf(), [[row(1)], [row(1), row(p)]])
    expect(await failure(made)).toMatchObject({ code: 'bad_value', row: 1, columns: ['p'] })
  })

  it.each([
    ['no rows', [[]], {}],
    ['none at all', [], {}],
    ['0 rows', [[row(1)]], { rows: 0 }],
    ['1001 rows', [[row(1)]], { rows: 1001 }],
    ['half a row', [[row(1)]], { rows: 1.5 }],
    ['a negative tolerance', [[row(1)]], { tolerance: -1 }],
    ['a tolerance that passes anything', [[row(1)]], { tolerance: 0.5 }],
    ['a tolerance that is no number', [[row(1)]], { tolerance: Number.NaN }],
  ])('refuses %s', async (_, batches, options) => {
    const made = make(await bundleOf(), batches, options)
    expect(await failure(made)).toMatchObject({ code: 'self_test_not_made' })
  })

  it('refuses a model that answers otherwise each time', async () => {
    let calls = 0
    const restless = toy(COLUMNS, 1, () => [++calls / 100])
    const made = make(await bundleOf(), [[row(1), row(1)]], {}, restless)
    expect(await failure(made)).toMatchObject({
      code: 'self_test_not_made',
      cause: { code: 'self_test_failed' },
    })
  })
})
