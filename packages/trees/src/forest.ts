import type { Columns } from './columns.js'

/**
 * All trees in flat arrays, and nothing else: it can be posted between threads. Nodes are numbered through all trees, depth-first, a parent
 * before its children, the left subtree right after it. Leaves are numbered through all trees in their order and come after all nodes:
 * `numNodes + leaf` stands for a leaf where a root or child is named. A leaf has a column, a threshold and children, too, and the
 * children are itself.
 */
export interface Forest {
  readonly numTrees: number
  readonly numNodes: number
  /** Sums in a row's answer. */
  readonly outputs: number
  /** The sum that each tree's leaf is added to. */
  readonly output: Int32Array
  /** What each sum begins with. */
  readonly start: Float64Array
  /** Sums are rounded to float32 after each tree. */
  readonly float32Sums: boolean
  readonly columns: Columns
  /** First node or single leaf of each tree. */
  readonly root: Int32Array
  readonly firstNode: Int32Array
  readonly firstLeaf: Int32Array
  /** 1 where a tree has nodes of categories. */
  readonly hasCategories: Uint8Array
  /** The column that a node reads: a feature and what becomes of its zero and NaN. */
  readonly column: Int32Array
  /** A numeric node sends left what is at most this. */
  readonly threshold: Float64Array
  /** Children of node n at 2n (when the answer is no: right) and 2n + 1 (left). */
  readonly children: Int32Array
  /** Of a node of categories: where the words of its set begin and how many it has. Zero words: a numeric node. */
  readonly firstWord: Int32Array
  readonly wordCount: Int32Array
  readonly words: Uint32Array
  readonly leafValue: Float64Array
  readonly linear: LinearForest | undefined
  /** What came to each node, and to each leaf after them, in training; undefined unless all trees that split say so. */
  readonly cover: Float64Array | undefined
  /** The trees in the order in which single rows walk them: those of numeric nodes alone, and those with categories. */
  readonly order: WalkOrder
}

/** Linear leaves of all trees: leaf i adds the terms starts[i] … starts[i + 1] - 1. Leaves of plain trees have isLinear 0. */
export interface LinearForest {
  readonly isLinear: Uint8Array
  readonly constants: Float64Array
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly coefficients: Float64Array
}

/** Numbers of trees in groups of like depth. */
export interface WalkOrder {
  readonly numeric: Int32Array
  readonly mixed: Int32Array
}
