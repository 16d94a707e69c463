import {
  type Artifact,
  checkBundle,
  type FeatureRow,
  loadLightgbm,
  loadPredictor,
  type Prediction,
  type PredictionBatch,
  type Predictor,
  type PredictorError,
  type PredictorErrorCode,
  predictorChecks,
  type REJECT_LABEL,
  type RunSelfTestOptions,
  type Runtime,
  type RuntimeLoader,
  runSelfTest,
} from '@taskclf/predictor'
import type { BundleChecks, CheckResult, LocalValidBundle } from '@taskclf/registry-core'
import { describe, expectTypeOf, it } from 'vitest'

describe('the types', () => {
  it('are what dependents rely on', () => {
    expectTypeOf(loadPredictor).parameter(0).toEqualTypeOf<LocalValidBundle>()
    expectTypeOf(loadPredictor).returns.resolves.toEqualTypeOf<Predictor>()
    expectTypeOf(runSelfTest).parameter(2).toEqualTypeOf<RunSelfTestOptions | undefined>()
    expectTypeOf(runSelfTest).returns.toEqualTypeOf<Promise<void>>()
    expectTypeOf(checkBundle).returns.resolves.toEqualTypeOf<CheckResult>()
    expectTypeOf(predictorChecks).returns.toEqualTypeOf<BundleChecks>()
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
