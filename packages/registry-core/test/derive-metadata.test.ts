import { describe, expect, it } from 'vitest'
import { deriveMetadata } from '../src/format/derive-metadata.js'
import type { BundleMetadata, BundleMetrics } from '../src/index.js'
import { sha256 } from '../src/local/sha256.js'

const STATED = { created_at: '2026-03-01T00:00:00Z', schema_hash: 'h', schema_version: 'v1' }
const derive = (metadata: object, metrics: object = {}) =>
  deriveMetadata({ ...STATED, ...metadata } as BundleMetadata, metrics as BundleMetrics, sha256)
const codes = (metadata: object, metrics: object = {}) =>
  derive(metadata, metrics).warnings.map(({ code, at }) => `${code} ${at}`)

describe('deriveMetadata', () => {
  it('fills in nothing of nothing', () => {
    const stated = { ...STATED } as BundleMetadata
    const { metadata, derived, warnings } = deriveMetadata(stated, {} as BundleMetrics, sha256)
    expect([metadata, derived, warnings]).toEqual([STATED, [], []])
    expect(metadata).not.toBe(stated)
  })

  it('takes the labels of the metrics where it states none', () => {
    const { metadata, derived } = derive({}, { label_names: ['b', 'a'] })
    expect([metadata.label_set, derived]).toEqual([
      ['b', 'a'],
      ['label_set', 'task'],
    ])
  })

  it.each<[string, object, object, string | undefined, string[]]>([
    ['labels that are stated', { label_set: ['a'] }, {}, 'classification', ['task']],
    ['labels of the metrics', {}, { label_names: ['a'] }, 'classification', ['label_set', 'task']],
    ['no labels', { params: {}, params_hash: 'x' }, { rmse: 3 }, undefined, []],
  ])('derives the task of %s', (_, metadata, metrics, task, names) => {
    const found = derive(metadata, metrics)
    expect([found.metadata.task, found.derived]).toEqual([task, names])
    expect(Object.hasOwn(found.metadata, 'task')).toBe(task !== undefined)
  })

  it('keeps a task that is stated, and warns of a regressor with labels', () => {
    const labels = { label_set: ['a', 'b'] }
    for (const task of ['classification', 'regression', 'scores'])
      expect(derive({ ...labels, task })).toMatchObject({ metadata: { task }, derived: [] })
    expect(codes({ ...labels, task: 'regression' })).toEqual(['task_differs task'])
    expect(codes({ task: 'regression' }, { label_names: ['a', 'b'] })).toEqual(['task_differs task'])
    expect(codes({ task: 'regression' })).toEqual([])
    expect(codes({ ...labels, task: 'scores' })).toEqual([])
  })

  it.each<[string[], string[], string[]]>([
    [['a', 'b'], ['a', 'b'], []],
    [['a', 'b'], ['b', 'a'], ['label_order_differs label_set']],
    [['a', 'b'], ['a', 'c'], ['label_set_differs label_set']],
    [['a', 'b'], ['c', 'd'], ['label_set_differs label_set']],
    [['a', 'b'], ['a'], ['label_set_differs label_set']],
    [['a'], ['a', 'b'], ['label_set_differs label_set']],
  ])('compares its labels %j with %j of the metrics', (label_set, label_names, expected) => {
    const { metadata, derived } = derive({ label_set }, { label_names })
    expect([metadata.label_set, derived]).toEqual([label_set, ['task']])
    expect(codes({ label_set }, { label_names })).toEqual(expected)
    expect(codes({ label_set }, {})).toEqual([])
  })

  it('makes a range of two dates, and warns of another one', () => {
    const dates = { train_date_from: '2026-01-01', train_date_to: '2026-02-01' }
    const range = { from: '2026-01-01', to: '2026-02-01' }
    expect(derive(dates)).toMatchObject({ metadata: { train_range: range }, derived: ['train_range'] })
    for (const half of [{ train_date_from: '2026-01-01' }, { train_date_to: '2026-02-01' }])
      expect(derive(half)).toEqual({ metadata: { ...STATED, ...half }, derived: [], warnings: [] })
    expect(codes({ ...dates, train_range: range })).toEqual([])
    for (const other of [{ from: '2026-01-02' }, { to: '2026-02-02' }])
      expect(codes({ ...dates, train_range: { ...range, ...other } })).toEqual([
        'train_range_differs train_range',
      ])
  })

  it('hashes parameters where it can, and says why where it cannot', () => {
    expect(derive({ params: { a: 1 } })).toMatchObject({ derived: ['params_hash'], warnings: [] })
    expect(derive({ params: { a: 1 }, params_hash: 'x' })).toMatchObject({
      derived: [],
      metadata: { params_hash: 'x' },
    })
    const odd = derive({ params: { far: Number.POSITIVE_INFINITY } })
    expect([odd.derived, Object.hasOwn(odd.metadata, 'params_hash')]).toEqual([[], false])
    expect(odd.warnings).toMatchObject([{ code: 'params_not_digestible', at: 'params' }])
    // Not canonical at a glance, but all the same.
    expect(derive({ params: { é: 'ü', deep: [[[{ a: 1.5 }]]] } }).derived).toEqual(['params_hash'])
  })
})
