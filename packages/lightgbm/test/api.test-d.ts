import { expectTypeOf } from 'vitest'
import {
  type LightgbmError,
  type LightgbmErrorCode,
  type LightgbmModel,
  type Objective,
  parseModel,
} from '../src/index.js'

expectTypeOf(parseModel).parameters.toEqualTypeOf<[source: string | Uint8Array]>()
expectTypeOf(parseModel).returns.toEqualTypeOf<LightgbmModel>()

declare const model: LightgbmModel
expectTypeOf(model.predictRow).toEqualTypeOf<(row: ArrayLike<number>, out?: Float64Array) => Float64Array>()
expectTypeOf(model.rawScoreRows).toEqualTypeOf<
  (rows: Float64Array, rowCount: number, out?: Float64Array) => Float64Array
>()
expectTypeOf(model.leafIndexRow).toEqualTypeOf<(row: ArrayLike<number>, out?: Int32Array) => Int32Array>()
expectTypeOf(model.leafIndexRows).toEqualTypeOf<
  (rows: Float64Array, rowCount: number, out?: Int32Array) => Int32Array
>()
expectTypeOf(model.objective).toEqualTypeOf<Objective>()
expectTypeOf(model.featureNames).toEqualTypeOf<readonly string[]>()
expectTypeOf(model.pandasCategorical).toBeUnknown()

declare const error: LightgbmError
expectTypeOf(error.code).toEqualTypeOf<LightgbmErrorCode>()
expectTypeOf(error.line).toEqualTypeOf<number | undefined>()
// @ts-expect-error a closed union
const code: LightgbmErrorCode = 'broken'
// @ts-expect-error many rows come in one flat array
model.predictRows([[1, 2]], 1)
// @ts-expect-error a model is not changed
model.numTrees = 3

export { code }
