import type { StoreLike } from '@taskclf/active-pointer'
import type { ValidBundle } from '@taskclf/registry-core'
import {
  blameText,
  type Gate,
  type MetricKey,
  type ParsedPolicy,
  type Policy,
  parsePolicy,
  type RankOrder,
  type Requirement,
  rank,
  selectBest,
} from '@taskclf/selection-policy'
import { RegistryUseError } from '../errors.js'
import { draftGates, draftTolerance } from './draft-amounts.js'
import { rankingBy, rankingOver } from './draft-ranking.js'
import { parseGate } from './parse-gate.js'
import { type PolicyModels, readPolicyModels } from './policy-models.js'
import type { PolicyNote } from './policy-note.js'

/** What a policy is to be written over; the models say what is not stated. */
export interface DraftPolicyOptions {
  /** The metric to rank by, and which of its values come first. */
  readonly metric?: { readonly metric: string; readonly order: RankOrder }
  /** Gates as people write them: `auc >= 0.7`. */
  readonly gates?: readonly string[]
  readonly requirement?: Requirement
}

/** A policy, or what is wrong with the gates that were asked for; and why each part is as it is. */
export interface PolicyDraft {
  parsed: ParsedPolicy
  notes: PolicyNote[]
}

/**
 * Writes a policy over the metrics that the models of a models dir share: ranked by those whose names say which value is
 * better, gated at what the active model reaches less what is little. What is stated is taken as it is.
 *
 * @throws RegistryUseError `no_models` where there is nothing to write it over; `metric_absent` where no model has the metric
 * that was named; `invalid_gate`. RegistryError when the models dir cannot be read.
 * @example
 * ```ts
 * const { parsed, notes } = await draftPolicy('models', { gates: ['auc >= 0.7'] })
 * for (const { message } of notes) console.error(message)
 * ```
 */
export async function draftPolicy(
  where: StoreLike | undefined,
  { metric, gates: texts = [], requirement = {} }: DraftPolicyOptions = {},
): Promise<PolicyDraft> {
  const asked = texts.map(parseGate)
  const models = await readPolicyModels(where, requirement)
  const { usable } = models
  if (metric === undefined && usable.length === 0) throw noModels()
  const ranking = metric === undefined ? rankingOver(usable) : rankingBy(metric, usable)
  const { rank_by } = ranking
  const isAsked = metric !== undefined || asked.length > 0
  const gated = isAsked
    ? { gates: asked, notes: askedNotes(asked) }
    : gatesOf(rank_by.filter(isMetric), models)
  const measured = toleranceOf(rank_by.find(isMetric), models)
  const parsed = parsePolicy({ gates: gated.gates, rank_by, ...measured.amount })
  const notes = [...ranking.notes, ...gated.notes, ...measured.notes]
  return { parsed, notes: parsed.ok ? [...notes, ...noneNotes(parsed.policy, models, requirement)] : notes }
}

const isMetric = (key: Policy['rank_by'][number]): key is MetricKey => 'metric' in key

function gatesOf(
  keys: readonly MetricKey[],
  { active }: PolicyModels,
): { gates: Gate[]; notes: PolicyNote[] } {
  const drafted = active === undefined ? { gates: [], notes: [] } : draftGates(keys, active)
  if (drafted.gates.length > 0) return drafted
  const why =
    active === undefined ? 'no usable model is active' : 'the active model has no metric of the ranking'
  const message = `no gates: ${why}, so nothing says what must be reached; add them, --gate 'NAME >= NUMBER'`
  return { gates: [], notes: [{ level: 'note', code: 'no_gates', message }] }
}

function askedNotes(gates: readonly Gate[]): PolicyNote[] {
  const message = gates.length === 0 ? 'no gates: none were asked for' : 'gates as requested, and no others'
  return [{ level: 'note', code: gates.length === 0 ? 'no_gates' : 'gate', message }]
}

function toleranceOf(
  key: MetricKey | undefined,
  models: PolicyModels,
): { amount: Pick<Policy, 'regression_tolerance'>; notes: PolicyNote[] } {
  if (key === undefined) return { amount: {}, notes: [] }
  const { tolerance, from } = draftTolerance(key, modelToMeasure(key, models))
  const message = `regression_tolerance ${tolerance}: ${from}`
  return {
    amount: { regression_tolerance: tolerance },
    notes: [{ level: 'note', code: 'tolerance', message }],
  }
}

/** The active one, where it has the metric, else the best by it. */
function modelToMeasure(key: MetricKey, { active, usable }: PolicyModels): ValidBundle | undefined {
  const by: Policy = { version: 1, gates: [], rank_by: [key], same_eval_dataset: false }
  const [itself] = rank(active === undefined ? [] : [active], by)
  return (itself ?? rank(usable, by)[0])?.bundle
}

/** Under what was stated none may be left. */
function noneNotes(policy: Policy, { all, withdrawn }: PolicyModels, requirement: Requirement): PolicyNote[] {
  if (all.length === 0) return []
  const report = selectBest(all, policy, requirement, { withdrawn })
  if (report.best !== undefined) return []
  const why = blameText(report) ?? 'see taskclf model select'
  return [{ level: 'warning', code: 'no_eligible_model', message: `no model is eligible under it: ${why}` }]
}

function noModels(): RegistryUseError {
  return new RegistryUseError(
    'no_models',
    'there is no valid model whose metrics a policy could be written over',
  )
}
