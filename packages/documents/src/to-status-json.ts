import type { RegistryStatus } from '@taskclf/registry'
import { instantOf } from '@taskclf/registry-core'
import type { Status } from './status.js'

type FamilyJson = Status['families'][number]

/** The state of a family. */
export function toStatusJson(family: string | null, status: RegistryStatus): FamilyJson {
  const { location, active, eligible, total, newest, problems } = status
  return {
    family,
    models_dir: location,
    active:
      active === undefined
        ? null
        : {
            model_id: active.modelId,
            revision: active.revision ?? null,
            since: instantOf(active.since) ?? active.since,
            actor: active.actor ?? null,
            source: active.source ?? null,
          },
    eligible,
    total,
    newest:
      newest === undefined ? null : { model_id: newest.modelId, created_at: newest.createdAt.toISOString() },
    problems: problems.map(({ level, code, message, advice }) => ({
      level: level === 'error' ? 'error' : 'warning',
      code,
      message,
      advice,
    })),
  }
}

/** A family that cannot be looked at. */
export function toFailedStatusJson(
  family: string | null,
  models_dir: string,
  problem: Omit<FamilyJson['problems'][number], 'level'>,
): FamilyJson {
  const nothing = { active: null, eligible: null, total: null, newest: null }
  return { family, models_dir, ...nothing, problems: [{ level: 'error', ...problem }] }
}
