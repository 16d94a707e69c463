/**
 * One tree as a reader of a file hands it over. Nodes are numbered from the root, 0; children below zero are leaves (`~leaf`).
 * A tree of one leaf has no nodes. Children must form one tree: `findShapeProblem` checks it.
 */
export interface Tree {
  /** Which of a row's sums its leaves are added to. */
  readonly output: number
  /** The feature that each node reads. */
  readonly feature: Int32Array
  /** How each node reads it: one of `TREATMENT`. */
  readonly treatment: Uint8Array
  /** Of a numeric node what it compares with, of a node of categories the number of its set. */
  readonly threshold: Float64Array
  /** Where a node sends values that are at most (or below) its threshold, and categories of its set. */
  readonly left: Int32Array
  /** Where it sends the others. */
  readonly right: Int32Array
  readonly leafValue: Float64Array
  /** Set s has the words setStart[s] … setStart[s + 1] - 1 of setWords: bit b of its word w is the category 32 w + b. */
  readonly setStart: Int32Array
  readonly setWords: Uint32Array
  readonly linear?: LinearLeaves | undefined
  /** How many training rows (or how much of their weight) came to each node and each leaf. Only contributions need it. */
  readonly cover?: Cover | undefined
}

/** What came to the nodes and leaves of a tree. */
export interface Cover {
  readonly nodes: ArrayLike<number>
  readonly leaves: ArrayLike<number>
}

/** Linear models in a tree's leaves: leaf i has the terms starts[i] … starts[i + 1] - 1. */
export interface LinearLeaves {
  readonly constants: Float64Array
  readonly starts: Int32Array
  readonly features: Int32Array
  readonly coefficients: Float64Array
}
