import { join } from 'node:path'
import { type Bundle, listBundles } from '@taskclf/registry-core'
import { DEFAULT_POLICY, type Policy, selectBest, UNGATED_POLICY } from '@taskclf/selection-policy'
import { copyDemoModels, copyRegistryModels, metricsOf, scratchDir, writeBundle } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slimmer } from '../src/list/slim-bundle.js'
import { sortBundles } from '../src/list/sort-bundles.js'

async function manyBundles(): Promise<Bundle[]> {
  const root = scratchDir()
  const odd = join(root, 'odd')
  writeBundle(odd, 'dots', {
    metrics: metricsOf({ 'a.b': { 'c.d': 3 }, a: { b: 4 }, 'a.b.c.d': 5 }),
  })
  writeBundle(odd, 'proto', {
    files: { 'metrics.json': '{"macro_f1":0.9,"weighted_f1":0.9,"__proto__":{"x":2}}' },
  })
  writeBundle(odd, 'broken', { files: { 'metrics.json': '{' } })
  writeBundle(odd, 'empty', { files: { 'metadata.json': null, 'metrics.json': null, 'model.txt': null } })
  const dirs = [odd, copyDemoModels(root), copyRegistryModels(join(root, 'registry'))]
  return (await Promise.all(dirs.map((dir) => listBundles(dir)))).flat()
}

const PATHS = [
  'macro_f1',
  'acceptance_pass',
  'per_class.BreakIdle.precision',
  'per_class.Build.support',
  'a.b.c.d',
  'a.b',
  '__proto__.x',
  'absent',
  'confusion_matrix',
]

const policies: fc.Arbitrary<Policy> = fc.record({
  version: fc.constant(1 as const),
  gates: fc.array(fc.record({ metric: fc.constantFrom(...PATHS), min: fc.constantFrom(0, 0.5, 3) }), {
    maxLength: 3,
  }),
  rank_by: fc
    .uniqueArray(fc.constantFrom(...PATHS), { minLength: 1, maxLength: 3 })
    .map((metrics) => metrics.map((metric) => ({ metric, order: 'desc' as const }))),
  min_improvement: fc.constant(0),
  regression_tolerance: fc.constant(0.02),
  same_eval_dataset: fc.constant(false),
})

describe('what a list keeps of a bundle', () => {
  it('is judged as the whole bundle is', async () => {
    const bundles = await manyBundles()
    const hashes = [
      ...new Set(bundles.flatMap((b) => (b.status === 'valid' ? (b.metadata.schema_hash ?? []) : []))),
    ]
    const requirements = fc.record(
      {
        schemas: fc.subarray(hashes, { minLength: 1 }).map((list) => list.map((hash) => ({ hash }))),
        labelSet: fc.constantFrom(['a'], labelsOf(bundles)),
      },
      { requiredKeys: [] },
    )
    const withdrawn = fc.subarray(bundles.map(({ modelId }) => modelId))
    fc.assert(
      fc.property(
        fc.oneof(policies, fc.constantFrom(DEFAULT_POLICY, UNGATED_POLICY)),
        requirements,
        withdrawn,
        (policy, requirement, ids) => {
          const slim = bundles.map(slimmer(policy))
          const [of, ofSlim] = [bundles, slim].map((list) =>
            plain(selectBest(list, policy, requirement, { withdrawn: ids })),
          )
          expect(ofSlim).toEqual(of)
        },
      ),
    )
  })

  it('contains nothing of the rest', async () => {
    const bundles = await manyBundles()
    const [first] = bundles.filter((b) => b.modelId === 'broken').map(slimmer(DEFAULT_POLICY))
    expect(first).toMatchObject({ status: 'invalid', problems: [{ code: 'malformed_json' }] })
    for (const bundle of bundles.map(slimmer(DEFAULT_POLICY))) {
      if (bundle.status !== 'valid') continue
      expect(bundle.metrics.confusion_matrix).toBeUndefined()
      expect(bundle.metadata.params).toBeUndefined()
    }
  })
})

describe('the order of a list', () => {
  it.each(['macro_f1', 'weighted_f1', 'created_at'] as const)(
    'puts what has no value last by %s',
    async (by) => {
      const bundles = await manyBundles()
      const sorted = sortBundles([...bundles].reverse(), by)
      expect(sorted).toEqual(sortBundles(bundles, by))
      const values = sorted.map((bundle) =>
        bundle.status !== 'valid'
          ? (by === 'created_at' && bundle.partial.createdAt?.epochMicros) || undefined
          : by === 'created_at'
            ? bundle.createdAt.epochMicros
            : bundle.metrics[by],
      )
      const known = values.filter((value) => value !== undefined)
      expect(values.slice(0, known.length)).toEqual(known)
      for (const [i, value] of known.entries()) if (i > 0) expect((known[i - 1] ?? 0) >= value).toBe(true)
    },
  )
})

function labelsOf(list: readonly Bundle[]): string[] {
  for (const bundle of list)
    if (bundle.status === 'valid' && bundle.metadata.label_set) return bundle.metadata.label_set
  return []
}

/** A report without the bundles themselves. */
function plain({ best, ranked, excluded }: ReturnType<typeof selectBest>): unknown {
  return {
    best: best?.bundle.modelId,
    ranked: ranked.map(({ bundle, ...rest }) => [bundle.modelId, rest]),
    excluded: excluded.map(({ bundle: _, ...rest }) => rest),
  }
}
