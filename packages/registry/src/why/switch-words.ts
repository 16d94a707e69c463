import { shortInstant } from '@taskclf/registry-core'
import { boundText, valueText } from '../bound-text.js'
import type { DecisionRecord, SwitchRecord } from './decision-record.js'
import { scoreText } from './decision-record.js'

/** A switch in words: who, when, how, and what it was decided on. */
export function switchWords(record: SwitchRecord): string[] {
  const { decision } = record
  const score = scoreText(record.score)
  return [
    whoAndWhen(record),
    ...replaced(record),
    ...(score === '' ? [] : [`Its score: ${score}.`]),
    ...(decision === null ? [] : decided(decision)),
  ]
}

/** `at 2026-04-01T12:00:00Z, by ci (revision 3)` */
export function whenAndWho({ at, at_utc, actor, revision }: SwitchRecord): string {
  const who = actor === null ? '' : `, by ${actor}`
  return `at ${shortInstant(at_utc) ?? at}${who}${revision === null ? '' : ` (revision ${revision})`}`
}

function whoAndWhen(record: SwitchRecord): string {
  const { model_id, note, state } = record
  const became = BECAME[state] ?? `was to be made active, and was not (${state})`
  const said = isSaid(note) ? `: ${note}` : ''
  return `${model_id} ${became} ${whenAndWho(record)}: ${sourceText(record)}${said}.`
}

const BECAME: Readonly<Record<string, string>> = {
  visible: 'was made active',
  unconfirmed: 'was made active, or was to be: the pointer was lost since, and nothing confirms it,',
}

/** Notes that taskclf itself wrote say no more than the rest. */
export function isSaid(note: string | null): note is string {
  return note !== null && note !== 'manual set-active' && !note.startsWith('rollback to ')
}

function sourceText({ source, decision, model_id }: SwitchRecord): string {
  if (source === 'manual') return 'a person chose it'
  if (source === 'rollback') return 'a rollback'
  if (source === 'repair')
    return 'the pointer was missing or broken, and was written again with the best model'
  if (source !== 'promotion') return 'another program wrote the pointer'
  if (decision?.kind === 'select') return 'a selection that a person requested'
  const promoted = decision?.promoted
  if (promoted === undefined || promoted === null || promoted === model_id) return 'its promotion'
  return `the promotion of ${promoted}, after which it was the best`
}

function replaced({ previous_model_id, decision }: SwitchRecord): string[] {
  if (previous_model_id === null) return ['Nothing was active before.']
  const { code = null, message = null, gain = null, required = null } = decision ?? {}
  const champion = decision?.incumbent ?? null
  const score = scoreText(champion?.score ?? null)
  const scored = score === '' ? '' : ` (${score})`
  const measured =
    gain === null ? '' : `, gaining ${gain}${required === null ? '' : ` (minimum ${required})`}`
  const why = code === null || code === 'better' || message === null ? '' : ` ${sentence(message)}`
  return [`It replaced ${previous_model_id}${scored}${measured}.${why}`]
}

function decided(decision: DecisionRecord): string[] {
  const { gates, forced, eligible, excluded, policy_digest, runner_up } = decision
  const stages = Object.entries(excluded).map(([stage, n]) => `${n} ${STAGES[stage] ?? stage}`)
  const out = stages.length === 0 ? '' : `; out: ${stages.join(', ')}`
  const second = runner_up === null ? '' : ` Next was ${runner_up.model_id} (${scoreText(runner_up.score)}).`
  return [
    ...(gates.length === 0 ? [] : [gatesText(gates)]),
    ...(forced.length === 0
      ? []
      : [`--force went past: ${forced.map(({ message }) => message).join('; ')}.`]),
    ...(eligible === null || eligible + stages.length < 2 ? [] : [`Eligible: ${eligible}${out}.${second}`]),
    ...(policy_digest === null ? [] : [`The policy's digest: ${policy_digest}.`]),
  ]
}

const STAGES: Readonly<Record<string, string>> = {
  invalid: 'invalid',
  incompatible: 'incompatible',
  gate: 'at a gate',
  withdrawn: 'withdrawn',
  superseded_schema: 'of a superseded feature schema',
}

/** The gates in one sentence, those not passed by name. */
function gatesText(gates: DecisionRecord['gates']): string {
  const shown = gates.map((gate) => {
    const value = gate.value === undefined ? 'absent' : valueText(gate.value)
    return `${gate.metric} ${value} (${boundText(gate)})${gate.passed ? '' : ' NOT PASSED'}`
  })
  const all = gates.every(({ passed }) => passed) ? 'Every gate was passed' : 'The gates'
  return `${all}: ${shown.join(', ')}.`
}

/** With a full stop, whatever it ended in. */
export function sentence(text: string): string {
  const [first = '', ...rest] = text
  return `${first.toUpperCase()}${rest.join('')}${/[.!?]$/.test(text) ? '' : '.'}`
}
