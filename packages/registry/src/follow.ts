export { createModelReloader } from '@taskclf/infer-resolver'
