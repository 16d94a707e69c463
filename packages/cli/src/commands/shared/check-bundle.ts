// A file of its own, to be loaded when a model is.
export { checkBundle } from '@taskclf/predictor'
