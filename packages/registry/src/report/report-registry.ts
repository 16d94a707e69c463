import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import { type Bundle, instantText } from '@taskclf/registry-core'
import type { Policy, Requirement } from '@taskclf/selection-policy'
import { activeId, type RegistryView, viewRegistry } from '../why/registry-view.js'
import type { RegistryReport, ReportMetric, ReportModel } from './registry-report.js'
import { reportMetrics, valuesOf } from './report-metrics.js'
import { reportServing } from './report-serving.js'
import { reportSwitches } from './report-switches.js'

/**
 * A registry at one moment: what serves and why, every model with the policy's metrics, every switch.
 *
 * @throws `io` errors where the system does not say what is active; RegistryError where the models dir cannot be opened.
 */
export async function reportRegistry(
  where: StoreLike,
  asked: { policy: Policy; requirement: Requirement },
): Promise<RegistryReport> {
  const view = await viewRegistry(lookAtStore(where), asked)
  const metrics = reportMetrics(asked.policy)
  const models = reportModels(view, metrics)
  return {
    location: view.store.location,
    policy: asked.policy,
    metrics,
    serving: reportServing(view),
    models,
    history: reportSwitches(view, metrics, models),
    oddities: [...view.history.problems, ...view.history.warnings],
  }
}

function reportModels(view: RegistryView, metrics: readonly ReportMetric[]): ReportModel[] {
  const { ranked, excluded } = view.report
  const firstReasons = new Map<Bundle, ReportModel['exclusion']>(
    excluded.map(({ bundle, stage, code, reasons }) => [
      bundle,
      { stage, code, message: reasons[0]?.message ?? '' },
    ]),
  )
  const ranks = new Map<Bundle, number>(ranked.map(({ bundle, rank }) => [bundle, rank]))
  const others = excluded.map(({ bundle }) => bundle).sort(newestFirst)
  return [...ranked.map(({ bundle }) => bundle), ...others].map((bundle) => {
    const metadata = bundle.status === 'valid' ? bundle.metadata : undefined
    const at = createdAt(bundle)
    return {
      modelId: bundle.modelId,
      createdAt: at?.raw ?? null,
      createdAtUtc: at === undefined ? null : instantText(at.epochMicros),
      valid: bundle.status === 'valid',
      active: bundle.modelId === activeId(view),
      rank: ranks.get(bundle) ?? null,
      exclusion: firstReasons.get(bundle) ?? null,
      task: metadata?.task ?? null,
      description: metadata?.description ?? null,
      metrics: valuesOf(bundle, metrics),
    }
  })
}

const createdAt = (bundle: Bundle) =>
  bundle.status === 'valid' ? bundle.createdAt : bundle.partial.createdAt

/** What has no time comes last. */
function newestFirst(a: Bundle, b: Bundle): number {
  const [x, y] = [a, b].map((bundle) => createdAt(bundle)?.epochMicros ?? -(2n ** 63n))
  return x === y ? (a.modelId < b.modelId ? -1 : 1) : (x as bigint) > (y as bigint) ? -1 : 1
}
