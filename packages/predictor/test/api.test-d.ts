import {
  type Artifact,
  type FeatureRow,
  loadLightgbm,
  loadPredictor,
  type Prediction,
  type PredictionBatch,
  type Predictor,
  type PredictorError,
  type PredictorErrorCode,
  type REJECT_LABEL,
  type Runtime,
  type RuntimeLoader,
  runSelfTest,
} from '@taskclf/predictor'
import type { ValidBundle } from '@taskclf/registry-core'
import { describe, expectTypeOf, it } from 'vitest'

describe('the types', () => {
  it('are what dependents rely on', () => {
    expectTypeOf(loadPredictor).parameter(0).toEqualTypeOf<ValidBundle>()
    expectTypeOf(loadPredictor).returns.resolves.toEqualTypeOf<Predictor>()
    expectTypeOf(runSelfTest).parameters.toEqualTypeOf<[Predictor, ValidBundle]>()
    expectTypeOf(runSelfTest).returns.toEqualTypeOf<Promise<void>>()
    expectTypeOf<Predictor['predict']>().returns.resolves.toEqualTypeOf<Prediction[]>()
    expectTypeOf<Predictor['predict']>().parameter(0).toEqualTypeOf<readonly FeatureRow[]>()
    expectTypeOf<Predictor['predictBatch']>().returns.resolves.toEqualTypeOf<PredictionBatch>()
    expectTypeOf<Predictor>().toExtend<AsyncDisposable>()
    expectTypeOf<typeof REJECT_LABEL>().toEqualTypeOf<'Mixed/Unknown'>()
    expectTypeOf<RuntimeLoader>().parameters.toEqualTypeOf<[Artifact]>()
    expectTypeOf(loadLightgbm).toExtend<RuntimeLoader>()
    expectTypeOf(loadLightgbm).returns.resolves.toEqualTypeOf<Runtime>()
    expectTypeOf<PredictorError['code']>().toEqualTypeOf<PredictorErrorCode>()
    // @ts-expect-error a runtime must say its columns
    const nameless: Runtime = { numOutputs: 1, predictRows: () => [] }
    expectTypeOf(nameless).toEqualTypeOf<Runtime>()
  })
})
