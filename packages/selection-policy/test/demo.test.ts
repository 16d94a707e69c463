import { join } from 'node:path'
import { computeSchemaHash, RegistryError, readFeatureSchema } from '@taskclf/registry-core'
import {
  DEFAULT_POLICY,
  selectionReportSchema,
  toReportJson,
  UNGATED_POLICY,
} from '@taskclf/selection-policy'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { find } from './find.js'

const FEATURE_SCHEMA = join(demoDir, 'feature-schema.json')

describe('the demo registry', () => {
  it('gives the documented table under the default policy and its feature schema', async () => {
    const { hash, columns } = await readFeatureSchema(FEATURE_SCHEMA)
    expect(hash).toBe('8776f20dbb8f')
    expect(computeSchemaHash(columns)).toBe(hash)
    const report = await find(copyDemoModels(scratchDir()), DEFAULT_POLICY, { schemas: [{ hash }] })
    expect(report.ranked.map(({ bundle, score }) => [bundle.modelId, score.keys[0]?.value])).toEqual([
      ['2026-03-02_031009_run-8935', 0.9071],
      ['2026-02-16_031012_run-2286', 0.8871],
      ['2026-01-19_031044_run-0409', 0.8543],
    ])
    const told = report.excluded.map(({ modelId, stage, reasons }) => [
      modelId,
      stage,
      reasons.map(({ code, metric, value, shortfall }) => [code, metric, value, shortfall]),
    ])
    expect(told).toEqual([
      [
        '2026-01-05_031007_run-1824',
        'gate',
        [
          ['not_equal', 'acceptance_pass', false, undefined],
          ['below_min', 'breakidle_precision', 0.9026, '0.0474'],
          ['below_min', 'min_class_precision', 0.4667, '0.0333'],
        ],
      ],
      [
        '2026-02-02_030958_run-4012',
        'gate',
        [
          ['not_equal', 'acceptance_pass', false, undefined],
          ['below_min', 'breakidle_precision', 0.7647, '0.1853'],
        ],
      ],
      [
        '2026-03-16_031027_run-9674',
        'incompatible',
        [['schema_hash_mismatch', undefined, undefined, undefined]],
      ],
      ['2026-03-30_031401_run-0520', 'gate', [['not_equal', 'acceptance_pass', false, undefined]]],
    ])
  })

  it('makes a report that its schema takes, in snake_case, without bundles in it', async () => {
    const models = copyDemoModels(scratchDir())
    const requirement = { schemas: [{ hash: '8776f20dbb8f', version: 'v1' }], labelSet: ['BreakIdle'] }
    for (const report of [await find(models), await find(models, UNGATED_POLICY, requirement)]) {
      const json = toReportJson(report)
      const text = JSON.stringify(json)
      expect(selectionReportSchema.parse(JSON.parse(text))).toEqual(json)
      expect(text).not.toContain(models)
      expect(json.ranked.length + json.excluded.length).toBe(7)
    }
    const report = toReportJson(
      await find(models, DEFAULT_POLICY, {}, { withdrawn: ['2026-03-02_031009_run-8935'] }),
    )
    expect(report.best).toBe('2026-03-16_031027_run-9674')
    expect(report.ranked[0]).toMatchObject({
      rank: 1,
      score: { macro_f1: 0.9068, created_at: expect.any(String), model_id: report.best },
      gates: [{ metric: 'acceptance_pass', equals: true, value: true, passed: true }, {}, {}],
    })
    expect(report.requirement).toEqual({})
  })

  it('finds the best through the index or without it', async () => {
    const models = copyDemoModels(scratchDir())
    const [withIndex, without] = [
      await find(models, DEFAULT_POLICY, {}, { useIndex: true }),
      await find(models, DEFAULT_POLICY, {}, { useIndex: false }),
    ]
    expect(toReportJson(withIndex)).toEqual(toReportJson(without))
  })
})

it('says when there is no models dir', async () => {
  const error = await find(join(scratchDir(), 'none')).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(RegistryError)
  expect(error).toMatchObject({ code: 'models_dir_missing' })
})
