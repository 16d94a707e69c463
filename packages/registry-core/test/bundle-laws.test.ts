import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { whyUnusableName } from '../src/format/bundle-names.js'
import { findInMetrics } from '../src/format/document-shapes.js'
import { withinBounds } from '../src/format/within-bounds.js'
import { listBundles, listStrangers } from '../src/index.js'

/** Finite numbers that the text of a document has outside its texts. */
const numbersIn = (json: string) =>
  json.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d+(\.\d+)?(e[+-]?\d+)?/gi)

describe('metrics', () => {
  it('accepts a finite number anywhere, under whatever keys', () => {
    const document = fc.object({
      key: fc.constantFrom('auc', 'rmse', 'eval', 'by_region', 'note', 'x.y'),
      values: [fc.constant(null), fc.boolean(), fc.string(), fc.double({ noNaN: true }), fc.constant([[]])],
      maxDepth: 3,
    })
    fc.assert(
      fc.property(document, (metrics) => {
        // As read from a file: an infinite number is null there.
        const json = JSON.stringify(metrics)
        const found = findInMetrics(JSON.parse(json))
        expect(found.length === 0).toBe(numbersIn(json) !== null)
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps known fractions between the bounds, and takes what misses one by rounding as the bound', () => {
    const key = fc.constantFrom('macro_f1', 'weighted_f1', 'breakidle_precision', 'min_class_precision')
    const value = fc.oneof(
      fc.double({ min: -2e-9, max: 2e-9, noNaN: true }),
      fc.double({ min: 1 - 2e-9, max: 1 + 2e-9, noNaN: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    )
    fc.assert(
      fc.property(key, value, (name, number) => {
        const isNear = number >= -1e-9 && number <= 1 + 1e-9
        expect(findInMetrics({ [name]: number }).length === 0).toBe(isNear)
        // Zero is zero, of whatever sign.
        if (isNear)
          expect(withinBounds({ [name]: number })[name] === Math.min(1, Math.max(0, number))).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})

const PARTS = [
  'metadata.json',
  'metrics.json',
  'manifest.json',
  'model.txt',
  'model.onnx',
  'notes.md',
  'x.txt',
]

describe('a directory of a models dir', () => {
  it('is listed as a bundle or is a stranger, never both and never neither', async () => {
    const root = scratchDir()
    await fc.assert(
      fc.asyncProperty(fc.subarray(PARTS), async (files) => {
        const models = mkdtempSync(join(root, 'models-'))
        mkdirSync(join(models, 'entry'))
        for (const file of files) writeFileSync(join(models, 'entry', file), '{}')
        const listed = (await listBundles(models)).map(({ modelId }) => modelId)
        const hasAny = files.some((file) => !['notes.md', 'x.txt'].includes(file))
        expect([listed, listStrangers(models)]).toEqual(hasAny ? [['entry'], []] : [[], ['entry']])
      }),
      { numRuns: 60 },
    )
  })

  it('is unusable exactly under a name that no bundle can have', async () => {
    const root = scratchDir()
    const owned = fc.constantFrom(
      ...['active.json', 'Active.JSON', 'active_history.jsonl', 'index.json', 'inference_policy.json'],
      ...[
        'traffic.json',
        'traffic-1.json.tmp',
        'channel-eu.json',
        'channel.json',
        'active.json5',
        'traffics',
      ],
    )
    const free = fc.stringMatching(/^[a-z\\ äj.-]{1,6}$/).filter((name) => !name.startsWith('.'))
    await fc.assert(
      fc.asyncProperty(fc.oneof(owned, free), async (name) => {
        const models = mkdtempSync(join(root, 'models-'))
        writeBundle(models, name)
        const [bundle] = await listBundles(models)
        const codes = bundle?.status === 'invalid' ? bundle.problems.map(({ code }) => code) : []
        expect([bundle?.modelId, codes]).toEqual([
          name,
          whyUnusableName(name) === undefined ? [] : ['unusable_name'],
        ])
      }),
      { numRuns: 60 },
    )
  })
})
