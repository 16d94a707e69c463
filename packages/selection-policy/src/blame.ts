import { countMetrics, metricNames } from './count-metrics.js'
import { plainName } from './reason.js'
import type { SelectionReport } from './select-best.js'

/** How often a metric that the policy names kept a valid bundle out. */
export interface Blame {
  metric: string
  /** What the policy asks the metric for. */
  asked: 'metrics' | 'gate'
  failed: number
  absent: number
  of: number
  /** What the first bundle that lacks it has in its place. */
  nearest?: string
}

/**
 * The metrics that bundles lack or fail at, those of the ranking before the gates, the most frequent first.
 *
 * @example
 * ```ts
 * blameOf(report)[0] // { metric: 'acceptance_pass', asked: 'gate', failed: 3, absent: 0, of: 6 }
 * ```
 */
export function blameOf(report: SelectionReport): Blame[] {
  const judged = report.excluded.filter(({ gates }) => gates !== undefined)
  const of = judged.length + report.ranked.length
  const blames = new Map<string, Blame>()
  for (const { stage, code, metric, nearest } of judged.flatMap(({ reasons }) => reasons)) {
    if ((stage !== 'metrics' && stage !== 'gate') || metric === undefined) continue
    const key = JSON.stringify([stage, metric])
    const blame: Blame = blames.get(key) ?? { metric, asked: stage, failed: 0, absent: 0, of }
    blame.failed++
    if (code === 'metric_absent') blame.absent++
    if (nearest !== undefined) blame.nearest ??= nearest
    blames.set(key, blame)
  }
  const inOrder = (blame: Blame) => (blame.asked === 'metrics' ? 0 : 1)
  return [...blames.values()].sort((a, b) => inOrder(a) - inOrder(b) || b.failed - a.failed)
}

/**
 * The blame as a sentence; undefined when nothing that the policy names kept anything out.
 *
 * @example
 * ```ts
 * blameText(report) // 'gates to blame: acceptance_pass fails for 3 of 6'
 * ```
 */
export function blameText(report: SelectionReport): string | undefined {
  const blames = blameOf(report)
  const ranked = blames.flatMap(({ asked, metric, absent, of }) =>
    asked === 'metrics'
      ? [`${plainName(metric)}, which the policy ranks by, is absent in ${absent} of ${of}`]
      : [],
  )
  const gates = blames.flatMap((blame) => (blame.asked === 'gate' ? [gateText(blame)] : []))
  const parts = [...ranked, ...(gates.length === 0 ? [] : [`gates to blame: ${gates.join('; ')}`])]
  return parts.length === 0 ? undefined : parts.join('; ')
}

function gateText({ metric, failed, absent, of }: Blame): string {
  const why = absent === 0 ? '' : absent === failed ? ', where it is absent' : `, absent in ${absent}`
  return `${plainName(metric)} fails for ${failed} of ${of}${why}`
}

/**
 * What to do about metrics that no bundle has; undefined when there are none.
 *
 * @example
 * ```ts
 * absentAdvice(report) // 'did you mean val_auc by auc? taskclf policy init writes a policy over what the bundles have: val_auc'
 * ```
 */
export function absentAdvice(report: SelectionReport): string | undefined {
  const nowhere = blameOf(report).filter(({ absent, of }) => absent === of)
  if (nowhere.length === 0) return undefined
  const meant = nowhere.flatMap(({ metric, nearest }) =>
    nearest === undefined ? [] : [`did you mean ${plainName(nearest)} by ${plainName(metric)}?`],
  )
  const valid = report.excluded.flatMap(({ bundle }) => (bundle.status === 'valid' ? [bundle] : []))
  const names = metricNames(countMetrics(valid).map(({ metric }) => metric))
  const there = names === undefined ? '' : ` over what the bundles have: ${names}`
  return [...meant, `taskclf policy init writes a policy${there}`].join(' ')
}
