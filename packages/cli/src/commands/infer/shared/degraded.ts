import type { Degraded } from '@taskclf/infer-resolver'
import type { DegradedJson } from '../../../documents/parts.js'

/** Why another model serves than the one that was chosen, as documents say it; null where it does not. */
export function degradedJson(degraded: Degraded | undefined): DegradedJson | null {
  if (degraded === undefined) return null
  const { code, wanted, message, confirmed, revision } = degraded
  return { code, wanted: wanted ?? null, message, confirmed: confirmed ?? null, revision: revision ?? null }
}

/** The same in a few words: `in place of chosen [active_bundle_missing]`. */
export function standsInText({ code, wanted }: Pick<DegradedJson, 'code' | 'wanted'>): string {
  return `in place of ${wanted ?? 'the active model'} [${code}]`
}
