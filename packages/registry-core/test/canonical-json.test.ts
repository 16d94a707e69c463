import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { demoDir } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RegistryError } from '../src/errors.js'
import { canonicalJson, isSurelyCanonical } from '../src/format/canonical-json.js'
import { canonicalDigest } from '../src/local/canonical-digest.js'

function codeOf(run: () => unknown): { code: string; path: string } {
  try {
    run()
  } catch (error) {
    if (error instanceof RegistryError) return { code: error.code, path: error.path }
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('canonicalJson', () => {
  it('writes the example of RFC 8785', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`) as unknown
    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('sorts keys by UTF-16 code units, as the RFC shows', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
    const object = Object.fromEntries(keys.map((key) => [key, 0]))
    const sorted = Object.keys(JSON.parse(canonicalJson(object)) as object).filter((key) => key !== '1')
    expect(sorted).toEqual(['\r', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'])
    expect(canonicalJson(object).indexOf('"1"')).toBeLessThan(canonicalJson(object).indexOf('\u0080'))
  })

  it('writes -0 as 0, keeps __proto__ as a key, and takes objects without a prototype', () => {
    expect(
      canonicalJson([-0, JSON.parse('{"__proto__":1,"a":2}'), Object.assign(Object.create(null), { b: 1 })]),
    ).toBe('[0,{"__proto__":1,"a":2},{"b":1}]')
  })

  it.each([
    [{ a: { b: Number.POSITIVE_INFINITY } }, 'a.b'],
    [[1, Number.NaN], '1'],
    [{ a: undefined }, 'a'],
    [[1n], '0'],
    [{ f: () => 1 }, 'f'],
    [{ s: '\ud800' }, 's'],
    [{ '\ud800': 1 }, ''],
    [{ d: new Date(0) }, 'd'],
    [new Map(), ''],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [[1, , 2], '1'],
  ])('refuses what JSON cannot hold: case %#', (value, path) => {
    expect(codeOf(() => canonicalJson(value))).toEqual({ code: 'not_canonical', path })
  })

  it('refuses endless nesting instead of running out of stack', () => {
    const loop: Record<string, unknown> = {}
    loop.a = loop
    expect(codeOf(() => canonicalJson(loop)).code).toBe('not_canonical')
  })

  it('survives a round trip, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(canonicalJson(reversed(value))).toBe(text)
      }),
    )
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

describe('canonicalDigest', () => {
  it('is the SHA-256 of the canonical text', () => {
    expect(canonicalDigest({ b: 1, a: 2 })).toBe(createHash('sha256').update('{"a":2,"b":1}').digest('hex'))
  })

  it('gives the params_hash that the trained models state', () => {
    const ids = readdirSync(join(demoDir, 'models'))
    for (const id of ids) {
      const text = readFileSync(join(demoDir, 'models', id, 'metadata.json'), 'utf8')
      const metadata = JSON.parse(text) as { params: unknown; params_hash: string }
      expect(canonicalDigest(metadata.params).slice(0, 16)).toBe(metadata.params_hash)
    }
    expect(ids).toHaveLength(7)
  })
})

describe('isSurelyCanonical', () => {
  it('never says so of what has no canonical text', () => {
    const awkward = fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, '\ud800', undefined, null, true, [], {}),
      fc.string({ unit: 'binary' }),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.oneof(fc.string(), fc.constant('\udc00')), awkward), (value) => {
        if (isSurelyCanonical(value)) expect(() => canonicalJson(value)).not.toThrow()
      }),
    )
  })

  it.each([
    [{ learning_rate: 0.1, objective: 'multiclass', verbose: -1, deterministic: true, seed: null }, true],
    [{ metric: ['multi_logloss'] }, false],
    [{ nested: {} }, false],
    [{ rate: Number.POSITIVE_INFINITY }, false],
    [{ name: 'café' }, false],
    [{ naïve: 1 }, false],
    [{ absent: undefined }, false],
  ])('returns for %j: %s', (value, expected) => {
    expect(isSurelyCanonical(value)).toBe(expected)
  })
})
