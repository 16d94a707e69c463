/** The slow and obvious reading of a model file, after the format's description: what every fast path is held against. */

interface ReferenceTree {
  numLeaves: number
  fields: Map<string, string[]>
}

export interface ReferenceModel {
  numClass: number
  average: boolean
  objective: string[]
  trees: ReferenceTree[]
}

export function readReference(text: string): ReferenceModel {
  const lines = text.slice(0, text.indexOf('\nend of trees')).split('\n')
  const header = new Map<string, string>()
  const trees: ReferenceTree[] = []
  for (const line of lines) {
    const equals = line.indexOf('=')
    const key = equals < 0 ? line : line.slice(0, equals)
    const value = equals < 0 ? '' : line.slice(equals + 1)
    const tree = trees.at(-1)
    if (key === 'Tree') trees.push({ numLeaves: 0, fields: new Map() })
    else if (tree === undefined) header.set(key, value)
    else
      tree.fields.set(
        key,
        value.split(' ').filter((word) => word !== ''),
      )
  }
  for (const tree of trees) tree.numLeaves = Number(tree.fields.get('num_leaves')?.[0])
  return {
    numClass: Number(header.get('num_class')),
    average: header.has('average_output'),
    objective: (header.get('objective') ?? 'custom').split(' ').filter((word) => word !== ''),
    trees,
  }
}

const TINY = Math.fround(1e-35)

export function referenceRawScore(model: ReferenceModel, row: readonly number[]): number[] {
  const values = row.map((x) => (Math.abs(x) <= TINY ? 0 : x))
  const scores = new Array<number>(model.numClass).fill(0)
  model.trees.forEach((tree, i) => {
    const k = i % model.numClass
    scores[k] = (scores[k] ?? Number.NaN) + leafOutput(tree, leafOf(tree, values), values)
  })
  return scores
}

export function referenceLeaves(model: ReferenceModel, row: readonly number[]): number[] {
  const values = row.map((x) => (Math.abs(x) <= TINY ? 0 : x))
  return model.trees.map((tree) => leafOf(tree, values))
}

function numberAt(tree: ReferenceTree, field: string, i: number): number {
  const word = tree.fields.get(field)?.[i]
  if (word === 'inf') return Number.POSITIVE_INFINITY
  if (word === '-inf') return Number.NEGATIVE_INFINITY
  return Number(word ?? 'nothing here')
}

function leafOf(tree: ReferenceTree, row: readonly number[]): number {
  if (tree.numLeaves === 1) return 0
  let node = 0
  for (let steps = 0; node >= 0; steps++) {
    if (steps > tree.numLeaves) throw new Error('the reference walks in a circle')
    node = numberAt(tree, goesLeft(tree, node, row) ? 'left_child' : 'right_child', node)
  }
  return -node - 1
}

function goesLeft(tree: ReferenceTree, node: number, row: readonly number[]): boolean {
  const decision = numberAt(tree, 'decision_type', node)
  const threshold = numberAt(tree, 'threshold', node)
  const missing = (decision >> 2) & 3
  let x = row[numberAt(tree, 'split_feature', node)] ?? Number.NaN
  if (decision & 1) return inSet(tree, threshold, x)
  if (Number.isNaN(x) && missing !== 2) x = 0
  if ((missing === 1 && Math.abs(x) <= TINY) || (missing === 2 && Number.isNaN(x)))
    return (decision & 2) !== 0
  return x <= threshold
}

function inSet(tree: ReferenceTree, set: number, x: number): boolean {
  if (Number.isNaN(x)) return false
  const category = Math.trunc(x)
  if (category < 0 || category > 2147483647) return false
  const from = numberAt(tree, 'cat_boundaries', set)
  const to = numberAt(tree, 'cat_boundaries', set + 1)
  const word = from + Math.floor(category / 32)
  if (word >= to) return false
  return Math.floor(numberAt(tree, 'cat_threshold', word) / 2 ** (category % 32)) % 2 === 1
}

function leafOutput(tree: ReferenceTree, leaf: number, row: readonly number[]): number {
  const plain = numberAt(tree, 'leaf_value', leaf)
  if (tree.fields.get('is_linear')?.[0] !== '1') return plain
  let term = 0
  for (let i = 0; i < leaf; i++) term += numberAt(tree, 'num_features', i)
  let output = numberAt(tree, 'leaf_const', leaf)
  for (let i = 0; i < numberAt(tree, 'num_features', leaf); i++) {
    const x = row[numberAt(tree, 'leaf_features', term + i)] ?? Number.NaN
    if (Number.isNaN(x)) return plain
    output += numberAt(tree, 'leaf_coeff', term + i) * x
  }
  return output
}

export function referencePrediction(model: ReferenceModel, row: readonly number[]): number[] {
  const raw = referenceRawScore(model, row)
  const scores = model.average ? raw.map((x) => x / (model.trees.length / model.numClass)) : raw
  const [name, ...options] = model.objective
  const option = (key: string) =>
    Number(options.find((word) => word.startsWith(`${key}:`))?.slice(key.length + 1))
  switch (name) {
    case 'multiclass': {
      const most = Math.max(...scores)
      const weights = scores.map((x) => Math.exp(x - most))
      const sum = weights.reduce((a, b) => a + b, 0)
      return weights.map((weight) => weight / sum)
    }
    case 'multiclassova':
    case 'binary':
      return scores.map((x) => 1 / (1 + Math.exp(-option('sigmoid') * x)))
    case 'cross_entropy':
      return scores.map((x) => 1 / (1 + Math.exp(-x)))
    case 'regression':
      return options.includes('sqrt') ? scores.map((x) => Math.sign(x) * x * x) : scores
    case 'custom':
      return scores
    default:
      throw new Error(`the reference does not know ${name}`)
  }
}
