import { lookAtStore, readWithdrawn, type StoreLike } from '@taskclf/active-pointer'
import type { Bundle, BundleReader } from '@taskclf/registry-core'
import { type Exclusion, type Policy, type Requirement, selectBest } from '@taskclf/selection-policy'
import { schemaHashOf, slimmer } from './slim-bundle.js'
import { type ModelOrder, sortBundles } from './sort-bundles.js'

/** Which models an overview has, and in what order. */
export interface OverviewOptions {
  /** Default: every bundle, valid or not. */
  show?: 'all' | 'valid' | 'eligible'
  /** Largest or newest first (default `macro_f1`). */
  sort?: ModelOrder
  /** Only models of these feature schemas; their ranks are among themselves. */
  schemaHashes?: readonly string[]
  /** Hears, now and then, how many bundles were read. */
  onProgress?: (read: number) => void
}

/** A model of an overview: its bundle has what lists show and what the policy decides by, and no more. */
export interface OverviewModel {
  bundle: Bundle
  /** 1 is the best; absent where it is not eligible. */
  rank?: number
  /** Why it is not eligible; found when it is asked for. */
  exclusion(): Exclusion | undefined
  active: boolean
}

/** A registry at one moment, small enough to be held for a hundred thousand models. */
export interface Overview {
  /** Where the registry is, for people. */
  location: string
  models: readonly OverviewModel[]
  /** How many models there are, shown or not. */
  total: number
  /** How many of them are invalid. */
  invalid: number
}

/** What judges, as a registry has it. */
interface Judging {
  policy: Policy
  requirement: Requirement
}

/**
 * What there is in a registry, each model with its place under the policy.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 */
export async function overview(
  where: StoreLike,
  { policy, requirement }: Judging,
  { show = 'all', sort = 'macro_f1', schemaHashes = [], onProgress = () => {} }: OverviewOptions = {},
): Promise<Overview> {
  const look = lookAtStore(where)
  const active = await look.pointer.read()
  const withdrawn = await readWithdrawn(look, active)
  const judge = (bundles: readonly Bundle[]) => selectBest(bundles, policy, requirement, { withdrawn })
  const bundles = await readSlim(look.bundles, slimmer(policy), schemaHashes, onProgress)
  // One that falls by itself falls whatever else there is: among those that do not, the rest is decided.
  const eligible = judge(bundles.filter((bundle) => judge([bundle]).best !== undefined))
  const ranks = new Map<Bundle, number>(eligible.ranked.map(({ rank, bundle }) => [bundle, rank]))
  const superseded = new Map<Bundle, Exclusion>(
    eligible.excluded.map((exclusion) => [exclusion.bundle, exclusion]),
  )
  const activeId = active.status === 'valid' ? active.modelId : undefined
  const shown = bundles.filter(
    (bundle) => show === 'all' || (show === 'eligible' ? ranks.has(bundle) : bundle.status === 'valid'),
  )
  const models = sortBundles(shown, sort).map((bundle): OverviewModel => {
    const rank = ranks.get(bundle)
    return {
      bundle,
      ...(rank !== undefined && { rank }),
      exclusion: () =>
        rank === undefined ? (superseded.get(bundle) ?? judge([bundle]).excluded[0]) : undefined,
      active: bundle.modelId === activeId,
    }
  })
  const invalid = bundles.filter(({ status }) => status === 'invalid').length
  return { location: look.location, models, total: bundles.length, invalid }
}

const TOLD_EVERY = 1000

/** The index spares reading what is unchanged; the overview is the same without it. */
async function readSlim(
  reader: BundleReader,
  slim: (bundle: Bundle) => Bundle,
  hashes: readonly string[],
  onProgress: (read: number) => void,
): Promise<Bundle[]> {
  const bundles: Bundle[] = []
  let read = 0
  for await (const bundle of reader.scan({ useIndex: true })) {
    if (++read % TOLD_EVERY === 0) onProgress(read)
    if (hashes.length === 0 || hashes.includes(schemaHashOf(bundle) ?? '')) bundles.push(slim(bundle))
  }
  return bundles
}
