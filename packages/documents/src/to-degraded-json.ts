import type { Degraded } from '@taskclf/infer-resolver'
import type { DegradedJson } from './parts.js'

/** Why another model serves than the one that was chosen, as documents say it; null where it does not. */
export function toDegradedJson(degraded: Degraded | undefined): DegradedJson | null {
  if (degraded === undefined) return null
  const { code, wanted, message, confirmed, revision } = degraded
  return { code, wanted: wanted ?? null, message, confirmed: confirmed ?? null, revision: revision ?? null }
}
