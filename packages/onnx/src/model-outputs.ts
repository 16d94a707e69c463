import type { InferenceSession } from 'onnxruntime-node'
import { OnnxError } from './errors.js'

const FLOATS = ['float32', 'float64']

/** The outputs that hold the answer, side by side in this order. Throws {@link OnnxError} `unsupported_output`. */
export function chooseOutputs(
  metadata: readonly InferenceSession.ValueMetadata[],
  wanted: string | undefined,
): readonly string[] {
  const numbers = metadata.filter((output) => output.isTensor && FLOATS.includes(output.type))
  const names = numbers.map(({ name }) => name)
  if (wanted !== undefined) {
    if (names.includes(wanted)) return [wanted]
    throw refused(`the model has no output of numbers named ${wanted}; it has ${list(names)}`, metadata)
  }
  if (names.length === 1) return names
  // A classifier that was converted with zipmap='columns' has one output for each class, beside the label.
  const isSingle = (output: InferenceSession.ValueMetadata) =>
    output.isTensor && (output.shape.length === 1 || output.shape[1] === 1)
  if (names.length > 1 && metadata.length > names.length && numbers.every(isSingle)) return names
  if (names.length === 0) {
    const message = metadata.some(({ isTensor }) => !isTensor)
      ? "the outputs of the model are not arrays but maps; convert it with options={'zipmap': False}"
      : `the model has no output of numbers, only ${list(metadata.map(({ name }) => name))}`
    throw refused(message, metadata)
  }
  throw refused(`the model has several outputs of numbers: ${list(names)}; name one in \`output\``, metadata)
}

function refused(message: string, metadata: readonly InferenceSession.ValueMetadata[]): OnnxError {
  return new OnnxError('unsupported_output', message, {
    details: { outputs: metadata.map(({ name }) => name) },
  })
}

const list = (names: readonly string[]) => names.join(', ') || 'none'
