// A file of its own, to be loaded when a model is.
export { checkBundle, loadableArtifact } from '@taskclf/predictor'
