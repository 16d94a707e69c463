import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const read = (macroF1: string) =>
  readBundle(
    writeBundle(scratchDir(), 'run-1', {
      files: { 'metrics.json': `{"macro_f1": ${macroF1}, "weighted_f1": 0.5}` },
    }),
  )

it.each(['NaN', 'Infinity', '-Infinity'])('rejects %s, which is not JSON', async (text) => {
  const bundle = await read(text)
  expect(bundle.status === 'invalid' && bundle.problems.map((problem) => problem.code)).toEqual([
    'malformed_json',
  ])
})

it.each(['999', '-3', '1.0001', '-0.0001', '1e400', '"0.5"', '" 0.7 "', 'true', 'null', '[0.5]'])(
  'rejects %s as a score',
  async (text) => {
    const bundle = await read(text)
    expect(
      bundle.status === 'invalid' && bundle.problems.map((problem) => [problem.code, problem.at]),
    ).toEqual([['schema_violation', 'macro_f1']])
  },
)

it('does not accept a second macro_f1 behind a modest first one', async () => {
  const bundle = await read('0.1, "macro_f1": 0.99')
  expect(bundle.status === 'invalid' && bundle.problems.map((problem) => problem.code)).toEqual([
    'duplicate_key',
  ])
})

it.each(['0', '1', '0.5', '1e-2'])('accepts %s as a score', async (text) => {
  expect((await read(text)).status).toBe('valid')
})
