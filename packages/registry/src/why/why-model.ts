import type { Bundle } from '@taskclf/registry-core'
import { switchRecord } from './decision-record.js'
import { activeId, type RegistryView } from './registry-view.js'
import { gapText, outrankedBy, standingOf } from './standing.js'
import { isSaid, sentence, whenAndWho } from './switch-words.js'
import { whyActive } from './why-active.js'
import type { Standing, WhyReport, WhyVerdict } from './why-report.js'

/** Why a model of the models dir is active, or why it is not. */
export function whyModel(view: RegistryView, bundle: Bundle): WhyReport {
  if (bundle.modelId === activeId(view)) return whyActive(view, 'model')
  const today = standingOf(view, bundle)
  const frame = {
    location: view.store.location,
    subject: 'model',
    modelId: bundle.modelId,
    active: false,
    today,
    switch: null,
    outrankedBy: null,
  } as const
  const [first] = today.reasons
  if (first !== undefined) return { ...frame, ...excluded(view, bundle, today) }
  return { ...frame, ...eligible(view, bundle, today) }
}

type Verdict = Pick<WhyReport, 'verdict' | 'explanation'> & Partial<WhyReport>

function excluded(view: RegistryView, { modelId }: Bundle, today: Standing): Verdict {
  // Every exclusion has a reason, and its stage is that of the first.
  const stage = today.reasons[0]?.stage as WhyVerdict
  const left = today.reasons.some((reason) => reason.stage === 'withdrawn') ? withdrawal(view, modelId) : null
  const others = today.reasons.filter((reason) => reason.stage !== 'withdrawn')
  return {
    verdict: stage,
    explanation: [
      `${modelId} is not active because it is not eligible.`,
      ...others.map(({ stage, message }) => `${STAGE_WORDS[stage] ?? stage}: ${message}.`),
      ...(left === null ? [] : [left.text]),
      activeText(view),
    ],
    switch: left?.record ?? null,
  }
}

const STAGE_WORDS: Readonly<Record<string, string>> = {
  invalid: 'It is not valid',
  incompatible: 'It is not compatible',
  gate: 'It falls at a gate',
  superseded_schema: 'Its feature schema is superseded',
}

/** The switch since which a model is withdrawn. */
function withdrawal(view: RegistryView, modelId: string) {
  const entry = view.history.entries.findLast(
    ({ visible, new: now, old }) =>
      visible && now.withdrawn?.includes(modelId) && !(old?.withdrawn ?? []).includes(modelId),
  )
  const again = `taskclf model set-active --model-id ${modelId} makes it eligible again.`
  if (entry === undefined)
    return { record: null, text: `It is withdrawn, and the history does not say since when. ${again}` }
  const record = switchRecord(entry)
  const how = record.source === 'rollback' ? 'a rollback went back' : 'a person switched'
  const note = isSaid(record.note) ? ` (${record.note})` : ''
  const text = `It is withdrawn since ${how} from it to ${record.model_id}${note} ${whenAndWho(record)}. ${again}`
  return { record, text }
}

function eligible(view: RegistryView, bundle: Bundle, today: Standing): Verdict {
  const by = bundle.status === 'valid' ? outrankedBy(view, bundle) : null
  const place = `It is eligible, number ${today.rank} of ${today.of}.`
  const active = activeId(view)
  if (by !== null) {
    const who = by.modelId === active ? `the active model ${by.modelId}` : by.modelId
    const outranked = `${bundle.modelId} is not active because ${who} ranks before it, by ${gapText(by)}.`
    return { verdict: 'outranked', explanation: [outranked, place], outrankedBy: by }
  }
  const { code, message } = view.decision
  if (code === 'gain_too_small') {
    const explanation = [
      `${bundle.modelId} is not active because it is not better by enough.`,
      sentence(message),
    ]
    return { verdict: 'gain_too_small', explanation }
  }
  if (code === 'other_labels' || code === 'other_schema') {
    const explanation = [
      `${bundle.modelId} is the best, and is not made active unasked, being of another kind.`,
      sentence(message),
    ]
    return { verdict: code, explanation }
  }
  const explanation = [
    `${bundle.modelId} is the best, and nobody has selected since.`,
    activeText(view),
    'taskclf model select --activate makes it active.',
  ]
  return { verdict: 'not_switched', explanation }
}

function activeText(view: RegistryView): string {
  const active = activeId(view)
  return active === undefined ? 'Nothing is active.' : `The active model is ${active}.`
}
