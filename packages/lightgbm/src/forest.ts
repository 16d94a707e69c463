import type { Columns } from './columns.js'

/**
 * All trees in flat arrays. Nodes are numbered through all trees, depth-first, a parent before its children. Leaves are
 * numbered through all trees in the order of the file and come after all nodes: `numNodes + leaf` stands for a leaf where
 * a root or child is named. A leaf has a column, a threshold and children too, and the children are itself.
 */
export interface Forest {
  readonly numTrees: number
  readonly numNodes: number
  readonly treesPerIteration: number
  readonly columns: Columns
  /** First node or single leaf of each tree. */
  readonly root: Int32Array
  readonly firstNode: Int32Array
  readonly firstLeaf: Int32Array
  /** 1 where a tree has categorical nodes. */
  readonly hasCategories: Uint8Array
  readonly column: Int32Array
  readonly threshold: Float64Array
  /** Children of node n at 2n (when the comparison fails: right) and 2n + 1 (left). */
  readonly children: Int32Array
  /** Of a categorical node: where its words begin and how many it has. Zero words: a numeric node. */
  readonly firstWord: Int32Array
  readonly wordCount: Int32Array
  readonly words: Uint32Array
  readonly leafValue: Float64Array
  readonly linear: LinearForest | undefined
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
