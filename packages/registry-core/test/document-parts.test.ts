import { describe, expect, it } from 'vitest'
import {
  findColumns,
  findInputRows,
  findInWholeMetrics,
  findManifestFiles,
  findOutputRows,
  findVocabularies,
} from '../src/format/document-parts.js'
import { areUnique, type Find, findUniqueTexts } from '../src/format/shape.js'

/** Where something is found, as `a.0`. */
const at = (find: Find, value: unknown) => find(value).map(({ path }) => path.join('.'))
const list = (length: number, item: (i: number) => unknown) => Array.from({ length }, (_, i) => item(i))
const HEX = '0123456789abcdef'.repeat(4)

describe('manifest files', () => {
  const file = { sha256: HEX, size: 0 }

  it.each(['model.txt', 'a/b.c', '.hidden', '..a', 'a..'])('takes the path %s', (name) => {
    expect(at(findManifestFiles, { [name]: file })).toEqual([])
  })
  it.each(['', '/a', 'a/', 'a//b', './a', 'a/.', '../a', 'a/..', 'a\\b', 'a\0'])(
    'refuses the path %j',
    (name) => {
      expect(at(findManifestFiles, { [name]: file })).toEqual([name])
    },
  )
  it.each([`${HEX}0`, `0${HEX}`, HEX.slice(1), HEX.toUpperCase(), '', [HEX], 1, null])(
    'refuses the digest %j',
    (sha256) => {
      expect(at(findManifestFiles, { a: { ...file, sha256 } })).toEqual(['a.sha256'])
    },
  )
  it.each([-1, 1.5, '1', 2 ** 53, null, -0])('refuses the size %j', (size) => {
    expect(at(findManifestFiles, { a: { ...file, size } })).toEqual(['a.size'])
  })
})

describe('vocabularies', () => {
  it.each<[unknown, string[]]>([
    [{ a: [] }, []],
    [{ a: ['x', ''] }, []],
    [{ a: ['x', 1] }, ['a']],
    [{ a: [['x']] }, ['a']],
    [{ a: ['\ud800'] }, ['a']],
    [{ a: 'x' }, ['a']],
    [{ a: ['x', 'y', 'x'], b: ['x'] }, ['a']],
  ])('checks %j', (value, expected) => {
    expect(at(findVocabularies, value)).toEqual(expected)
  })
})

describe('rows', () => {
  it('accepts 1 to 1,000 rows', () => {
    for (const [find, row] of [
      [findInputRows, { a: 1 }],
      [findOutputRows, [1]],
    ] as const) {
      expect(at(find, [])).toEqual([''])
      expect(at(find, { length: 1 })).toEqual([''])
      expect(
        at(
          find,
          list(1_000, () => row),
        ),
      ).toEqual([])
      expect(
        at(
          find,
          list(1_001, () => row),
        ),
      ).toEqual([''])
      expect(at(find, [row, 7, row, 'x'])).toEqual(['1', '3'])
    }
  })

  it('contains cells, or numbers', () => {
    expect(at(findInputRows, [{ a: null, b: 'x', c: true, d: -1.5 }])).toEqual([])
    expect(at(findInputRows, [{ a: [] }, { a: 1, b: {} }, { a: Number.POSITIVE_INFINITY }])).toEqual([
      '0',
      '1',
      '2',
    ])
    expect(at(findOutputRows, [[1, 2], []])).toEqual([])
    expect(at(findOutputRows, [[1, '2'], ['1', 2], [Number.POSITIVE_INFINITY]])).toEqual(['0', '1', '2'])
  })
})

describe('columns', () => {
  const column = (i: number) => [`c${i}`, 'float']

  it('accepts 1 to 100,000 pairs of name and type', () => {
    expect(at(findColumns, [])).toEqual([''])
    expect(at(findColumns, 'x')).toEqual([''])
    expect(at(findColumns, list(100_000, column))).toEqual([])
    expect(at(findColumns, list(100_001, column))).toEqual([''])
    const bad = [['a'], ['a', 'b', 'c'], ['', 'b'], ['a', ''], ['a', 1], { 0: 'a', 1: 'b', length: 2 }, 'ab']
    expect(at(findColumns, bad)).toEqual(bad.map((_, i) => `${i}`))
  })

  it('has each name once, whatever their types', () => {
    expect(at(findColumns, [column(0), column(1), ['c0', 'bool'], column(1)])).toEqual(['2', '3'])
  })
})

describe('the names of a confusion matrix', () => {
  const matrix = [
    [1, 0],
    [0, 1],
  ]
  it.each<[object, string[]]>([
    [{ x: 1 }, []],
    [{ confusion_matrix: 'x', x: 1 }, []],
    [{ confusion_matrix: matrix, label_names: ['a', 'b'] }, []],
    [{ confusion_matrix: matrix, label_names: ['a'] }, ['label_names']],
    [{ confusion_matrix: matrix, label_names: 'ab' }, ['label_names']],
    [{ confusion_matrix: matrix }, ['label_names']],
  ])('checks %j', (value, expected) => {
    expect(at(findInWholeMetrics, value)).toEqual(expected)
  })

  it.each([{}, { a: '1' }, { a: [null, { b: true }] }, { a: Number.POSITIVE_INFINITY }])(
    'finds that %o contains nothing to judge by',
    (value) => expect(at(findInWholeMetrics, value)).toEqual(['']),
  )
  it.each([{ auc: 0 }, { a: { b: [{ c: -1.5 }] } }])('finds a number in %o', (value) =>
    expect(at(findInWholeMetrics, value)).toEqual([]),
  )

  it('is required in other words where there are none', () => {
    const [none] = findInWholeMetrics({ confusion_matrix: matrix })
    const [few] = findInWholeMetrics({ confusion_matrix: matrix, label_names: ['a'] })
    expect(none?.message).not.toContain('2')
    expect(few?.message).toContain('the 2 rows')
  })
})

describe('lists of which each item stands once', () => {
  const names = findUniqueTexts('names', (text) => (text === 'odd' ? 'is odd' : undefined))

  it.each([3, 32, 33, 34, 100])('finds in a list of %d what occurs again, and only that', (length) => {
    const texts = list(length, (i) => `t${i}`)
    expect([areUnique(texts), at(names, texts)]).toEqual([true, []])
    const twice = texts.with(length - 1, 't0')
    expect([areUnique(twice), at(names, twice)]).toEqual([false, [`${length - 1}`]])
    expect(at(names, [...twice, 't0'])).toEqual([`${length - 1}`, `${length}`])
  })

  it('finds what is not a text, no character or of no use', () => {
    expect(at(names, ['a', '', 1, '\udfff', 'odd', 'b'])).toEqual(['1', '2', '3', '4'])
    expect(at(names, [])).toEqual([''])
    expect(at(names, { length: 1, 0: 'a' })).toEqual([''])
  })
})
