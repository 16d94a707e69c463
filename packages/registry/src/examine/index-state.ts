import { type Bundle, type ModelsDirLook, readIndex } from '@taskclf/registry-core'

/** How an index compares with the bundles that are there. `stale`: it lists others; by which policy it ranks them is not looked at. */
export type IndexStanding = 'absent' | 'unusable' | 'stale' | 'current'

/** How the index of a models dir compares with these bundles of it. */
export function indexStanding(dir: ModelsDirLook, bundles: readonly Bundle[]): IndexStanding {
  const index = readIndex(dir)
  if (index.status !== 'present') return index.status
  const { ranked, excluded } = index.ranking
  if (!Array.isArray(ranked) || !Array.isArray(excluded)) return 'unusable'
  const listed = new Set([...ranked, ...excluded].map((entry) => entry?.model_id))
  const isCurrent = listed.size === bundles.length && bundles.every(({ modelId }) => listed.has(modelId))
  return isCurrent ? 'current' : 'stale'
}
