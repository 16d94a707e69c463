import { messageOf } from '@taskclf/errors'
import { BUNDLE_FILES, type SelfTest, type ValidBundle } from '@taskclf/registry-core'
import { PredictorError } from './errors.js'
import { orAborted } from './or-aborted.js'
import type { Predictor } from './predictor.js'

/** How {@link runSelfTest} is given up. */
export interface RunSelfTestOptions {
  /** Gives up: the promise is rejected with the signal's reason. */
  signal?: AbortSignal
}

/**
 * Predicts the rows of the bundle's self-test and compares with what the model answered when it was published. A bundle
 * without one passes.
 *
 * @throws PredictorError `self_test_failed` with the worst deviation in `details`; `self_test_invalid` for a self-test that does not
 * fit the model, or decides nothing.
 * @example
 * ```ts
 * const reloader = await createModelReloader({ modelsDir: 'models', load: loadPredictor, selfTest: runSelfTest })
 * ```
 */
export async function runSelfTest(
  predictor: Predictor,
  { selfTest }: Pick<ValidBundle, 'selfTest'>,
  { signal }: RunSelfTestOptions = {},
): Promise<void> {
  if (selfTest !== undefined) await requireAnswers(predictor, selfTest, signal)
}

/**
 * From what tolerance on a self-test decides nothing. Of a classifier half of what chance gives each of the labels: as large a one would pass
 * answers of quite another model. Of other tasks it is a share of the answer, and 0.5 would pass half of it.
 */
export function decidesNothingFrom({ task, outputs }: Pick<Predictor, 'task' | 'outputs'>): number {
  return task === 'classification' ? 1 / (2 * outputs.length) : 0.5
}

/** How far an answer is off: of probabilities the difference, of values and scores its share of what was expected, where that is above 1. */
function deviationOf({ task }: Pick<Predictor, 'task'>, found: number, expected: number): number {
  const apart = Math.abs(found - expected)
  return task === 'classification' ? apart : apart / Math.max(1, Math.abs(expected))
}

/**
 * Holds a predictor to what a self-test says that it answered.
 *
 * @throws PredictorError `self_test_failed`; `self_test_invalid` when it has other than one number for each output, or a
 * tolerance that decides nothing.
 */
export async function requireAnswers(
  predictor: Predictor,
  test: SelfTest,
  signal?: AbortSignal,
): Promise<void> {
  const { modelId, outputs: labels } = predictor
  const width = labels.length
  if (test.labels !== undefined && !test.labels.every((label, i) => label === labels[i])) {
    const message = `${modelId}: the outputs are called ${labels.join(', ')}, but were ${test.labels.join(', ')} when it was tested; mend label_set`
    throw new PredictorError('self_test_failed', message, { details: { labels, expected: test.labels } })
  }
  const limit = decidesNothingFrom(predictor)
  if (test.tolerance >= limit) {
    const message = `${modelId}: ${BUNDLE_FILES.selfTest} has a tolerance of ${test.tolerance}, which accepts another model's answers, too; give one below ${limit}, best 1e-6`
    throw new PredictorError('self_test_invalid', message)
  }
  const short = test.expected.findIndex((answers) => answers.length !== width)
  if (short !== -1) {
    const message = `${modelId}: ${BUNDLE_FILES.selfTest} expects ${test.expected[short]?.length} outputs, the model has ${width}; give one number for each`
    throw new PredictorError('self_test_invalid', message, { row: short })
  }
  const outputs = await orAborted(() => predictAll(predictor, test.rows), signal)
  const worst = { row: 0, label: '', expected: 0, found: 0, deviation: -1 }
  for (const [row, answers] of test.expected.entries()) {
    for (const [i, expected] of answers.entries()) {
      const found = outputs[row * width + i] as number
      const deviation = deviationOf(predictor, found, expected)
      if (deviation > worst.deviation) {
        Object.assign(worst, { row, label: labels[i], expected, found, deviation })
      }
    }
  }
  if (worst.deviation <= test.tolerance) return
  const message = `${modelId} does not reproduce its self-test: ${worst.label} is ${worst.found} instead of ${worst.expected}, off by more than ${test.tolerance}; publish it again with the model that was tested`
  throw new PredictorError('self_test_failed', message, {
    row: worst.row,
    details: { ...worst, tolerance: test.tolerance },
  })
}

async function predictAll(
  predictor: Predictor,
  rows: readonly Record<string, unknown>[],
): Promise<Float64Array> {
  try {
    return (await predictor.predictBatch(rows)).outputs
  } catch (cause) {
    const message = `${predictor.modelId} cannot predict its self-test: ${messageOf(cause)}`
    throw new PredictorError('self_test_failed', message, { cause })
  }
}
