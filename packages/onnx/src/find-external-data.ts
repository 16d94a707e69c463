import { malformed, ProtoReader } from './proto-reader.js'

/** The messages of ONNX in which a tensor can be, by the numbers of their fields; `entry` is one of a tensor's external_data. */
interface Message {
  readonly [field: number]: () => Message | 'entry'
}

const TENSOR: Message = { 13: () => 'entry' }
const SPARSE: Message = { 1: () => TENSOR, 2: () => TENSOR }
const ATTRIBUTE: Message = {
  5: () => TENSOR,
  6: () => GRAPH,
  10: () => TENSOR,
  11: () => GRAPH,
  22: () => SPARSE,
  23: () => SPARSE,
}
const NODE: Message = { 5: () => ATTRIBUTE }
const GRAPH: Message = { 1: () => NODE, 5: () => TENSOR, 15: () => SPARSE }
const TRAINING: Message = { 1: () => GRAPH, 2: () => GRAPH }
const FUNCTION: Message = { 7: () => NODE, 11: () => ATTRIBUTE }
const MODEL: Message = { 7: () => GRAPH, 20: () => TRAINING, 25: () => FUNCTION }

/** No converter nests graphs as deep: three messages a level. */
const DEEPEST = 96

/** A file that a model has data in. */
export interface ExternalData {
  readonly location: string
  /** Whether a tensor other than an initializer of the main graph has data there. */
  readonly isInner: boolean
}

/**
 * The files that a model has data in, wherever a tensor can be: initializers, sparse ones, constants, bodies of loops and
 * branches, functions. What is not read through is refused: a name that is passed over would be opened by the runtime.
 *
 * @throws {@link OnnxError} `malformed_model`.
 */
export function findExternalData(bytes: Uint8Array): readonly ExternalData[] {
  const found = new Map<string, boolean>()
  visit(new ProtoReader(bytes), MODEL, found, [])
  return [...found].map(([location, isInner]) => ({ location, isInner }))
}

/** The fields that lead from a model to the data of an initializer of its main graph. */
const INITIALIZER = '7.5.13'

function visit(
  reader: ProtoReader,
  message: Message,
  found: Map<string, boolean>,
  path: readonly number[],
): void {
  while (reader.next()) {
    const inner = message[reader.number]?.()
    if (inner === undefined) continue
    if (path.length > DEEPEST) throw malformed(reader.start)
    const here = [...path, reader.number]
    if (inner !== 'entry') visit(reader.message(), inner, found, here)
    else {
      const location = locationOf(reader.message())
      if (location === undefined) continue
      found.set(location, found.get(location) === true || here.join('.') !== INITIALIZER)
    }
  }
}

function locationOf(entry: ProtoReader): string | undefined {
  let [key, value] = ['', '']
  while (entry.next()) {
    if (entry.number === 1) key = entry.text()
    if (entry.number === 2) value = entry.text()
  }
  return key === 'location' ? value : undefined
}
