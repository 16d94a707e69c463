import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { LightgbmError, parseModel, readImportance } from '@taskclf/lightgbm'
import { describe, expect, it } from 'vitest'
import { fixtureNames, readFixture } from './fixtures.js'
import { modelText, SMALL_TREE } from './model-text.js'

interface Golden {
  width: number
  rows_sha256: string
  sha256: string
  first_rows: string
  refused?: string
  importance: { split: number[]; gain: number[] }
}

/** What LightGBM 4.7.0 answers; written by contributions/make.py. */
const golden = JSON.parse(readFileSync(new URL('contributions/golden.json', import.meta.url), 'utf8')) as {
  models: Record<string, Golden>
}
const ROWS = 200
const HOSTILE = [NaN, 0, -0, Infinity, -Infinity, 1e-36, -1.1e-35, 99999, -7, 2147483648]

/** The rows of make.py. */
function hostileRows(rows: number[][]): Float64Array {
  let state = 20261128
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  const value = (original: number) =>
    random() < 0.2 ? (HOSTILE[Math.floor(random() * HOSTILE.length)] as number) : original
  return Float64Array.from(
    Array.from({ length: ROWS }, (_, i) => (rows[i % rows.length] as number[]).map(value)).flat(),
  )
}

const sha256 = (numbers: Float64Array) =>
  createHash('sha256').update(new Uint8Array(numbers.buffer)).digest('hex')

function codeOf(work: () => unknown): string {
  try {
    work()
    return 'answered'
  } catch (error) {
    if (error instanceof LightgbmError) return error.code
    throw error
  }
}

const entries = Object.entries(golden.models)
const answered = entries.filter(([, { refused }]) => refused === undefined)

it('has an answer of LightGBM for each model', () => {
  expect(entries.map(([name]) => name).sort()).toEqual([...fixtureNames].sort())
})

describe.each(answered)(
  'contributions of %s',
  (name, { width, rows_sha256, sha256: expected, first_rows }) => {
    const fixture = readFixture(name)
    const model = parseModel(fixture.bytes)
    const rows = hostileRows(fixture.rows)
    const all = model.contributionsRows(rows, ROWS)

    it('gives LightGBM’s own, bit for bit', () => {
      expect(sha256(rows)).toBe(rows_sha256)
      const bytes = Buffer.from(first_rows, 'base64')
      const first = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
      expect(all).toHaveLength(ROWS * width)
      expect([...all.subarray(0, first.length)]).toEqual([...first])
      expect(sha256(all)).toBe(expected)
    })

    it('gives the same of one row', () => {
      const { numFeatures } = model
      for (let i = 0; i < 20; i++) {
        const row = rows.subarray(i * numFeatures, (i + 1) * numFeatures)
        expect([...model.contributions(row)]).toEqual([...all.subarray(i * width, (i + 1) * width)])
      }
    })

    it('adds up to the raw score', () => {
      const scores = model.rawScoreRows(rows, ROWS)
      const each = model.numFeatures + 1
      scores.forEach((score, i) => {
        const parts = all.subarray(i * each, (i + 1) * each)
        const sum = parts.reduce((total, part) => total + part, 0)
        const size = parts.reduce((total, part) => total + Math.abs(part), 0)
        expect(Math.abs(sum - score)).toBeLessThanOrEqual(1e-12 * Math.max(size, Math.abs(score)))
      })
    })
  },
)

it.each(entries)('reads the importance of the features of %s as LightGBM does', (name, { importance }) => {
  const { bytes } = readFixture(name)
  const { featureNames, split, gain } = readImportance(bytes)
  expect(featureNames).toEqual(parseModel(bytes).featureNames)
  expect({ split: [...split], gain: [...gain] }).toEqual(importance)
})

it('refuses to read importances that are not in the file', () => {
  const text = modelText({ trees: [SMALL_TREE] }).replace(/^(split_gain|tree_sizes)=.*\n/gm, '')
  expect(codeOf(() => parseModel(text))).toBe('answered')
  expect(codeOf(() => readImportance(text))).toBe('missing_field')
})

it('refuses contributions of linear leaves, as LightGBM does', () => {
  expect(golden.models['linear-tree']?.refused).toContain('not implemented for linear trees')
  const { bytes, rows } = readFixture('linear-tree')
  const { contributions, predictRow } = parseModel(bytes)
  expect(codeOf(() => contributions(rows[0] as number[]))).toBe('no_contributions')
  expect(codeOf(() => predictRow(rows[0] as number[]))).toBe('answered')
})

describe('a model that does not say how many rows reached its nodes', () => {
  const more = ['leaf_count=6 3 1', 'internal_count=10 9']
  const textWith = (lines: string[]) =>
    modelText({ trees: [{ ...SMALL_TREE, more: lines }, { leafValue: [7] }] })

  it('gives contributions where both counts are there', () => {
    const { contributions, rawScoreRow } = parseModel(textWith(more))
    const sum = contributions([1, 1]).reduce((total, part) => total + part, 0)
    expect(sum).toBeCloseTo(rawScoreRow([1, 1])[0] as number, 12)
  })

  it.each([
    ['no counts', []],
    ['no counts of nodes', more.slice(0, 1)],
    ['no counts of leaves', more.slice(1)],
    ['too few counts', ['leaf_count=6 3', 'internal_count=10 9']],
    ['counts that are no numbers', ['leaf_count=6 3 x', 'internal_count=10 9']],
    ['a count below zero', ['leaf_count=6 3 1', 'internal_count=10 -9']],
    ['a leaf without rows', ['leaf_count=6 3 0', 'internal_count=10 9']],
  ])('predicts with %s, and refuses contributions', (_, lines) => {
    const { contributions, contributionsRows, rawScoreRow } = parseModel(textWith(lines))
    expect(rawScoreRow([1, 1])).toHaveLength(1)
    expect(codeOf(() => contributions([1, 1]))).toBe('no_contributions')
    expect(codeOf(() => contributionsRows(Float64Array.of(1, 1), 1))).toBe('no_contributions')
  })

  it('needs none of trees of one leaf', () => {
    const text = modelText({ trees: [{ leafValue: [7] }, { leafValue: [-2] }] })
    expect([...parseModel(text).contributions([1, 1])]).toEqual([0, 0, 5])
  })
})

it('refuses rows and arrays of another length', () => {
  const { contributions, contributionsRows } = parseModel(modelText({ trees: [{ leafValue: [7] }] }))
  expect(codeOf(() => contributions([1]))).toBe('bad_row')
  expect(codeOf(() => contributionsRows(Float64Array.of(1), 1))).toBe('bad_row')
  expect(codeOf(() => contributions([1, 1], new Float64Array(2)))).toBe('bad_output')
  const out = new Float64Array(4).fill(9)
  expect(contributions([1, 1], out)).toBe(out)
  expect([...out]).toEqual([0, 0, 7, 9])
})
