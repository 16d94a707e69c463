import type { HistoryEntry } from '@taskclf/active-pointer'
import { instantOf } from '@taskclf/registry-core'
import { z } from 'zod'

/** Why a bundle was not eligible, with whatever numbers belong to it. */
const reason = z.looseObject({ stage: z.string(), code: z.string(), message: z.string() })
const gate = z.looseObject({
  metric: z.string(),
  passed: z.boolean(),
  derived: z.boolean(),
  code: z.string().optional(),
  shortfall: z.string().optional(),
})

/** A score by rank key, as it was recorded. */
export type RecordedScore = Record<string, z.core.util.JSONType> | null

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

const text = z.string().nullable().catch(null)
const contender = z
  .object({
    model_id: z.string(),
    score: z.record(z.string(), z.json()).nullable().catch(null),
    gates: z.array(gate).catch([]),
  })
  .nullable()
  .catch(null)

/** Lenient: other versions and other programs may have written something else, and what can be read is told. */
const decisionSchema = z.object({
  kind: text,
  policy_digest: text,
  code: text,
  message: text,
  candidate: contender,
  incumbent: contender,
  runner_up: contender,
  gain: text,
  required: text,
  eligible: z.int().nullable().catch(null),
  excluded: z.record(z.string(), z.int()).catch({}),
  forced: z.array(reason).catch([]),
  promotion: z
    .object({ candidate: z.object({ model_id: z.string() }) })
    .nullable()
    .catch(null),
})

/**
 * What a switch was decided on, as the history has it; null when nothing of it can be read.
 *
 * @example
 * ```ts
 * readDecision(entry.decision)?.kind // 'promotion'
 * ```
 */
export function readDecision(decision: unknown): DecisionRecord | null {
  const parsed = decisionSchema.safeParse(decision)
  if (!parsed.success) return null
  const { candidate, incumbent, runner_up, promotion, ...rest } = parsed.data
  return {
    ...rest,
    score: candidate?.score ?? null,
    gates: candidate?.gates ?? [],
    incumbent: sideOf(incumbent),
    runner_up: sideOf(runner_up),
    promoted: promotion?.candidate.model_id ?? null,
  }
}

function sideOf(side: z.infer<typeof contender>): DecisionRecord['incumbent'] {
  return side === null ? null : { model_id: side.model_id, score: side.score }
}

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
