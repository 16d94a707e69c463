import { ResolveError } from '@taskclf/infer-resolver'
import type { Bundle } from '@taskclf/registry-core'
import { activeId, type RegistryView } from '../why/registry-view.js'
import { gapBetween } from '../why/standing.js'
import { whyActive } from '../why/why-active.js'
import type { ReportClass, ReportServing } from './registry-report.js'

/** What serves now, and why. */
export function reportServing(view: RegistryView): ReportServing {
  const { look, serves } = view
  const active = activeId(view) ?? null
  const { explanation, switch: record, today } = whyActive(view, 'active')
  const refusal = serves instanceof ResolveError ? { code: serves.code, message: serves.message } : null
  const served =
    serves === undefined ? active : refusal === null ? (serves as { modelId: string }).modelId : null
  return {
    state: look.state,
    problem: problemOf(look),
    active,
    serves: served,
    refusal,
    explanation: explanation.filter((sentence) => sentence !== ''),
    switch: record,
    today,
    rival: rivalOf(view),
    classes: classesOf(view.bundles.find(({ modelId }) => modelId === served)),
  }
}

function problemOf(look: RegistryView['look']): ReportServing['problem'] {
  if (look.state === 'good') return null
  if (look.state === 'absent') return { code: 'no_pointer', message: 'there is no active.json' }
  const code = look.state === 'missing' ? 'active_bundle_missing' : look.code
  return { code, message: look.message }
}

function rivalOf(view: RegistryView): ReportServing['rival'] {
  const { ranked } = view.report
  const own = ranked.find(({ bundle }) => bundle.modelId === activeId(view))
  const rival = ranked.find(({ rank }) => rank === (own?.rank === 1 ? 2 : 1))
  if (own === undefined || rival === undefined) return null
  const ahead = rival.rank < own.rank
  const [better, worse] = ahead ? [rival, own] : [own, rival]
  const gap = gapBetween(better.bundle, worse.bundle, view.policy)
  if (gap === null) return null
  const sides = ahead ? {} : { theirs: gap.its, its: gap.theirs }
  return { ...gap, ...sides, modelId: rival.bundle.modelId, ahead }
}

function classesOf(bundle: Bundle | undefined): ReportClass[] {
  if (bundle?.status !== 'valid') return []
  const figures = bundle.metrics.per_class ?? {}
  const labels = new Set([...(bundle.metadata.label_set ?? []), ...Object.keys(figures)])
  return [...labels].flatMap((label) => {
    const of = Object.hasOwn(figures, label) ? figures[label] : undefined
    return of === undefined
      ? []
      : [{ label, precision: of.precision, recall: of.recall, f1: of.f1, support: of.support }]
  })
}
