import { type GateResult, passesConstraints } from './gates.js'
import type { Score } from './rank.js'
import type { RankedJson, SelectionReportJson } from './report-schema.js'
import type { Requirement } from './requirement.js'
import type { Exclusion, SelectionReport } from './select-best.js'

type Excluded = SelectionReportJson['excluded'][number]
type GateJson = RankedJson['gates'][number]

/**
 * A selection report as a JSON document: ids in place of bundles, snake_case keys, a place for everything that was
 * decided and every number it was decided by. `selectionReportSchema` describes it.
 *
 * @example
 * ```ts
 * JSON.stringify(toReportJson(report), null, 2)
 * ```
 */
export function toReportJson(report: SelectionReport): SelectionReportJson {
  const { best, ranked, excluded, policy, requirement } = report
  return {
    version: 1,
    best: best?.bundle.modelId ?? null,
    ranked: ranked.map(({ rank, bundle, score }) => ({
      rank,
      model_id: bundle.modelId,
      score: toScoreJson(score),
      gates: passesConstraints(bundle, policy).gates.map(toGateJson),
      ...(bundle.warnings.length > 0 && { warnings: bundle.warnings.map((warning) => ({ ...warning })) }),
    })),
    excluded: excluded.map(exclusionJson),
    policy: structuredJson(policy),
    requirement: toRequirementJson(requirement),
  }
}

/**
 * A score as a JSON object: rank key → value, `null` where the bundle has none.
 *
 * @example
 * ```ts
 * toScoreJson(score(bundle, DEFAULT_POLICY)) // { macro_f1: 0.9071, weighted_f1: 0.9221, created_at: '2026-…', model_id: '…' }
 * ```
 */
export function toScoreJson(score: Score): RankedJson['score'] {
  return Object.fromEntries(score.keys.map(({ name, value }) => [name, value ?? null]))
}

/** A gate's result as JSON: the bound's keys beside the metric, as in a policy. */
export function toGateJson({ bound, ...gate }: GateResult): GateJson {
  const { metric, ...result } = gate
  return structuredJson({ metric, ...bound, ...result })
}

/** A requirement as JSON. */
export function toRequirementJson({ schemas, labelSet }: Requirement): SelectionReportJson['requirement'] {
  return structuredJson({ schemas, label_set: labelSet })
}

function exclusionJson({ modelId, stage, code, reasons, gates }: Exclusion): Excluded {
  const json = { model_id: modelId, stage, code, reasons: structuredJson<Excluded['reasons']>(reasons) }
  return gates === undefined ? json : { ...json, gates: gates.map(toGateJson) }
}

/** A copy as JSON sees it: absent values left out, nothing shared with the report. */
function structuredJson<T>(value: unknown): T {
  return JSON.parse(JSON.stringify(value)) as T
}
