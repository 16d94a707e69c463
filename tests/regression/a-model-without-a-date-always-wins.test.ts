import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it.each([
  [undefined, 'schema_violation'],
  [null, 'schema_violation'],
  [1_767_225_600, 'schema_violation'],
  ['', 'bad_timestamp'],
  ['yesterday', 'bad_timestamp'],
  ['2026-02-30', 'bad_timestamp'],
])('reports created_at %j as a problem, not "now"', async (created_at, code) => {
  const bundle = await readBundle(writeBundle(scratchDir(), 'run-1', { metadata: { created_at } }))
  expect(bundle.status === 'invalid' && bundle.problems.map((problem) => [problem.code, problem.at])).toEqual(
    [[code, 'created_at']],
  )
  expect(bundle.status === 'invalid' && bundle.partial.createdAt).toBeUndefined()
})
