export { fingerprintBundle } from '@taskclf/registry-core'
