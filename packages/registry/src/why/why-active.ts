import { ResolveError } from '@taskclf/infer-resolver'
import { switchRecord } from './decision-record.js'
import { activeId, type RegistryView } from './registry-view.js'
import { standingOf } from './standing.js'
import { sentence, switchWords } from './switch-words.js'
import type { Standing, WhyReport } from './why-report.js'

const NO_MODEL = { modelId: null, active: false, switch: null, today: null, outrankedBy: null } as const

/** Why the active model is the active one, and how it does today; or why there is none. */
export function whyActive(view: RegistryView, subject: 'active' | 'model'): WhyReport {
  const { store, active } = view
  const frame = { location: store.location, subject }
  if (active.status === 'corrupt') {
    const why = active.problems.map(({ message }) => message).join('; ')
    const explanation = [`active.json cannot be used, so no model is active: ${why}.`, servesText(view)]
    return { ...frame, ...NO_MODEL, verdict: 'pointer_corrupt', explanation }
  }
  if (active.status === 'absent') {
    const explanation = ['No model is active: there is no active.json.', servesText(view)]
    return { ...frame, ...NO_MODEL, verdict: 'no_pointer', explanation }
  }
  const entry = view.history.entries.findLast(
    ({ visible, new: pointer }) =>
      visible && pointer.model_id === active.modelId && pointer.selected_at === active.pointer.selected_at,
  )
  const record = entry === undefined ? null : switchRecord(entry)
  const bundle = view.bundles.find(({ modelId }) => modelId === active.modelId)
  const today = bundle === undefined ? null : standingOf(view, bundle)
  const unknown = `${active.modelId} is active because active.json says so; no line of the history tells who wrote it.`
  return {
    ...frame,
    modelId: active.modelId,
    active: true,
    verdict: 'active',
    explanation: [...(record === null ? [unknown] : switchWords(record)), todayText(view, today)],
    switch: record,
    today,
    outrankedBy: null,
  }
}

/** What a program that resolves gets now. */
function servesText({ serves, active }: RegistryView): string {
  if (serves === undefined) return ''
  if (serves instanceof ResolveError) {
    const wayOut =
      active.status === 'absent'
        ? 'model set-active names one'
        : 'model set-active or model rollback puts another in its place'
    return `A program that resolves is refused, and nothing serves [${serves.code}]; ${wayOut}.`
  }
  return active.status === 'absent'
    ? `Until one is, a program that resolves gets the best by policy: ${serves.modelId}.`
    : `Until that is put right, a program that resolves gets another in its place: ${serves.modelId}.`
}

function todayText(view: RegistryView, today: Standing | null): string {
  const id = activeId(view)
  const { look } = view
  if (look.state === 'missing')
    return `Today its bundle is not there: ${id} cannot serve. ${servesText(view)}`
  if (look.state === 'broken') return `Today it must not serve: ${sentence(look.message)} ${servesText(view)}`
  if (today === null) return `Today its bundle is not there: ${id} cannot serve.`
  if (!today.eligible) {
    const why = today.reasons.map(({ message }) => message).join('; ')
    const consequence = view.decision.switch ? ', until a selection replaces it' : ''
    return `Today it is not eligible: ${why}. It serves all the same${consequence}.`
  }
  if (today.rank === 1) return `Today it is the best of ${today.of} eligible.`
  return `Today it is number ${today.rank} of ${today.of} eligible: ${sentence(view.decision.message)}`
}
