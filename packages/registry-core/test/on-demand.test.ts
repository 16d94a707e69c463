import { describe, expect, it } from 'vitest'
import { deriveMetadata } from '../src/format/derive-metadata.js'
import { deriveMetrics } from '../src/format/derive-metrics.js'
import type { BundleMetadata, BundleMetrics } from '../src/index.js'
import { sha256 } from '../src/local/sha256.js'

const STATED = {
  created_at: '2026-03-01T00:00:00Z',
  schema_hash: 'h',
  schema_version: 'v1',
  params: { rounds: 10 },
  label_set: ['a', 'b'],
}
const MEASURED = {
  macro_f1: 0.75,
  weighted_f1: 0.75,
  confusion_matrix: [
    [3, 1],
    [1, 3],
  ],
  label_names: ['a', 'b'],
}
const metadata = () =>
  deriveMetadata({ ...STATED } as BundleMetadata, MEASURED as BundleMetrics, sha256).metadata
const metrics = () => deriveMetrics({ ...MEASURED } as BundleMetrics).metrics
const HASH = metadata().params_hash
const WHOLE = { ...STATED, params_hash: HASH, task: 'classification' }

describe('a member that is made when it is asked for', () => {
  it('is there before, and is the same each time', () => {
    const figures = metrics()
    expect(Object.keys(figures).at(-1)).toBe('per_class')
    expect(figures.per_class?.a).toEqual({ precision: 0.75, recall: 0.75, f1: 0.75, support: 4 })
    expect(figures.per_class).toBe(figures.per_class)
    expect(Object.getOwnPropertyDescriptor(figures, 'per_class')).toMatchObject({
      value: figures.per_class,
      enumerable: true,
      configurable: true,
      writable: true,
    })
    expect(HASH).toMatch(/^[0-9a-f]{16}$/)
  })

  it('is copied and written like any other', () => {
    expect({ ...metadata() }).toEqual(WHOLE)
    expect(JSON.parse(JSON.stringify(metadata()))).toEqual(WHOLE)
    expect(structuredClone(metadata())).toEqual(WHOLE)
  })

  it('accepts being set, changed and taken away', () => {
    const changed = Object.assign(metadata(), { params_hash: 'x' })
    expect(changed.params_hash).toBe('x')
    const figures = metrics()
    const a = figures.per_class?.a as { f1: number }
    a.f1 = 0.1
    expect(figures.per_class?.a?.f1).toBe(0.1)
    delete figures.per_class
    expect(figures.per_class).toBeUndefined()
  })

  it('is still there when its object is frozen, and is not put on what inherits from it', () => {
    const frozen = Object.freeze(metadata())
    expect(frozen.params_hash).toBe(HASH)
    expect(() => Object.assign(frozen, { params_hash: 'x' })).toThrow(TypeError)
    const heir = Object.create(metadata()) as BundleMetadata
    expect(heir.params_hash).toBe(HASH)
    expect(Object.keys(heir)).toEqual([])
  })

  it('is nothing when what it was to be made of is gone', () => {
    const bare = metadata()
    delete bare.params
    expect(JSON.parse(JSON.stringify(bare))).not.toHaveProperty('params_hash')
  })
})
