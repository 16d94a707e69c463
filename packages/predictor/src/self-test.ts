import { BUNDLE_FILES, selfTestSchema, type ValidBundle } from '@taskclf/registry-core'
import { messageOf, PredictorError } from './errors.js'
import type { Predictor } from './predictor.js'
import { readDocument } from './read-document.js'

/**
 * Predicts the rows of the bundle's `self_test.json` and compares with what the model answered when it was published. A bundle
 * without one passes.
 *
 * @throws PredictorError `self_test_failed` with the worst deviation in `details`, `self_test_invalid` for a file that is no
 * self-test, `integrity_mismatch` for one that was not published.
 * @example
 * ```ts
 * const reloader = await createModelReloader({ modelsDir: 'models', load: loadPredictor, selfTest: runSelfTest })
 * ```
 */
export async function runSelfTest(predictor: Predictor, bundle: ValidBundle): Promise<void> {
  const name = BUNDLE_FILES.selfTest
  const test = await readDocument(bundle, name, selfTestSchema, 'self_test_invalid')
  if (test === undefined) return
  const width = predictor.labels.length
  const short = test.expected.findIndex((outputs) => outputs.length !== width)
  if (short !== -1) {
    const message = `${bundle.modelId}: ${name} expects ${test.expected[short]?.length} outputs, the model has ${width} labels; give one for each`
    throw new PredictorError('self_test_invalid', message, { row: short })
  }
  const probabilities = await predictAll(predictor, test.rows, bundle)
  const worst = { row: 0, label: '', expected: 0, found: 0, deviation: -1 }
  for (const [row, outputs] of test.expected.entries()) {
    for (const [i, expected] of outputs.entries()) {
      const found = probabilities[row * width + i] as number
      const deviation = Math.abs(found - expected)
      if (deviation > worst.deviation) {
        Object.assign(worst, { row, label: predictor.labels[i], expected, found, deviation })
      }
    }
  }
  if (worst.deviation <= test.tolerance) return
  const message = `${bundle.modelId} does not reproduce its self-test: ${worst.label} is ${worst.found} instead of ${worst.expected}, off by more than ${test.tolerance}; publish it again with the model that was tested`
  throw new PredictorError('self_test_failed', message, {
    row: worst.row,
    details: { ...worst, tolerance: test.tolerance },
  })
}

async function predictAll(
  predictor: Predictor,
  rows: readonly Record<string, unknown>[],
  { modelId }: ValidBundle,
): Promise<Float64Array> {
  try {
    return (await predictor.predictBatch(rows)).probabilities
  } catch (cause) {
    const message = `${modelId} cannot predict its self-test: ${messageOf(cause)}`
    throw new PredictorError('self_test_failed', message, { cause })
  }
}
