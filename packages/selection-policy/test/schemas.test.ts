import { readFileSync } from 'node:fs'
import {
  DEFAULT_POLICY,
  POLICY_PRESETS,
  type Policy,
  selectBest,
  selectionReportSchema,
  toReportJson,
} from '@taskclf/selection-policy'
import { describe, expect, it } from 'vitest'
import { makeBundle, makeInvalid, without } from './make-bundle.js'

const schemaFile = (name: string) =>
  JSON.parse(readFileSync(new URL(`../schemas/${name}`, import.meta.url), 'utf8'))

describe('a report as JSON', () => {
  it('contains every stage, absent values as null or left out, and passes its own schema', () => {
    const policy: Policy = {
      ...DEFAULT_POLICY,
      name: 'ours',
      gates: [{ metric: 'latency', min: 0, max: 10 }],
      rank_by: [
        { metric: 'macro_f1', order: 'desc' },
        { metric: 'recall', order: 'desc', optional: true },
      ],
    }
    const bundles = [
      makeBundle('good', { latency: 1 }),
      makeBundle('slow', { latency: 11 }),
      makeBundle('silent'),
      makeBundle('odd', { latency: { p50: [1, null] } }),
      without(makeBundle('unscored', { latency: 1, macr_f1: 0.9 }), 'macro_f1'),
      makeBundle('other', { latency: 1 }, { schema_hash: 'b' }),
      makeBundle('stranger', { latency: 1 }, { schema_hash: 'c' }),
      makeBundle('left', { latency: 1 }),
      makeInvalid('broken'),
    ]
    const requirement = { schemas: [{ hash: 'aaaaaaaaaaaa', version: 'v1' }, { hash: 'b' }] }
    const report = selectBest(bundles, policy, requirement, { withdrawn: ['left'] })
    const json = toReportJson(report)
    expect(selectionReportSchema.parse(JSON.parse(JSON.stringify(json)))).toEqual(json)
    expect(json.ranked).toEqual([
      {
        rank: 1,
        model_id: 'good',
        score: { macro_f1: 0.9, recall: null, model_id: 'good' },
        gates: [{ metric: 'latency', min: 0, max: 10, value: 1, derived: false, passed: true }],
      },
    ])
    const by = Object.fromEntries(json.excluded.map((exclusion) => [exclusion.model_id, exclusion]))
    expect(Object.values(by).map(({ stage }) => stage)).toEqual([
      'gate',
      'gate',
      'gate',
      'metrics',
      'superseded_schema',
      'incompatible',
      'withdrawn',
      'invalid',
    ])
    expect(by.silent?.gates?.[0]).not.toHaveProperty('value')
    expect(by.odd?.reasons[0]).toMatchObject({ code: 'metric_absent', value: { p50: [1, null] } })
    expect(by.unscored?.reasons).toMatchObject([
      { stage: 'metrics', code: 'metric_absent', metric: 'macro_f1', nearest: 'macr_f1' },
    ])
    expect(by.broken).not.toHaveProperty('gates')
    expect(json.policy).toEqual(policy)
    expect(json.requirement).toEqual(requirement)
  })

  it('has no best where none is eligible', () => {
    const report = selectBest([without(makeBundle('a'), 'acceptance_pass')], DEFAULT_POLICY, {
      labelSet: ['A'],
    })
    expect(toReportJson(report)).toMatchObject({ best: null, ranked: [], requirement: { label_set: ['A'] } })
  })
})

it('ships JSON Schemas that name every key', () => {
  const policy = schemaFile('policy.v1.json')
  expect(Object.keys(policy.properties).sort()).toEqual(
    [...Object.keys(DEFAULT_POLICY), 'name', 'extends'].sort(),
  )
  expect(policy.properties.extends.enum).toEqual(Object.keys(POLICY_PRESETS))
  expect(policy.anyOf).toEqual([{ required: ['extends'] }, { required: ['gates', 'rank_by'] }])
  expect(policy.additionalProperties).toBe(false)
  const report = schemaFile('selection-report.v1.json')
  expect(report.required).toEqual(['version', 'best', 'ranked', 'excluded', 'policy', 'requirement'])
})
