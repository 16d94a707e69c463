import type { BundleWarning } from '@taskclf/registry-core'

/**
 * What is odd about a bundle, in a line: `run-7: metrics.json macro_f1: is 0.99, but …`.
 *
 * @example
 * ```ts
 * for (const warning of bundle.warnings) console.error(bundleWarningText(bundle.modelId, warning))
 * ```
 */
export function bundleWarningText(modelId: string, { file, at, message }: BundleWarning): string {
  const where = [file, at].filter((part) => part).join(' ')
  return [modelId, where, message].filter((part) => part !== '').join(': ')
}
