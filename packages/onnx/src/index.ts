export { ONNX_ERRORS } from './error-table.js'
export { ONNX_ERROR_CODES, OnnxError, type OnnxErrorCode } from './errors.js'
export { createOnnxLoader, loadOnnx, type OnnxLoaderOptions, onnxLoaders } from './load-onnx.js'
