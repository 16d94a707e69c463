import type { BundleDiff, Difference } from '@taskclf/registry'
import type { Policy } from '@taskclf/selection-policy'
import type { ModelDiff } from './model.js'

/** In what two models differ, as its document; by the order of the policy's rank keys also which is better. */
export function toDiffJson(
  location: string,
  { one, other, metrics, metadata, artifacts }: BundleDiff,
  { rank_by }: Pick<Policy, 'rank_by'>,
  predictions: ModelDiff['predictions'],
): ModelDiff {
  const orders = new Map(
    rank_by.flatMap((key) => ('metric' in key ? [[key.metric, key.order] as const] : [])),
  )
  return {
    models_dir: location,
    one,
    other,
    metrics: metrics.map((difference) => differenceJson(difference, orders.get(difference.at))),
    metadata: metadata.map((difference) => differenceJson(difference, undefined)),
    artifacts: {
      only_one: [...artifacts.onlyOne],
      only_other: [...artifacts.onlyOther],
      differ: [...artifacts.differ],
      unknown: [...artifacts.unknown],
    },
    predictions,
  }
}

function differenceJson(
  { at, one, other, change }: Difference,
  order: 'asc' | 'desc' | undefined,
): ModelDiff['metrics'][number] {
  const larger = typeof one === 'number' && typeof other === 'number' ? other > one : undefined
  return {
    at,
    // Both come from JSON documents.
    one: (one ?? null) as ModelDiff['metrics'][number]['one'],
    other: (other ?? null) as ModelDiff['metrics'][number]['other'],
    change: change ?? null,
    better: larger === undefined || order === undefined ? null : larger === (order === 'desc'),
  }
}
