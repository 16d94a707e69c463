import type { Field } from './line-reader.js'

/** The linear models in a tree's leaves: leaf i has the terms starts[i] … starts[i + 1] - 1. */
export interface LinearLeaves {
  readonly constants: Float64Array
  readonly starts: Int32Array
  readonly features: Int32Array
  readonly coefficients: Float64Array
}

/** One tree as the file has it; children below zero are leaves (`~leaf`). */
export interface ParsedTree {
  /** Line of its leaf values. */
  readonly line: number
  readonly numLeaves: number
  readonly splitFeature: Int32Array
  readonly threshold: Float64Array
  readonly decisionType: Uint8Array
  readonly leftChild: Int32Array
  readonly rightChild: Int32Array
  readonly leafValue: Float64Array
  readonly catBoundaries: Int32Array
  readonly catThreshold: Uint32Array
  readonly linear: LinearLeaves | undefined
}

/** The fields of one tree block by name, and the way to a field that must be there. */
export interface TreeFields {
  readonly required: (name: string) => Field
  readonly optional: (name: string) => Field | undefined
}

/** The trees of a file, and where what is below them begins: at the newline before it. */
export interface ParsedTrees {
  readonly trees: readonly ParsedTree[]
  readonly end: number
}
