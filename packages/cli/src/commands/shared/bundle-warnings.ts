import type { BundleWarning, ValidBundle } from '@taskclf/registry-core'
import type { Note } from '../../command.js'

/** What is odd about a bundle that decides or serves as it stands all the same: one warning each. */
export function bundleWarningNotes({ modelId, warnings }: ValidBundle): Note[] {
  return warnings.map((warning) => ({
    level: 'warning',
    code: warning.code,
    message: bundleWarningText(modelId, warning),
  }))
}

/** `run-7: metrics.json macro_f1: is 0.99, but …` */
export function bundleWarningText(modelId: string, { file, at, message }: BundleWarning): string {
  const where = [file, at].filter((part) => part).join(' ')
  return [modelId, where, message].filter((part) => part !== '').join(': ')
}
