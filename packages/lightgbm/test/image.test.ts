import {
  LightgbmError,
  type LightgbmModel,
  modelFromImage,
  parseModel,
  parseModelImage,
} from '@taskclf/lightgbm'
import { parseModelInWorker } from '@taskclf/lightgbm/worker'
import { describe, expect, it } from 'vitest'
import { fixtureNames, readFixture } from './fixtures.js'

/** Everything that a model says of rows, to the last bit. */
function answers(model: LightgbmModel, rows: number[][]) {
  const { rawScoreRows, predictRows, leafIndexRows, predictRow, objective, ...facts } = model
  const flat = Float64Array.from(rows.flat())
  const data = Object.fromEntries(Object.entries(facts).filter(([, value]) => typeof value !== 'function'))
  return {
    data,
    objective,
    raw: Buffer.from(rawScoreRows(flat, rows.length).buffer).toString('hex'),
    predicted: Buffer.from(predictRows(flat, rows.length).buffer).toString('hex'),
    single: rows.slice(0, 5).map((row) => Array.from(predictRow(row))),
    leaves: Array.from(leafIndexRows(flat, rows.length)),
  }
}

async function refusal(parse: () => unknown): Promise<LightgbmError> {
  try {
    await parse()
  } catch (error) {
    if (error instanceof LightgbmError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('an image, and a worker,', () => {
  it.each(fixtureNames)('gives the very model of %s', async (name) => {
    const { bytes, rows } = readFixture(name)
    const expected = answers(parseModel(bytes), rows)
    expect(answers(modelFromImage(structuredClone(parseModelImage(bytes))), rows)).toEqual(expected)
    expect(answers(await parseModelInWorker(bytes), rows)).toEqual(expected)
    // The bytes are still the caller's.
    expect(bytes.length).toBeGreaterThan(0)
  })

  it('refuses alike what cannot be read', async () => {
    const { bytes } = readFixture(fixtureNames[0] as string)
    const half = bytes.subarray(0, bytes.length / 2)
    const here = await refusal(() => parseModel(half))
    const there = await refusal(() => parseModelInWorker(half))
    const facts = ({ code, message, line, field }: LightgbmError) => ({ code, message, line, field })
    expect(facts(there)).toEqual(facts(here))
    expect(there).toBeInstanceOf(LightgbmError)
  })
})

it('refuses an image of another version', async () => {
  const { bytes } = readFixture(fixtureNames[0] as string)
  const image = { ...parseModelImage(bytes), format: 'other' } as unknown as ReturnType<
    typeof parseModelImage
  >
  expect((await refusal(() => modelFromImage(image))).code).toBe('bad_header')
})

it('ends a worker with the signal', async () => {
  const { bytes } = readFixture('digits-softmax-gbdt')
  const reason = new Error('enough')
  const before = AbortSignal.abort(reason)
  await expect(parseModelInWorker(bytes, { signal: before })).rejects.toBe(reason)
  const aborter = new AbortController()
  const parsed = parseModelInWorker(bytes, { signal: aborter.signal })
  setTimeout(() => aborter.abort(reason), 5)
  await expect(parsed).rejects.toBe(reason)
})
