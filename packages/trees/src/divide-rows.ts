import type { Forest } from './forest.js'
import { categoryBit } from './walk-trees.js'

/** The columns of a block of rows: `size` numbers each, one after another. */
export interface BlockColumns {
  readonly values: Float64Array
  readonly size: number
}

/** Writes the rows that go left from `from` on, the others from `to` backwards; gives where they meet. */
export function divideByThreshold(
  forest: Forest,
  node: number,
  source: Int32Array,
  target: Int32Array,
  from: number,
  to: number,
  { values, size }: BlockColumns,
): number {
  const base = (forest.column[node] as number) * size
  const threshold = forest.threshold[node] as number
  let left = from
  let right = to - 1
  for (let i = from; i < to; i++) {
    const row = source[i] as number
    // Both places are free: writing both and moving one saves a branch that no processor could foresee.
    target[left] = row
    target[right] = row
    const step = Number((values[base + row] as number) <= threshold)
    left += step
    right += step - 1
  }
  return left
}

/** The same by the categories that go left. */
export function divideByCategory(
  forest: Forest,
  node: number,
  source: Int32Array,
  target: Int32Array,
  from: number,
  to: number,
  { values, size }: BlockColumns,
): number {
  const { words } = forest
  const first = forest.firstWord[node] as number
  const count = forest.wordCount[node] as number
  const base = (forest.column[node] as number) * size
  let left = from
  let right = to - 1
  for (let i = from; i < to; i++) {
    const row = source[i] as number
    target[left] = row
    target[right] = row
    const step = categoryBit(words, first, count, values[base + row] as number)
    left += step
    right += step - 1
  }
  return left
}
