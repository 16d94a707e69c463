import {
  type ActiveState,
  lookAtStore,
  readWithdrawn,
  type StoreLike,
  storeOf,
} from '@taskclf/active-pointer'
import type { Bundle, BundleReader } from '@taskclf/registry-core'
import {
  type Exclusion,
  firstRankMetric,
  type Policy,
  type Requirement,
  selectBest,
} from '@taskclf/selection-policy'
import { schemaHashOf, slimmer } from './slim-bundle.js'
import { type ModelOrder, sortBundles } from './sort-bundles.js'

/** Which models an overview has, and in what order. */
export interface OverviewOptions {
  /** Default: every bundle, valid or not. */
  show?: 'all' | 'valid' | 'eligible'
  /** Largest or newest first (default `macro_f1`); `rank`: the eligible as the policy ranks them, then the others by its first metric. */
  sort?: ModelOrder | 'rank'
  /** Smallest or oldest first; not of `rank`. */
  ascending?: boolean
  /** Paths of metrics that are shown besides those that the policy names. */
  columns?: readonly string[]
  /** A directory of candidates: they are listed too, each judged by itself, as not promoted. */
  candidates?: string
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
  /** Whether it is in the registry; false of a candidate. */
  promoted: boolean
}

/** A registry at one moment, small enough to be held for a hundred thousand models. */
export interface Overview {
  /** Where the registry is, for people. */
  location: string
  models: readonly OverviewModel[]
  /** What the pointer is: of one that is corrupt no model is known to be active. */
  pointer: ActiveState['status']
  /** How many models there are, shown or not; candidates among them. */
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
  {
    show = 'all',
    sort = 'macro_f1',
    ascending = false,
    columns = [],
    schemaHashes = [],
    ...how
  }: OverviewOptions = {},
): Promise<Overview> {
  const look = lookAtStore(where)
  const active = await look.pointer.read()
  const withdrawn = await readWithdrawn(look, active)
  const judge = (bundles: readonly Bundle[]) => selectBest(bundles, policy, requirement, { withdrawn })
  const isNamed = sort === 'rank' || sort === 'model_id' || sort === 'created_at'
  const slim = slimmer(policy, isNamed ? columns : [...columns, sort])
  const read = (reader: BundleReader) => readSlim(reader, slim, schemaHashes, how.onProgress ?? (() => {}))
  const bundles = await read(look.bundles)
  const candidates = new Set<Bundle>(
    how.candidates === undefined ? [] : await read(storeOf(how.candidates).look().bundles),
  )
  // One that falls by itself falls whatever else there is: among those that do not, the rest is decided.
  const eligible = judge(bundles.filter((bundle) => judge([bundle]).best !== undefined))
  const ranks = new Map<Bundle, number>(eligible.ranked.map(({ rank, bundle }) => [bundle, rank]))
  const superseded = new Map<Bundle, Exclusion>(
    eligible.excluded.map((exclusion) => [exclusion.bundle, exclusion]),
  )
  const exclusionOf = (bundle: Bundle) =>
    ranks.has(bundle) ? undefined : (superseded.get(bundle) ?? judge([bundle]).excluded[0])
  const activeId = active.status === 'valid' ? active.modelId : undefined
  const all = [...bundles, ...candidates]
  const shown = all.filter((bundle) => {
    if (show !== 'eligible') return show === 'all' || bundle.status === 'valid'
    return candidates.has(bundle) ? exclusionOf(bundle) === undefined : ranks.has(bundle)
  })
  const inOrder = sort === 'rank' ? byRank(shown, ranks, policy) : sortBundles(shown, sort, ascending)
  const models = inOrder.map((bundle): OverviewModel => {
    const rank = ranks.get(bundle)
    const promoted = !candidates.has(bundle)
    const isActive = promoted && bundle.modelId === activeId
    return {
      bundle,
      ...(rank !== undefined && { rank }),
      exclusion: () => exclusionOf(bundle),
      active: isActive,
      promoted,
    }
  })
  const invalid = all.filter(({ status }) => status === 'invalid').length
  return { location: look.location, pointer: active.status, models, total: all.length, invalid }
}

/** The eligible as they are ranked, then the others, the best by the first metric of the policy first. */
function byRank(bundles: readonly Bundle[], ranks: ReadonlyMap<Bundle, number>, policy: Policy): Bundle[] {
  const first = firstRankMetric(policy)
  const others = sortBundles(
    bundles.filter((bundle) => !ranks.has(bundle)),
    first?.metric ?? 'created_at',
    first?.order === 'asc',
  )
  const ranked = bundles.filter((bundle) => ranks.has(bundle))
  return [...ranked.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)), ...others]
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
