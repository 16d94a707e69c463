import { describe, expect, it } from 'vitest'
import { findCountMatrix, findEntries, findUniqueTexts } from '../src/format/shape.js'

const labels = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`)

describe('what is found in long values', () => {
  it('lists of up to 10,000 texts are looked at', () => {
    const find = findUniqueTexts('labels')
    expect(find(labels(10_000))).toEqual([])
    expect(find([...labels(9_999), 'c0'])).toMatchObject([{ path: [9_999] }])
    expect(find(labels(10_001))).toMatchObject([{ path: [] }])
  })

  it.each([31, 32, 33, 34])('finds a repeated text in a list of %i', (length) => {
    const find = findUniqueTexts('labels')
    expect(find([...labels(length - 1), 'c3'])).toMatchObject([{ path: [length - 1] }])
    expect(find(['c3', ...labels(length - 1)])).toMatchObject([{ path: [4] }])
  })

  it('looks at objects of up to 10,000 keys, until twenty bad ones are found', () => {
    const find = findEntries((value) => (value === 1 ? [{ path: ['in'], message: 'is 1' }] : []))
    const of = (count: number, value: number) => Object.fromEntries(labels(count).map((key) => [key, value]))
    expect(find(of(10_000, 0))).toEqual([])
    expect(find(of(10_001, 0))).toMatchObject([{ path: [] }])
    expect(find(of(19, 1))).toHaveLength(19)
    expect(find(of(30, 1))).toHaveLength(20)
    expect(find({ good: 0, bad: 1 })).toEqual([{ path: ['bad', 'in'], message: 'is 1' }])
  })

  it('looks at matrices until twenty bad rows are found', () => {
    const matrix = (size: number, bad: number) =>
      Array.from({ length: size }, (_, i) => Array.from({ length: size }, () => (i < bad ? -1 : 1)))
    expect(findCountMatrix(matrix(30, 0))).toEqual([])
    expect(findCountMatrix(matrix(30, 19))).toHaveLength(19)
    expect(findCountMatrix(matrix(30, 30))).toHaveLength(20)
  })
})
