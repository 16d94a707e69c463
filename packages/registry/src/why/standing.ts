import type { Bundle, ValidBundle } from '@taskclf/registry-core'
import {
  compareBundles,
  formatDecimal,
  type Policy,
  score,
  selectBest,
  subtractDecimal,
  toReportJson,
} from '@taskclf/selection-policy'
import { activeId, type RegistryView } from './registry-view.js'
import type { Outranking, Standing } from './why-report.js'

/** How a bundle does as things are now. */
export function standingOf(view: RegistryView, bundle: Bundle): Standing {
  const { report } = view
  const json = toReportJson(report)
  const ranked = json.ranked.find(({ model_id }) => model_id === bundle.modelId)
  const excluded = json.excluded.find(({ model_id }) => model_id === bundle.modelId)
  return {
    eligible: ranked !== undefined,
    rank: ranked?.rank ?? null,
    of: json.ranked.length,
    score: ranked?.score ?? scoreAlone(bundle, view.policy),
    gates: ranked?.gates ?? excluded?.gates ?? [],
    reasons: excluded?.reasons ?? [],
  }
}

/** An excluded bundle has figures too, as long as it is valid. */
function scoreAlone(bundle: Bundle, policy: Policy): Record<string, string | number | null> | null {
  if (bundle.status === 'invalid') return null
  const alone = toReportJson(selectBest([bundle], { ...policy, gates: [] }, {}))
  return alone.ranked[0]?.score ?? null
}

/** Whom a bundle has before it: the active model when that ranks before it, else the best. */
export function outrankedBy(view: RegistryView, bundle: ValidBundle): Outranking | null {
  const { report, policy } = view
  const isBefore = (other: ValidBundle) =>
    other.modelId !== bundle.modelId && compareBundles(other, bundle, policy) < 0
  const active = report.ranked.find((one) => one.bundle.modelId === activeId(view))?.bundle
  const rival = [active, report.best?.bundle].find((other) => other !== undefined && isBefore(other))
  return rival === undefined ? null : gapBetween(rival, bundle, policy)
}

/** The first rank key that tells the two apart, and by how much. */
export function gapBetween(better: ValidBundle, worse: ValidBundle, policy: Policy): Outranking | null {
  const [theirs, its] = [score(better, policy).keys, score(worse, policy).keys]
  const at = theirs.findIndex(({ name, value }, i) => !isSame(name, value, its[i]?.value, better, worse))
  const key = theirs[at]
  // model_id is among the keys, so two bundles always differ in one.
  if (key === undefined) return null
  const [x, y] = [key.value, its[at]?.value]
  const isNumeric = typeof x === 'number' && typeof y === 'number'
  return {
    modelId: better.modelId,
    metric: key.name,
    theirs: x ?? null,
    its: y ?? null,
    gap: isNumeric ? formatDecimal(subtractDecimal(Math.max(x, y), Math.min(x, y))) : null,
  }
}

/** Times are compared as instants, as the ranking does. */
function isSame(name: string, x: unknown, y: unknown, a: ValidBundle, b: ValidBundle): boolean {
  return name === 'created_at' ? a.createdAt.epochMicros === b.createdAt.epochMicros : x === y
}

/** `macro_f1 0.9071 against 0.8950: 0.0121 apart` */
export function gapText({ metric, theirs, its, gap }: Outranking): string {
  const apart = gap === null ? '' : `: ${gap} apart`
  return `${metric} ${theirs ?? 'absent'} against ${its ?? 'absent'}${apart}`
}
