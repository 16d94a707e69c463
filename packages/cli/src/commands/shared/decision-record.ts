import type { HistoryEntry } from '@taskclf/active-pointer'
import { z } from 'zod'
import type { DecisionRecord, SwitchRecord } from '../../documents/model-why.js'
import { gate, reason } from '../../documents/parts.js'
import { instantOf } from '../../instant.js'

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

/** What a switch was decided on, as the history has it; null when nothing of it can be read. */
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

/** A score in words: `macro_f1 0.9071, weighted_f1 0.9221`; ids and times do not belong to it. */
export function scoreText(score: Readonly<Record<string, unknown>> | null): string {
  const figures = Object.entries(score ?? {}).filter(
    ([, value]) => typeof value === 'number' || value === null,
  )
  return figures.map(([name, value]) => `${name} ${value ?? 'absent'}`).join(', ')
}
