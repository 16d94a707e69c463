export { type FileLocation, LIGHTGBM_ERROR_CODES, LightgbmError, type LightgbmErrorCode } from './errors.js'
export type { LightgbmModel } from './model.js'
export type { Objective } from './objective.js'
export { parseModel } from './parse-model.js'
