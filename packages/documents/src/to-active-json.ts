import { type ActiveModel, readDecision } from '@taskclf/registry'
import { instantOf } from '@taskclf/registry-core'
import type { ModelActive } from './model.js'

/**
 * The model that is active, or was at a time, as its document.
 *
 * @param at the time that was asked for, in UTC
 */
export function toActiveJson(
  location: string,
  at: string | null,
  found: ActiveModel | undefined,
): ModelActive {
  const entry = found?.entry
  return {
    models_dir: location,
    at,
    model_id: found?.modelId ?? null,
    revision: found?.revision ?? null,
    since_utc: entry === undefined ? null : instantOf(entry.at),
    state: entry?.state ?? null,
    source: entry?.source ?? null,
    kind: entry === undefined ? null : (readDecision(entry.decision)?.kind ?? null),
    actor: entry?.actor ?? null,
    note: entry?.new.reason?.note ?? null,
  }
}
