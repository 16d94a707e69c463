import type { HistoryEntry } from '@taskclf/active-pointer'
import { instantOf } from '@taskclf/registry-core'

/** Whatever is in a line of JSON. */
export type RecordedValue =
  | string
  | number
  | boolean
  | null
  | RecordedValue[]
  | { [key: string]: RecordedValue }

/** A score by rank key, as it was recorded. */
export type RecordedScore = Record<string, RecordedValue> | null

/** One side of a comparison, as it was recorded. */
export type RecordedSide = { model_id: string; score: RecordedScore } | null

/** How a bundle did at a gate, as it was recorded. */
export interface RecordedGate {
  metric: string
  passed: boolean
  derived: boolean
  code?: string | undefined
  shortfall?: string | undefined
  [key: string]: unknown
}

/** Why a bundle was not eligible, as it was recorded. */
export interface RecordedReason {
  stage: string
  code: string
  message: string
  [key: string]: unknown
}

/** What a switch was decided on, as far as the history has it; keys as there. */
export interface DecisionRecord {
  kind: string | null
  policy_digest: string | null
  code: string | null
  message: string | null
  /** The winner's, by rank key. */
  score: RecordedScore
  /** The winner's. */
  gates: RecordedGate[]
  incumbent: RecordedSide
  runner_up: RecordedSide
  /** On the first rank metric, an exact decimal. */
  gain: string | null
  required: string | null
  eligible: number | null
  excluded: Record<string, number>
  /** What was gone past. */
  forced: RecordedReason[]
  /** The candidate whose promotion led to the switch. */
  promoted: string | null
}

/** A line of the history, explained. */
export interface SwitchRecord {
  /** In active_history.jsonl. */
  line: number
  state: string
  revision: number | null
  at: string
  at_utc: string | null
  actor: string | null
  source: string | null
  note: string | null
  model_id: string
  previous_model_id: string | null
  /** The model's then; what active.json says where no decision does. */
  score: RecordedScore
  decision: DecisionRecord | null
}

/**
 * What a switch was decided on, as the history has it; null when nothing of it can be read. Lenient: other versions and other programs
 * may have written something else, and what can be read is reported.
 *
 * @example
 * ```ts
 * readDecision(entry.decision)?.kind // 'promotion'
 * ```
 */
export function readDecision(decision: unknown): DecisionRecord | null {
  if (!isObject(decision)) return null
  const { candidate, excluded, eligible, promotion } = decision
  const winner = isObject(candidate) && typeof candidate.model_id === 'string' ? candidate : {}
  return {
    kind: textIn(decision.kind),
    policy_digest: textIn(decision.policy_digest),
    code: textIn(decision.code),
    message: textIn(decision.message),
    incumbent: sideIn(decision.incumbent),
    runner_up: sideIn(decision.runner_up),
    gain: textIn(decision.gain),
    required: textIn(decision.required),
    eligible: Number.isSafeInteger(eligible) ? (eligible as number) : null,
    excluded:
      isObject(excluded) && Object.values(excluded).every(Number.isSafeInteger)
        ? (excluded as Record<string, number>)
        : {},
    forced: listIn(decision.forced, isReason),
    score: scoreIn(winner.score),
    gates: listIn(winner.gates, isGate),
    promoted:
      isObject(promotion) && isObject(promotion.candidate) ? textIn(promotion.candidate.model_id) : null,
  }
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown) => typeof value === 'string'

const textIn = (value: unknown): string | null => (typeof value === 'string' ? value : null)

// The line is JSON, and so is whatever is in it.
const scoreIn = (value: unknown): RecordedScore => (isObject(value) ? (value as RecordedScore) : null)

function sideIn(value: unknown): RecordedSide {
  if (!isObject(value) || typeof value.model_id !== 'string') return null
  return { model_id: value.model_id, score: scoreIn(value.score) }
}

function listIn<T>(value: unknown, isOne: (item: Fields) => boolean): T[] {
  return Array.isArray(value) && value.every((item) => isObject(item) && isOne(item)) ? value : []
}

const isReason = ({ stage, code, message }: Fields) => [stage, code, message].every(isText)

const isGate = ({ metric, passed, derived, code, shortfall }: Fields) =>
  isText(metric) &&
  typeof passed === 'boolean' &&
  typeof derived === 'boolean' &&
  [code, shortfall].every((text) => text === undefined || isText(text))

/** A line of the history with its decision in a form that can be relied on. */
export function switchRecord(entry: HistoryEntry): SwitchRecord {
  const decision = readDecision(entry.decision)
  return {
    line: entry.line,
    state: entry.state,
    revision: entry.revision ?? null,
    at: entry.at,
    at_utc: instantOf(entry.at),
    actor: entry.actor ?? null,
    source: entry.source ?? null,
    note: entry.new.reason?.note ?? null,
    model_id: entry.new.model_id,
    previous_model_id: entry.old?.model_id ?? null,
    score: decision?.score ?? reasonScore(entry),
    decision,
  }
}

/** What a pointer itself says of its model's figures: the one that decided first. */
function reasonScore({ new: { reason } }: HistoryEntry): SwitchRecord['score'] {
  if (!reason) return null
  const figures = {
    [reason.metric]: reason[reason.metric],
    macro_f1: reason.macro_f1,
    weighted_f1: reason.weighted_f1,
  }
  const said = Object.entries(figures).filter(
    (figure): figure is [string, number] => typeof figure[1] === 'number',
  )
  return said.length === 0 ? null : Object.fromEntries(said)
}

/**
 * A score in words: `macro_f1 0.9071, weighted_f1 0.9221`; ids and times do not belong to it.
 *
 * @example
 * ```ts
 * scoreText({ macro_f1: 0.9071 }) // 'macro_f1 0.9071'
 * ```
 */
export function scoreText(score: Readonly<Record<string, unknown>> | null): string {
  const figures = Object.entries(score ?? {}).filter(
    ([, value]) => typeof value === 'number' || value === null,
  )
  return figures.map(([name, value]) => `${name} ${value ?? 'absent'}`).join(', ')
}
