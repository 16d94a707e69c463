import { bundleWarningText } from '@taskclf/registry'
import type { ValidBundle } from '@taskclf/registry-core'
import type { Note } from '../../command.js'

/** What is odd about a bundle that decides or serves as it is all the same: one warning each. */
export function bundleWarningNotes({ modelId, warnings }: ValidBundle): Note[] {
  return warnings.map((warning) => ({
    level: 'warning',
    code: warning.code,
    message: bundleWarningText(modelId, warning),
  }))
}
