import type { Tree } from '@taskclf/trees'
import type { Field } from './line-reader.js'

/** One tree as the file has it; nodes of categories have the number of their set as threshold. */
export interface ParsedTree extends Tree {
  /** Line of its leaf values. */
  readonly line: number
}

/** The fields of one tree block by name, and the way to a field that must be there. */
export interface TreeFields {
  readonly required: (name: string) => Field
  readonly optional: (name: string) => Field | undefined
}

/** Is shown each tree with all its fields, those that a model does not keep, too. */
export type LookAtTree = (tree: ParsedTree, fields: TreeFields) => void

/** The trees of a file, and where what is below them begins: at the newline before it. */
export interface ParsedTrees {
  readonly trees: readonly ParsedTree[]
  readonly end: number
}
