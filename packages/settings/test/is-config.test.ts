import { changedDocument } from '@taskclf/test-kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { configSchema } from '../src/config-schema.js'
import { isConfig } from '../src/is-config.js'

const EVERYTHING = {
  $schema: 'config.v1.json',
  version: 1,
  models_dir: 'models',
  schemas: [{ hash: 'a', version: 'v3' }, { hash: 'b' }],
  feature_schema: 'features.json',
  label_set: ['A', 'B'],
  policy: { gates: [] },
  runs_dir: 'runs',
  profiles: { nightly: { command: 'python' } },
  cadence: '36h',
  python_interop: true,
  actor: 'ci',
  checks: 'required',
  models: {
    churn: { models_dir: 'churn', schemas: [{ hash: 'a' }], cadence: 'daily' },
    upsell: { models_dir: 'upsell' },
  },
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, '', 'a', 'daily', '7d', '7y', 'if_possible', 0, 1, 2),
  fc.constantFrom([], ['a'], [''], [{ hash: 'a' }], [{ version: 'a' }], {}, { a: {} }, { a: 1 }),
)

it('accepts of a configuration what its schema accepts', () => {
  const { schemas: _, ...rest } = EVERYTHING
  for (const config of [{}, EVERYTHING, { ...rest, schema_hash: 'a' }]) expect(isConfig(config)).toBe(true)
  const any = fc.oneof(
    changedDocument(EVERYTHING, odd),
    changedDocument({ ...EVERYTHING, schema_hash: 'a' }, odd),
    changedDocument({ ...rest, schema_hash: 'a' }, odd),
  )
  fc.assert(
    fc.property(any, (value) => {
      const parsed = configSchema.safeParse(value)
      expect(isConfig(value)).toBe(parsed.success)
      if (parsed.success) expect(parsed.data).toEqual(value)
    }),
    { numRuns: 3000 },
  )
})
