import type { ModelWhy } from '../../../documents/model-why.js'
import { switchRecord } from '../../shared/decision-record.js'
import { activeId, type RegistryView } from './registry-view.js'
import { standingOf } from './standing.js'
import { sentence, switchWords } from './switch-words.js'

const NO_MODEL = { model_id: null, active: false, switch: null, today: null, outranked_by: null } as const

/** Why the active model is the active one, and how it does today; or why there is none. */
export function whyActive(view: RegistryView, subject: 'active' | 'model'): ModelWhy {
  const { modelsDir, active } = view
  const frame = { models_dir: modelsDir.root, subject }
  if (active.status === 'corrupt') {
    const why = active.problems.map(({ message }) => message).join('; ')
    const explanation = [`active.json cannot be read, so no model is active: ${why}.`, fallback(view)]
    return { ...frame, ...NO_MODEL, verdict: 'pointer_corrupt', explanation }
  }
  if (active.status === 'absent') {
    const explanation = ['No model is active: there is no active.json.', fallback(view)]
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
    model_id: active.modelId,
    active: true,
    verdict: 'active',
    explanation: [...(record === null ? [unknown] : switchWords(record)), todayText(view, today)],
    switch: record,
    today,
    outranked_by: null,
  }
}

function fallback({ report }: RegistryView): string {
  return report.best === undefined
    ? 'No model is eligible either, so nothing can serve.'
    : `Until one is, whoever resolves gets the best by policy: ${report.best.bundle.modelId}.`
}

function todayText(view: RegistryView, today: ModelWhy['today']): string {
  const id = activeId(view)
  if (today === null) return `Today its bundle is not there: ${id} cannot serve.`
  if (!today.eligible) {
    const why = today.reasons.map(({ message }) => message).join('; ')
    const consequence = view.decision.switch ? ' The next selection replaces it.' : ''
    return `Today it is not eligible: ${why}.${consequence}`
  }
  if (today.rank === 1) return `Today it is the best of ${today.of} eligible.`
  return `Today it is number ${today.rank} of ${today.of} eligible: ${sentence(view.decision.message)}`
}
