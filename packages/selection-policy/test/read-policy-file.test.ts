import { changedDocument } from '@taskclf/test-kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parsePolicy } from '../src/index.js'
import { policyFileSchema, policySchema } from '../src/policy-schema.js'
import type { Fields } from '../src/raw-policy.js'
import { completePolicy, isPolicyFile } from '../src/read-policy-file.js'

const WHOLE = {
  version: 1,
  name: 'ours',
  gates: [
    { equals: true, metric: 'acceptance_pass' },
    { max: 1, min: 0.5, metric: 'macro_f1' },
    { metric: 'latency', max: 9 },
  ],
  rank_by: [
    { order: 'desc', metric: 'macro_f1', optional: false },
    { metric: 'latency', order: 'asc', optional: true },
    { field: 'created_at', order: 'desc' },
  ],
  min_improvement: 0.01,
  regression_tolerance: 0.02,
  same_eval_dataset: true,
}
const FILES = [
  WHOLE,
  { extends: 'default', min_improvement: 0.01 },
  { gates: [], rank_by: [{ field: 'model_id', order: 'asc' }] },
]

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, '', 'a', 'asc', 'latest', 'toString', 'x'.repeat(201)),
  fc.constantFrom(0, -0, 1, 2, -1, Infinity, NaN),
  fc.constantFrom(
    [],
    {},
    [{ metric: 'a', min: 0 }],
    [{ metric: 'a', order: 'asc' }],
    [{ field: 'model_id' }],
  ),
)
const any = fc.oneof(...FILES.map((file) => changedDocument(file, odd)))

it('accepts of a policy file what its schema accepts', () => {
  for (const file of FILES) expect(isPolicyFile(file)).toBe(true)
  fc.assert(
    fc.property(any, (value) => {
      expect(isPolicyFile(value as Fields)).toBe(policyFileSchema.safeParse(value).success)
    }),
    { numRuns: 3000 },
  )
})

it('makes of a policy what its schema makes of it, key by key', () => {
  fc.assert(
    fc.property(any, (value) => {
      const parsed = policySchema.safeParse(value)
      if (!parsed.success || !isPolicyFile(value as Fields)) return
      expect(JSON.stringify(completePolicy(value as Fields))).toBe(JSON.stringify(parsed.data))
    }),
    { numRuns: 3000 },
  )
  const parsed = parsePolicy(WHOLE)
  expect(parsed.ok && JSON.stringify(parsed.policy)).toBe(JSON.stringify(policySchema.parse(WHOLE)))
})
