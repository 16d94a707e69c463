import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  findInEncoders,
  findInFeatureSchema,
  findInManifest,
  findInMetadata,
  findInMetrics,
  findInSelfTest,
  METADATA_KEYS,
  METRICS_KEYS,
} from '../src/format/document-shapes.js'
import { categoricalEncodersSchema } from '../src/format/encoders.js'
import { featureSchemaSchema } from '../src/format/feature-schema-file.js'
import { bundleManifestSchema } from '../src/format/manifest.js'
import { bundleMetadataSchema } from '../src/format/metadata.js'
import { bundleMetricsSchema } from '../src/format/metrics.js'
import { selfTestSchema } from '../src/format/self-test.js'
import type { Find } from '../src/format/shape.js'

/** What the published schema finds: the oracle. Of a list where a text should be zod also says that it is empty. */
function bySchema(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value)
  const found = (error?.issues ?? []).map(({ path, message }) => ({ path, message }))
  return found.filter(
    ({ path, message }, i) => message !== 'must not be empty' || !isDeepStrictEqual(found[i - 1]?.path, path),
  )
}

const byHand = (find: Find, value: unknown) => find(value).map(({ path, message }) => ({ path, message }))

const texts = fc.constantFrom(
  '',
  'a',
  'b',
  'BreakIdle',
  'Größe',
  '\ud800',
  '.hidden',
  'a/b',
  '2026-01-01',
  '__proto__',
)
const numbers = fc.constantFrom(0, -0, 1, 0.5, -0.1, 1.5, 3, -1, 2 ** 53, Infinity, -Infinity, NaN)
const digest = fc.constantFrom('0'.repeat(64), 'F'.repeat(64), 'f'.repeat(63))
const labels = fc.array(texts, { maxLength: 4 })
const row = fc.array(numbers, { maxLength: 3 })
const matrix = fc.oneof(
  fc.array(row, { maxLength: 3 }),
  fc.array(fc.array(fc.constantFrom(0, 1, 7), { minLength: 2, maxLength: 2 }), {
    minLength: 2,
    maxLength: 2,
  }),
  fc.constant(Array.from({ length: 30 }, () => [1])),
)
const classes = fc.dictionary(
  texts,
  fc.oneof(
    texts,
    fc.record({ precision: numbers, recall: numbers, f1: numbers, support: numbers }, { requiredKeys: [] }),
  ),
)
const anything = fc.oneof(
  texts,
  numbers,
  fc.constantFrom(null, true, false, 'real', 'nan'),
  labels,
  fc.object({ maxDepth: 1 }),
)

/** Documents most of whose members are right, so that one wrong member meets others that are right. */
function document(
  members: Record<string, fc.Arbitrary<unknown>>,
  required: string[] = [],
): fc.Arbitrary<unknown> {
  const mixed = Object.entries(members).map(
    ([key, likely]) =>
      [key, fc.oneof({ weight: 12, arbitrary: likely }, { weight: 1, arbitrary: anything })] as const,
  )
  const shape: Record<string, fc.Arbitrary<unknown>> = { ...Object.fromEntries(mixed), unknown_key: anything }
  const object = fc.record(shape, { requiredKeys: required })
  return fc.oneof({ weight: 30, arbitrary: object }, { weight: 1, arbitrary: anything })
}

