import { passesConstraints } from './gates.js'
import type { ExclusionStage } from './reason.js'
import type { RankedJson, SelectionReportJson } from './report-schema.js'
import type { SelectionReport } from './select-best.js'
import type { Contender, SwitchDecision } from './should-switch-active.js'
import { toGateJson, toRequirementJson, toScoreJson } from './to-report-json.js'

/** One side of a recorded decision. */
export interface ContenderJson {
  model_id: string
  score?: RankedJson['score']
}

/** Why a model was made active, short enough for one line of the history however large the registry. */
export interface DecisionJson {
  /** Why it took over, or did not; left out when nothing was compared. */
  code?: string
  message?: string
  /** The best of the selection, with its gates. */
  candidate?: ContenderJson & { gates: RankedJson['gates'] }
  /** The second of the selection. */
  runner_up?: ContenderJson
  /** What was active before. */
  incumbent?: ContenderJson
  gain?: string
  required?: string
  /** How many bundles were eligible. */
  eligible: number
  /** How many left the selection at each stage. */
  excluded: Partial<Record<ExclusionStage, number>>
  requirement: SelectionReportJson['requirement']
}

/**
 * What a selection decided, for the history's `decision`: the winner with its gates and score, the runner-up, the
 * champion and the gain when they were compared, and counts in place of the full lists of `toReportJson`.
 *
 * @example
 * ```ts
 * const decision = { policy_digest, ...toDecision(report, shouldSwitchActive(report, champion, policy)) }
 * ```
 */
export function toDecision(report: SelectionReport, compared?: SwitchDecision): DecisionJson {
  const { best, ranked, excluded, policy, requirement } = report
  const second = ranked[1]
  const counts: DecisionJson['excluded'] = {}
  for (const { stage } of excluded) counts[stage] = (counts[stage] ?? 0) + 1
  return {
    ...(compared && { code: compared.code, message: compared.message }),
    ...(best && {
      candidate: {
        ...contenderJson({ modelId: best.bundle.modelId, score: best.score }),
        gates: passesConstraints(best.bundle, policy).gates.map(toGateJson),
      },
    }),
    ...(second && { runner_up: contenderJson({ modelId: second.bundle.modelId, score: second.score }) }),
    ...(compared?.incumbent && { incumbent: contenderJson(compared.incumbent) }),
    ...(compared?.gain !== undefined && { gain: compared.gain }),
    ...(compared?.required !== undefined && { required: compared.required }),
    eligible: ranked.length,
    excluded: counts,
    requirement: toRequirementJson(requirement),
  }
}

function contenderJson({ modelId, score }: Contender): ContenderJson {
  return { model_id: modelId, ...(score && { score: toScoreJson(score) }) }
}
