// What the short programs call on occasion only, in a file of its own that is loaded then: see build/short-program.ts.

export { resolveOverride } from '../../infer-resolver/src/resolve-override.ts'
export { escapeControls, keyPath, show } from '../../registry-core/src/describe.ts'
export { findDuplicateKeys } from '../../registry-core/src/duplicate-keys.ts'
export { locateLink } from '../../registry-core/src/locate-link.ts'
export { readBundleAt } from '../../registry-core/src/read-bundle-at.ts'
export { readLinkedBundle } from '../../registry-core/src/read-linked-bundle.ts'
export { didYouMean, nearest } from '../src/nearest.ts'
