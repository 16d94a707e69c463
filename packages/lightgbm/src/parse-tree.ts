import type { Cover, LinearLeaves } from '@taskclf/trees'
import { LightgbmError } from './errors.js'
import type { Field, LineReader } from './line-reader.js'
import type { Header } from './parse-header.js'
import { fieldError, readDoubles, readInteger, readIntegers } from './read-numbers.js'
import { treatmentOf } from './treatment-of.js'
import type { LookAtTree, ParsedTree, TreeFields } from './tree.js'
import { validateTree } from './validate-tree.js'

const MAX_INT32 = 0x7fffffff
const SPLIT_FIELDS = ['split_feature', 'threshold', 'decision_type', 'left_child', 'right_child']
const int32 = (length: number) => new Int32Array(length)

/** Reads the lines of one tree block after its `Tree=i` line, and checks that they make a tree. */
export function parseTree(reader: LineReader, index: number, header: Header, look?: LookAtTree): ParsedTree {
  const { numFeatures, treesPerIteration } = header
  const fields = collectTreeFields(reader, index)
  const numLeaves = readInteger(fields.required('num_leaves'), { min: 1, max: MAX_INT32 })
  // Read first: it is the field that shows whether num_leaves can be true.
  const leafField = fields.required('leaf_value')
  const leafValue = readDoubles(leafField, numLeaves, false)
  const tree: ParsedTree = {
    line: leafField.line,
    output: index % treesPerIteration,
    leafValue,
    ...(numLeaves === 1 ? noSplits(fields) : readSplits(fields, numLeaves - 1, numFeatures)),
    ...readCategories(fields),
    cover: numLeaves === 1 ? undefined : readCover(fields, numLeaves),
    linear: readLinear(fields, numLeaves, numFeatures),
  }
  validateTree(tree, fields)
  look?.(tree, fields)
  return tree
}

function collectTreeFields(reader: LineReader, index: number): TreeFields {
  const head = reader.line
  const fields = new Map<string, Field>()
  for (;;) {
    if (!reader.next()) {
      const message = 'the file ends inside this tree; copy it again from where it was trained'
      throw new LightgbmError('truncated', message, { line: reader.line, field: `Tree=${index}` })
    }
    if (reader.isBlank()) break
    const field = reader.field()
    if (field === undefined || field.name === 'Tree') {
      const message = `${reader.excerpt()} is not a line of a tree; the file is damaged`
      throw new LightgbmError('unexpected_line', message, { line: reader.line, field: `Tree=${index}` })
    }
    if (fields.has(field.name))
      throw fieldError('duplicate_field', field, 'the field occurs twice; the file is damaged')
    fields.set(field.name, field)
  }
  const required = (name: string): Field => {
    const field = fields.get(name)
    if (field !== undefined) return field
    throw new LightgbmError('missing_field', `Tree=${index} lacks this field; the file is damaged`, {
      line: head,
      field: name,
    })
  }
  return { required, optional: (name) => fields.get(name) }
}

type Splits = Pick<ParsedTree, 'feature' | 'threshold' | 'treatment' | 'left' | 'right'>

/** Shared, because a file may hold very many trees of one leaf. */
const NO_SPLITS: Splits = {
  feature: int32(0),
  threshold: new Float64Array(0),
  treatment: new Uint8Array(0),
  left: int32(0),
  right: int32(0),
}
const NO_CATEGORIES = { setStart: int32(1), setWords: new Uint32Array(0) }

/** A tree of one leaf has no split fields, or empty ones. */
function noSplits(fields: TreeFields): Splits {
  for (const name of SPLIT_FIELDS) {
    const field = fields.optional(name)
    if (field !== undefined) readDoubles(field, 0, false)
  }
  return NO_SPLITS
}

