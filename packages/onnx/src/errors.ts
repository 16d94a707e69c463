import { codesOf, TaskclfError, type TaskclfErrorOptions } from '@taskclf/errors'
import { ONNX_ERRORS } from './error-table.js'

/** One of the codes of {@link ONNX_ERRORS}. */
export type OnnxErrorCode = keyof typeof ONNX_ERRORS

/** The codes of {@link ONNX_ERRORS}, in its order. */
export const ONNX_ERROR_CODES: readonly OnnxErrorCode[] = /* @__PURE__ */ codesOf(ONNX_ERRORS)

/**
 * What this package throws. A predictor reports it as the `cause` of its own `load_failed` or `predict_failed`.
 *
 * @example
 * ```ts
 * try {
 *   await loadPredictor(bundle, { loaders: onnxLoaders })
 * } catch (error) {
 *   if (error instanceof Error && error.cause instanceof OnnxError) console.error(error.cause.code)
 * }
 * ```
 */
export class OnnxError extends TaskclfError {
  override readonly name = 'OnnxError'
  declare readonly code: OnnxErrorCode

  constructor(code: OnnxErrorCode, message: string, options: TaskclfErrorOptions = {}) {
    super(ONNX_ERRORS, code, message, options)
  }
}
