// A file of its own, to be loaded by who follows the active model.
export { createModelReloader } from '@taskclf/infer-resolver'
