import type { Runtime } from '@taskclf/predictor'
import type { InferenceSession } from 'onnxruntime-node'
import { OnnxError } from './errors.js'
import { cellsOf, type Inputs } from './model-inputs.js'
import type { Ort } from './onnxruntime.js'

/** Makes a runtime of a session, which it then owns. One row of zeros shows how many outputs there are. */
export async function createRuntime(
  ort: Ort,
  session: InferenceSession,
  inputs: Inputs,
  outputs: readonly string[],
): Promise<Runtime> {
  const width = inputs.columns.length
  const answer = createAnswer(ort, session, inputs, outputs)
  const numOutputs = (await answer(new Float64Array(width), 0, 1)).length
  return {
    featureNames: inputs.columns,
    unnamed: inputs.unnamed,
    likelyTask: likelyTask(session, outputs, numOutputs),
    numOutputs,
    async predictRows(rows, count, out = new Float64Array(count * numOutputs)) {
      const step = inputs.batch ?? count
      for (let start = 0; start < count; start += step) {
        const answers = await answer(rows, start, step)
        if (answers.length !== step * numOutputs) throw badAnswer(answers.length, step, numOutputs)
        out.set(answers, start * numOutputs)
      }
      return out
    },
    dispose: () => session.release(),
  }
}

/** A classifier has the label beside its numbers, which need not be probabilities. */
function likelyTask(
  { outputMetadata }: InferenceSession,
  outputs: readonly string[],
  numOutputs: number,
): NonNullable<Runtime['likelyTask']> {
  if (outputMetadata.length > outputs.length) return 'classification'
  return numOutputs === 1 ? 'regression' : 'scores'
}

/** Answers `count` rows from `start`: the numbers of all outputs, row by row. */
function createAnswer(ort: Ort, session: InferenceSession, inputs: Inputs, outputs: readonly string[]) {
  const width = inputs.columns.length
  return async (rows: Float64Array, start: number, count: number): Promise<Float64Array> => {
    const feeds = Object.fromEntries(
      inputs.inputs.map((input) => {
        const dims = input.isFlat ? [count] : [count, input.width]
        const { Tensor } = ort as unknown as {
          Tensor: new (...of: unknown[]) => InferenceSession.OnnxValueMapType[string]
        }
        return [input.name, new Tensor(input.type, cellsOf(input, rows, width, start, count), dims)]
      }),
    )
    const results = await session.run(feeds, [...outputs])
    const parts = outputs.map((name) => (results[name] as { data: ArrayLike<number> }).data)
    if (parts.length === 1) return Float64Array.from(parts[0] as ArrayLike<number>)
    return Float64Array.from({ length: parts.length * count }, (_, i) => {
      const part = parts[i % parts.length] as ArrayLike<number>
      return part[Math.floor(i / parts.length)] as number
    })
  }
}

function badAnswer(found: number, rows: number, outputs: number): OnnxError {
  return new OnnxError('bad_answer', `the model returned ${found} numbers for ${rows} rows of ${outputs}`)
}
