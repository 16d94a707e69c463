import { type ActiveState, type StoreLike, tryBundle } from '@taskclf/active-pointer'
import type { Bundle, BundleChecks, CheckedBundle, ValidBundle } from '@taskclf/registry-core'

/** What loading the models found: of the active one and of the newest. */
export interface TriedBundles {
  results: ReadonlyMap<string, CheckedBundle['result']>
  /** Valid models that were not loaded. */
  left: number
}

/** Loading takes time: the active model and the newest are tried, the rest is for `model verify`. */
const MOST = 25

/** Loads the active model and the newest valid ones, one at a time. */
export async function tryBundles(
  where: StoreLike,
  bundles: readonly Bundle[],
  active: ActiveState,
  checks: BundleChecks | undefined,
  onProgress: (modelId: string, at: number, of: number) => void,
): Promise<TriedBundles> {
  const activeId = active.status === 'valid' ? active.modelId : undefined
  const valid = bundles.filter((bundle): bundle is ValidBundle => bundle.status === 'valid')
  const newest = valid.toSorted((a, b) => (a.createdAt.epochMicros < b.createdAt.epochMicros ? 1 : -1))
  const first = newest.filter(({ modelId }) => modelId === activeId)
  const chosen = [...first, ...newest.filter(({ modelId }) => modelId !== activeId)].slice(0, MOST)
  const results = new Map<string, CheckedBundle['result']>()
  for (const [i, bundle] of chosen.entries()) {
    onProgress(bundle.modelId, i + 1, chosen.length)
    results.set(bundle.modelId, await tryBundle(where, bundle, checks, active))
  }
  return { results, left: valid.length - chosen.length }
}