function readSplits(fields: TreeFields, count: number, numFeatures: number): Splits {
  const child = { min: -(count + 1), max: count - 1, code: 'index_out_of_range' } as const
  const feature = { min: 0, max: numFeatures - 1, code: 'index_out_of_range' } as const
  const splits = {
    feature: readIntegers(fields.required('split_feature'), count, feature, int32),
    threshold: readDoubles(fields.required('threshold'), count, true),
    treatment: readIntegers(
      fields.required('decision_type'),
      count,
      { min: 0, max: 11 }, // two flag bits and a missing type of 0, 1 or 2
      (length) => new Uint8Array(length),
    ),
    left: readIntegers(fields.required('left_child'), count, child, int32),
    right: readIntegers(fields.required('right_child'), count, child, int32),
  }
  splits.treatment.forEach((decisionType, node) => {
    splits.treatment[node] = treatmentOf(decisionType)
  })
  return splits
}

function readCategories(fields: TreeFields): Pick<ParsedTree, 'setStart' | 'setWords'> {
  const numCat = readInteger(fields.required('num_cat'), { min: 0, max: MAX_INT32 })
  if (numCat === 0) return NO_CATEGORIES
  const field = fields.required('cat_boundaries')
  const setStart = readIntegers(field, numCat + 1, { min: 0, max: MAX_INT32 }, int32)
  for (let i = 0; i <= numCat; i++) {
    if ((setStart[i] as number) >= (i === 0 ? 0 : (setStart[i - 1] as number))) continue
    throw fieldError(
      'index_out_of_range',
      field,
      `entry ${i} is below the one before it; the file is damaged`,
    )
  }
  if (setStart[0] !== 0)
    throw fieldError('index_out_of_range', field, 'the first entry is not 0; the file is damaged')
  const words = setStart[numCat] as number
  const setWords = readIntegers(
    fields.required('cat_threshold'),
    words,
    { min: 0, max: 0xffffffff },
    (length) => new Uint32Array(length),
  )
  return { setStart, setWords }
}

/** Counts of rows, where the file has them. Nothing but contributions needs them, so what cannot be read is as good as absent. */
function readCover(fields: TreeFields, numLeaves: number): Cover | undefined {
  const [inner, leaf] = [fields.optional('internal_count'), fields.optional('leaf_count')]
  if (inner === undefined || leaf === undefined) return undefined
  try {
    const count = { min: 0, max: MAX_INT32 }
    const nodes = readIntegers(inner, numLeaves - 1, count, int32)
    return { nodes, leaves: readIntegers(leaf, numLeaves, count, int32) }
  } catch (error) {
    if (error instanceof LightgbmError) return undefined
    throw error
  }
}

function readLinear(fields: TreeFields, numLeaves: number, numFeatures: number): LinearLeaves | undefined {
  const flag = fields.optional('is_linear')
  if (flag === undefined || readInteger(flag, { min: 0, max: 1 }) === 0) {
    const stray = fields.optional('leaf_const') ?? fields.optional('leaf_coeff')
    if (stray === undefined) return undefined
    throw fieldError(
      'unexpected_line',
      stray,
      'a linear leaf in a tree that is not marked is_linear=1; the file is damaged',
    )
  }
  const constants = readDoubles(fields.required('leaf_const'), numLeaves, false)
  const counts = readIntegers(fields.required('num_features'), numLeaves, { min: 0, max: MAX_INT32 }, int32)
  const starts = int32(numLeaves + 1)
  let total = 0
  for (let leaf = 0; leaf < numLeaves; leaf++) {
    total += counts[leaf] as number
    if (total > MAX_INT32)
      throw fieldError(
        'bad_count',
        fields.required('num_features'),
        'the counts are absurd; the file is damaged',
      )
    starts[leaf + 1] = total
  }
  const feature = { min: 0, max: numFeatures - 1, code: 'index_out_of_range' } as const
  const features = readIntegers(fields.required('leaf_features'), total, feature, int32)
  return {
    constants,
    starts,
    features,
    coefficients: readDoubles(fields.required('leaf_coeff'), total, false),
  }
}
