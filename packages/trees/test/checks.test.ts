import { findOverflow, findShapeProblem } from '@taskclf/trees'
import { expect, it } from 'vitest'
import { stump } from './stump.js'

const shape = (left: number[], right: number[]) =>
  findShapeProblem(Int32Array.from(left), Int32Array.from(right))

it('finds no problem in a tree, nor in a single leaf', () => {
  expect(shape([], [])).toBeUndefined()
  expect(shape([1, -1], [-3, -2])).toBeUndefined()
})

it.each([
  ['the root as a child', [1, 0, -1], [2, -2, -3], { kind: 'two_parents', side: 'left', node: 1, child: 0 }],
  [
    'a node with two parents',
    [1, 2, -1],
    [2, -2, -3],
    { kind: 'two_parents', side: 'right', node: 0, child: 2 },
  ],
  [
    'a leaf with two parents',
    [1, 2, -1],
    [-2, -1, -3],
    { kind: 'two_parents', side: 'right', node: 1, child: -1 },
  ],
  ['a cycle out of the root’s reach', [-1, 2, 1], [-2, -3, -4], { kind: 'unreached', nodes: 2 }],
])('finds %s', (_, left, right, problem) => {
  expect(shape(left, right)).toEqual(problem)
})

it('finds the tree at which a sum overflows, by what its numbers hold', () => {
  const huge = (output: number) => stump({ output, leafValue: [1, -2e38] })
  const trees = [huge(0), huge(1), huge(0), huge(0)]
  expect(findOverflow(trees, { outputs: 2, left: 'at_most', sums: 'float64' })).toBeUndefined()
  expect(findOverflow(trees, { outputs: 2, left: 'below', sums: 'float32' })).toBe(2)
  expect(findOverflow(trees, { outputs: 2, left: 'below', sums: 'float32', start: [3e38, 0] })).toBe(0)
})
