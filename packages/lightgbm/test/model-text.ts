/** One tree to be written; arrays are written as they are, so that a test can write nonsense. */
export interface TreeSpec {
  leafValue: (number | string)[]
  splitFeature?: (number | string)[]
  threshold?: (number | string)[]
  decisionType?: (number | string)[]
  leftChild?: (number | string)[]
  rightChild?: (number | string)[]
  catBoundaries?: (number | string)[]
  catThreshold?: (number | string)[]
  /** More lines, e.g. of linear leaves. */
  more?: string[]
}

export interface ModelSpec {
  trees: TreeSpec[]
  numClass?: number
  featureNames?: string[]
  /** null leaves the line out. */
  objective?: string | null
  average?: boolean
  version?: string
  trailer?: string
}

const HEAD = 'tree\n'

/** A model.txt in LightGBM's layout, with byte counts that are right. */
export function modelText(spec: ModelSpec): string {
  const { trees, numClass = 1, featureNames = ['a', 'b'], objective = 'regression', version = 'v4' } = spec
  const lines = [
    `version=${version}`,
    `num_class=${numClass}`,
    `num_tree_per_iteration=${numClass}`,
    'label_index=0',
    `max_feature_idx=${featureNames.length - 1}`,
    ...(objective === null ? [] : [`objective=${objective}`]),
    ...(spec.average === true ? ['average_output'] : []),
    `feature_names=${featureNames.join(' ')}`,
    `feature_infos=${featureNames.map(() => '[0:1]').join(' ')}`,
    'tree_sizes=',
    '',
  ]
  const blocks = trees.map((tree, i) => `Tree=${i}\n${treeLines(tree).join('\n')}\n\n\n`).join('')
  return withSizes(
    `${HEAD}${lines.join('\n')}\n${blocks}end of trees\n${spec.trailer ?? '\npandas_categorical:null\n'}`,
  )
}

function treeLines(tree: TreeSpec): string[] {
  const list = (values: (number | string)[] | undefined) => (values ?? []).join(' ')
  return [
    `num_leaves=${tree.leafValue.length}`,
    `num_cat=${tree.catBoundaries === undefined ? 0 : tree.catBoundaries.length - 1}`,
    `split_feature=${list(tree.splitFeature)}`,
    `split_gain=${list(tree.splitFeature?.map(() => 1))}`,
    `threshold=${list(tree.threshold)}`,
    `decision_type=${list(tree.decisionType)}`,
    `left_child=${list(tree.leftChild)}`,
    `right_child=${list(tree.rightChild)}`,
    `leaf_value=${list(tree.leafValue)}`,
    ...(tree.catBoundaries === undefined
      ? []
      : [`cat_boundaries=${list(tree.catBoundaries)}`, `cat_threshold=${list(tree.catThreshold)}`]),
    ...(tree.more ?? ['is_linear=0']),
    'shrinkage=1',
  ]
}

/** The text with tree_sizes counted anew, for damage that the byte counts must not give away. */
export function withSizes(text: string): string {
  const end = text.indexOf('\nend of trees')
  const starts = [...text.slice(0, end + 1).matchAll(/^Tree=/gm)].map((match) => match.index)
  const sizes = starts.map((start, i) => Buffer.byteLength(text.slice(start, starts[i + 1] ?? end + 1)))
  return text.replace(/^tree_sizes=.*$/m, () => `tree_sizes=${sizes.join(' ')}`)
}

/** A small tree: a <= 0.5 ? leaf 0 : (b <= 0.25 ? leaf 1 : leaf 2). */
export const SMALL_TREE: TreeSpec = {
  leafValue: [1, 2, 4],
  splitFeature: [0, 1],
  threshold: [0.5, 0.25],
  decisionType: [2, 2],
  leftChild: [-1, -2],
  rightChild: [1, -3],
}
