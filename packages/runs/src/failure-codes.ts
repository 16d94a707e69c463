import { codesOf } from '@taskclf/errors'
import { RUN_FAILURES } from './error-table.js'

/** One of the codes of {@link RUN_FAILURES}. */
export type RunFailureCode = keyof typeof RUN_FAILURES

/** The codes of {@link RUN_FAILURES}, in its order. */
export const RUN_FAILURE_CODES: readonly RunFailureCode[] = /* @__PURE__ */ codesOf(RUN_FAILURES)
