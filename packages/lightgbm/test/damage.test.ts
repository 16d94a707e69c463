import { LIGHTGBM_ERROR_CODES, LightgbmError, type LightgbmModel, parseModel } from '@taskclf/lightgbm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DAMAGES, type Damage, seeded } from './damage.js'
import { fixtureNames, readFixture } from './fixtures.js'
import { modelText, SMALL_TREE, withSizes } from './model-text.js'
import { readReference, referenceLeaves, referencePrediction, referenceRawScore } from './reference.js'

const KINDS = Object.entries(DAMAGES)
const PER_KIND = 12

it('has enough damaged files', () => {
  expect(fixtureNames.length * KINDS.length * PER_KIND).toBeGreaterThanOrEqual(2000)
})

function load(bytes: Uint8Array): LightgbmModel | LightgbmError {
  try {
    return parseModel(bytes)
  } catch (error) {
    if (error instanceof LightgbmError) return error
    throw error
  }
}

function expectLocated(error: LightgbmError): void {
  expect(LIGHTGBM_ERROR_CODES).toContain(error.code)
  expect(error.line).toBeGreaterThanOrEqual(1)
  expect(error.field).toMatch(/./)
}

/** What was let through must answer as the slow reading of the very same bytes does, with no NaN in it. */
function expectRight(model: LightgbmModel, bytes: Uint8Array, rows: number[][]): void {
  const reference = readReference(new TextDecoder().decode(bytes))
  const width = model.outputsPerRow
  const many = Float64Array.from(
    Array.from({ length: 20 }, (_, i) => rows[i % rows.length] as number[]).flat(),
  )
  const together = model.predictRows(many, 20)
  rows.forEach((row, i) => {
    const raw = [...model.rawScoreRow(row)]
    const prediction = [...model.predictRow(row)]
    expect(raw).toEqual(referenceRawScore(reference, row))
    expect([...model.leafIndexRow(row)]).toEqual(referenceLeaves(reference, row))
    expect(prediction).toEqual(referencePrediction(reference, row))
    expect([...together.subarray(i * width, (i + 1) * width)]).toEqual(prediction)
    expect(prediction.some(Number.isNaN)).toBe(false)
  })
}

describe.each(fixtureNames)('%s, damaged', (name) => {
  const fixture = readFixture(name)
  const sane = fixture.rows.filter((row) => row.every((x) => !(Math.abs(x) > 1e6))).slice(0, 4)

  it('has rows to ask', () => {
    expect(sane).toHaveLength(4)
  })

  it.each(KINDS)('rejects %s', (kind, damage: Damage) => {
    for (let i = 0; i < PER_KIND; i++) {
      const bytes = damage(fixture.text, seeded(hash(`${name} ${kind} ${i}`)))
      const result = load(bytes)
      if (result instanceof LightgbmError) expectLocated(result)
      else expectRight(result, bytes, sane)
    }
  })
})

function hash(text: string): number {
  let value = 0
  for (const character of text) value = (Math.imul(value, 31) + character.charCodeAt(0)) | 0
  return value
}

/** A change that must be found, and the code it is found by. */
describe('what must be refused', () => {
  const text = readFixture('task8-softmax-cat-nan').text
  const cut = text.indexOf('\nend of trees')

  it.each([...Array(40).keys()])('rejects a file cut off before the end of its trees (%i of 40)', (i) => {
    const at = 1 + Math.floor((cut * (i + 0.5)) / 40)
    const error = load(new TextEncoder().encode(text.slice(0, at)))
    expect(error).toMatchObject({ code: i === 0 ? expect.any(String) : 'truncated' })
  })

  it.each([
    ['a cycle out of the root’s reach', { leftChild: [-1, 2, 1], rightChild: [-2, -3, -4] }, 'left_child'],
    ['a node that is its own child', { leftChild: [1, -1, 2], rightChild: [-2, -3, -4] }, 'left_child'],
    ['the root as a child', { leftChild: [1, 0, -1], rightChild: [2, -2, -3] }, 'left_child'],
    ['a node with two parents', { leftChild: [1, 2, -1], rightChild: [2, -2, -3] }, 'right_child'],
    ['a leaf with two parents', { leftChild: [1, 2, -1], rightChild: [-2, -1, -3] }, 'right_child'],
  ])('rejects %s', (_, children, field) => {
    const tree = {
      leafValue: [1, 2, 3, 4],
      splitFeature: [0, 0, 0],
      threshold: [0, 0, 0],
      decisionType: [2, 2, 2],
    }
    const result = load(
      new TextEncoder().encode(modelText({ trees: [SMALL_TREE, { ...tree, ...children }] })),
    )
    expect(result).toMatchObject({
      code: 'bad_tree_structure',
      field,
      line: field === 'left_child' ? 33 : 34,
    })
  })

  it('walks a chain of 200,000 nodes without a stack', () => {
    const nodes = 200_000
    const range = Array.from({ length: nodes }, (_, i) => i)
    const tree = {
      leafValue: [...range, nodes],
      splitFeature: range.map(() => 0),
      threshold: range.map((i) => i),
      decisionType: range.map(() => 2),
      leftChild: range.map((i) => -i - 1),
      rightChild: range.map((i) => (i + 1 < nodes ? i + 1 : -nodes - 1)),
    }
    const model = parseModel(modelText({ trees: [tree] }))
    const rows = new Float64Array(40).fill(nodes)
    expect([...model.rawScoreRows(rows, 20)]).toEqual(new Array(20).fill(nodes))
  })
})

describe('memory', () => {
  const sizes = { total: 0 }
  afterEach(() => vi.unstubAllGlobals())

  /** Counts what every typed array made from now on takes. */
  function countBytes(): void {
    sizes.total = 0
    for (const name of ['Float64Array', 'Int32Array', 'Uint32Array', 'Uint8Array'] as const) {
      const Original = globalThis[name] as Float64ArrayConstructor
      vi.stubGlobal(
        name,
        class extends Original {
          constructor(length: number) {
            super(length)
            sizes.total += this.byteLength
          }
        },
      )
    }
  }

  it.each([
    'num_leaves',
    'num_cat',
    'num_class',
    'num_tree_per_iteration',
    'max_feature_idx',
    'num_features',
  ])('allocates for an absurd %s no memory beyond the text’s measure', (field) => {
    const more = [
      'is_linear=1',
      'leaf_const=0 0 0',
      'num_features=1 1 1',
      'leaf_features=0 0 0',
      'leaf_coeff=1 1 1',
    ]
    const text = modelText({ trees: [{ ...SMALL_TREE, more }] })
    for (const count of [2_000_000_000, 2_147_483_647, 99_999_999_999]) {
      const bytes = new TextEncoder().encode(
        withSizes(text.replace(new RegExp(`^${field}=\\d+`, 'm'), `${field}=${count}`)),
      )
      countBytes()
      expect(load(bytes)).toBeInstanceOf(LightgbmError)
      expect(sizes.total).toBeLessThan(10 * bytes.length)
    }
  })

  it.each(fixtureNames)('needs for %s less than ten times its file', (name) => {
    const { bytes } = readFixture(name)
    countBytes()
    expect(load(bytes)).not.toBeInstanceOf(LightgbmError)
    expect(sizes.total).toBeGreaterThan(0)
    expect(sizes.total).toBeLessThan(10 * bytes.length)
  })
})
