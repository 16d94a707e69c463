import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { OnnxError } from './errors.js'

/** An input of a model, and which columns of a row it is made of. */
export interface ModelInput {
  readonly name: string
  readonly type: NumberType
  /** Place of its first column in a row. */
  readonly first: number
  readonly width: number
  /** Without a dimension for the columns. */
  readonly isFlat: boolean
}

/** The inputs, and the columns that they are made of. */
export interface Inputs {
  readonly inputs: readonly ModelInput[]
  readonly columns: readonly string[]
  /** Places of columns that the model has no name for. */
  readonly unnamed: readonly number[]
  /** Rows in one call; undefined: as many as there are. */
  readonly batch: number | undefined
}

const NUMBER_TYPES = ['float32', 'float64', 'int64', 'int32', 'bool'] as const
type NumberType = (typeof NUMBER_TYPES)[number]

/**
 * The columns of a model: of several inputs each is one, under its own name; a single input has as many as it is wide, and no
 * names of theirs, so that those are given.
 */
export function readInputs(
  metadata: readonly InferenceSession.ValueMetadata[],
  names: readonly string[] | undefined,
): Inputs {
  const inputs: ModelInput[] = []
  const own: (string | undefined)[] = []
  let batch: number | undefined
  for (const input of metadata) {
    const { type, width, isFlat, fixed } = checkInput(
      input,
      metadata.length === 1 ? names?.length : undefined,
    )
    inputs.push({ name: input.name, type, first: own.length, width, isFlat })
    const hasName = width === 1 && metadata.length > 1
    own.push(...Array.from({ length: width }, () => (hasName ? input.name : undefined)))
    batch = fixed ?? batch
  }
  if (names !== undefined && names.length !== own.length) {
    const message = `the model has ${own.length} columns, but ${names.length} names are given`
    throw new OnnxError('columns_contradict', message, { details: { columns: own.length, names } })
  }
  const isNamed = (place: number) => names !== undefined || own[place] !== undefined
  return {
    inputs,
    columns: own.map((name, i) => names?.[i] ?? name ?? `Column_${i}`),
    unnamed: [...own.keys()].filter((place) => !isNamed(place)),
    batch,
  }
}

interface CheckedInput {
  type: NumberType
  width: number
  isFlat: boolean
  fixed: number | undefined
}

function checkInput(input: InferenceSession.ValueMetadata, given: number | undefined): CheckedInput {
  if (!input.isTensor) throw refused(input.name, 'is not a tensor')
  const type = NUMBER_TYPES.find((each) => each === input.type)
  if (type === undefined) throw refused(input.name, `is of type ${input.type}`)
  const { shape } = input
  const [rows, columns] = shape
  if (shape.length === 0 || shape.length > 2) throw refused(input.name, `has ${shape.length} dimensions`)
  const isFlat = shape.length === 1
  const width = isFlat ? 1 : typeof columns === 'number' && columns > 0 ? columns : given
  if (width === undefined) {
    const why = 'does not say how many columns it has, and neither does `feature_names` of metadata.json'
    throw refused(input.name, why)
  }
  const fixed = typeof rows === 'number' && rows > 0 ? rows : undefined
  if (fixed !== undefined && fixed !== 1) throw refused(input.name, `has ${fixed} rows, always`)
  return { type, width, isFlat, fixed }
}

function refused(name: string, why: string): OnnxError {
  return new OnnxError('unsupported_input', `the input ${name} ${why}`, { details: { input: name } })
}

/** The cells of `count` rows that one input is made of, in the order in which it has them. */
export function cellsOf(
  input: ModelInput,
  rows: Float64Array,
  width: number,
  start: number,
  count: number,
): Tensor.DataType {
  const cells = new Float64Array(count * input.width)
  for (let r = 0; r < count; r++) {
    const at = (start + r) * width + input.first
    cells.set(rows.subarray(at, at + input.width), r * input.width)
  }
  switch (input.type) {
    case 'float64':
      return cells
    case 'float32':
      return Float32Array.from(cells)
    case 'int64':
      return BigInt64Array.from(cells, (cell) => BigInt(whole(cell, input)))
    case 'int32':
      return Int32Array.from(cells, (cell) => whole(cell, input))
    case 'bool':
      return Uint8Array.from(cells, (cell) => Number(whole(cell, input) !== 0))
  }
}

function whole(cell: number, { name, type }: ModelInput): number {
  const isHeld = type === 'int32' ? cell === (cell | 0) : Number.isSafeInteger(cell)
  if (isHeld) return cell
  const what = Number.isNaN(cell) ? 'a missing value' : `the value ${cell}`
  throw new OnnxError('missing_value', `the input ${name} is of type ${type}, and has no place for ${what}`)
}
