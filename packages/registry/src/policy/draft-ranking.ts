import type { ValidBundle } from '@taskclf/registry-core'
import {
  type BundleMetric,
  countMetrics,
  type MetricKey,
  metricNames,
  metricValue,
  nearestMetric,
  plainName,
  type RankKey,
  type RankOrder,
} from '@taskclf/selection-policy'
import { RegistryUseError } from '../errors.js'
import { expectedOrder, usualness } from './expected-order.js'
import type { PolicyNote } from './policy-note.js'

/** A ranking, and why it is as it is. */
export interface RankingDraft {
  rank_by: RankKey[]
  notes: PolicyNote[]
}

const NEWEST: RankKey = { field: 'created_at', order: 'desc' }

/** The ranking by a metric that was named; where there are models, some of them must have it. */
export function rankingBy(
  { metric, order }: { metric: string; order: RankOrder },
  usable: readonly ValidBundle[],
): RankingDraft {
  const metrics = countMetrics(usable)
  const found = metrics.find((one) => one.metric === metric)
  if (found === undefined && usable.length > 0) throw absent(metric, metrics)
  const expected = expectedOrder(metric)
  const name = plainName(metric)
  const against: PolicyNote[] =
    expected === undefined || expected === order
      ? []
      : [
          {
            level: 'warning',
            code: 'order_contradicts_name',
            message: `by its name the ${expected === 'asc' ? 'least' : 'largest'} ${name} is the best`,
          },
        ]
  const said = `ranks by ${name}, the ${order === 'desc' ? 'largest' : 'least'} first, as requested`
  return {
    rank_by: [{ metric, order }, NEWEST],
    notes: [{ level: 'note', code: 'ranking', message: `${said}${countText(found)}` }, ...against],
  }
}

/**
 * The ranking that the models share: of the metrics whose names say which value is better, what most of them have; then
 * another one that excludes nobody; then the newest. Nothing else is guessed.
 */
export function rankingOver(usable: readonly ValidBundle[]): RankingDraft {
  const metrics = countMetrics(usable)
  const keys = metrics
    .flatMap(({ metric, have }) => {
      const order = expectedOrder(metric)
      return order === undefined ? [] : [{ metric, order, have }]
    })
    .sort(
      (a, b) =>
        b.have - a.have || usualness(a.metric) - usualness(b.metric) || (a.metric < b.metric ? -1 : 1),
    )
  const [first, ...rest] = keys
  if (first === undefined) return newestFirst(metrics)
  const having = usable.filter((bundle) => isNumber(bundle, first.metric))
  const second = rest.find(({ metric }) => having.every((bundle) => isNumber(bundle, metric)))
  return {
    rank_by: [...[first, ...(second ? [second] : [])].map(toKey), NEWEST],
    notes: [
      chosen(first, usable.length),
      ...(second
        ? [note('ranking', `then by ${plainName(second.metric)}, which all of these have, too`)]
        : []),
    ],
  }
}

const toKey = ({ metric, order }: MetricKey): MetricKey => ({ metric, order })

function chosen({ metric, order, have }: MetricKey & { have: number }, of: number): PolicyNote {
  const better = order === 'desc' ? 'largest' : 'least'
  const message = `ranks by ${plainName(metric)}, the ${better} first, as its name says${countText({ metric, have, of })}`
  return note('ranking', message)
}

/** Which value is better cannot be known. */
function newestFirst(metrics: readonly BundleMetric[]): RankingDraft {
  const [first] = metrics
  const example = first === undefined ? 'NAME' : plainName(first.metric)
  const message = `no metric has a name that says which value is better, so the newest comes first; name one: --metric ${example} --higher, or --lower`
  return { rank_by: [NEWEST], notes: [{ level: 'warning', code: 'order_unknown', message }] }
}

function isNumber(bundle: ValidBundle, metric: string): boolean {
  return Number.isFinite(metricValue(bundle, metric))
}

function countText(metric: BundleMetric | undefined): string {
  return metric === undefined ? '' : `; ${metric.have} of ${metric.of} models have it`
}

function note(code: string, message: string): PolicyNote {
  return { level: 'note', code, message }
}

function absent(metric: string, metrics: readonly BundleMetric[]): RegistryUseError {
  const names = metrics.map((one) => one.metric)
  const nearest = nearestMetric(metric, names)
  const there =
    nearest === undefined
      ? `they have ${metricNames(names) ?? 'no number that a policy can name'}`
      : `did you mean ${plainName(nearest)}?`
  const message = `none of the models has ${plainName(metric)}; ${there}`
  return new RegistryUseError('metric_absent', message, { metric, metrics: names })
}