const text = fc.constantFrom('a', 'b', 'ü')
const good = fc.constantFrom(0, 0.25, 1)
const goodLabels = fc.constantFrom(
  ['a', 'b'],
  ['b'],
  Array.from({ length: 40 }, (_, i) => `label-${i}`),
)
const CASES: [string, z.ZodType, Find, fc.Arbitrary<unknown>][] = [
  [
    'metadata',
    bundleMetadataSchema,
    findInMetadata,
    document({
      model_id: text,
      created_at: texts,
      schema_hash: text,
      schema_version: text,
      label_set: fc.oneof(goodLabels, labels, fc.constant(Array(40).fill('a'))),
      train_range: fc.record({ from: texts, to: text }, { requiredKeys: [] }),
      train_date_from: text,
      params: fc.object({ maxDepth: 1 }),
      reject_threshold: fc.oneof(good, fc.constant(null)),
      reject_label: text,
      data_provenance: fc.constantFrom('real', 'synthetic', 'mixed', 'unreal'),
      artifacts: fc.array(fc.constantFrom('model.txt', 'model.onnx', '.x', 'a/b', 'c\\d', ''), {
        maxLength: 3,
      }),
      preprocessing: fc.record(
        { missing_numeric: fc.constantFrom('nan', 'zero', 'mean') },
        { requiredKeys: [] },
      ),
      task: fc.constantFrom('classification', 'regression', 'scores', 'ranking'),
      description: text,
      tags: fc.oneof(
        labels,
        goodLabels,
        fc.constantFrom(
          Array(30).fill(''),
          Array.from({ length: 10_001 }, () => 'a'),
        ),
      ),
      source: fc.record(
        { path: texts, run: text, registry: text, model_id: text, more: anything },
        { requiredKeys: [] },
      ),
    }),
  ],
  [
    'metrics',
    bundleMetricsSchema,
    findInMetrics,
    document(
      {
        macro_f1: good,
        weighted_f1: good,
        acceptance_pass: fc.boolean(),
        breakidle_precision: good,
        min_class_precision: good,
        confusion_matrix: matrix,
        label_names: goodLabels,
        per_class: classes,
        acceptance_checks: fc.dictionary(texts, fc.oneof(fc.boolean(), anything)),
        eval_dataset_id: text,
        created_at: text,
      },
      ['macro_f1', 'weighted_f1'],
    ),
  ],
  [
    'encoders',
    categoricalEncodersSchema,
    findInEncoders,
    fc.dictionary(texts, fc.oneof(labels, goodLabels, anything)),
  ],
  [
    'manifest',
    bundleManifestSchema,
    findInManifest,
    document({
      version: fc.constantFrom(1, 1, 2),
      files: fc.dictionary(
        fc.constantFrom('model.txt', 'a/b', '../x', '', 'a\\b'),
        fc.oneof(anything, fc.record({ sha256: digest, size: numbers }, { requiredKeys: [] })),
      ),
    }),
  ],
  [
    'self-test',
    selfTestSchema,
    findInSelfTest,
    document({
      version: fc.constantFrom(1, 1, 1, '1'),
      rows: fc.array(
        fc.oneof({ weight: 5, arbitrary: fc.dictionary(text, good) }, { weight: 1, arbitrary: anything }),
        { maxLength: 3 },
      ),
      expected: fc.array(fc.oneof({ weight: 5, arbitrary: fc.array(good) }, { weight: 1, arbitrary: row }), {
        maxLength: 3,
      }),
      tolerance: fc.oneof(good, numbers),
      labels: fc.option(fc.oneof(fc.array(text, { maxLength: 3 }), anything), { nil: undefined }),
    }),
  ],
  [
    'feature schema',
    featureSchemaSchema,
    findInFeatureSchema,
    document({
      version: text,
      columns: fc.array(fc.array(texts, { maxLength: 3 }), { maxLength: 3 }),
      schema_hash: text,
    }),
  ],
]

describe('the check of shapes by our own code', () => {
  it.each(CASES)('finds in %s what the schema finds, word for word', (_, schema, find, arbitrary) => {
    let fits = 0
    fc.assert(
      fc.property(arbitrary, (value) => {
        const found = byHand(find, value)
        expect(found).toEqual(bySchema(schema, value))
        if (found.length === 0) fits++
      }),
      { numRuns: 1500 },
    )
    expect(fits).toBeGreaterThan(5)
  })

  it.each([50, 10_001])('checks encoders of %i columns', (count) => {
    // More bad ones than are told of, and more than are looked at.
    const value = Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, i]))
    expect(byHand(findInEncoders, value)).toEqual(bySchema(categoricalEncodersSchema, value))
  })
})

it.each([
  ['metadata', METADATA_KEYS, bundleMetadataSchema],
  ['metrics', METRICS_KEYS, bundleMetricsSchema],
] as const)('names the keys of the published schema of %s', (_, keys, schema) => {
  expect([...keys].sort()).toEqual(Object.keys(schema.shape).sort())
})
