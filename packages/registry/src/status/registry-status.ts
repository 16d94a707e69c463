import {
  type History,
  lookAtStore,
  type PointerSource,
  readHistory,
  readWithdrawn,
  type StoreLike,
} from '@taskclf/active-pointer'
import { type ActiveLook, lookAtActive } from '@taskclf/infer-resolver'
import { type Bundle, collectBundles } from '@taskclf/registry-core'
import { type Policy, type Requirement, selectBest } from '@taskclf/selection-policy'
import { entryOf } from '../active-at.js'
import { checkActive } from '../examine/check-active.js'
import { checkEligibility } from '../examine/check-bundles.js'
import { checkHistory } from '../examine/check-history.js'
import type { Finding } from '../examine/examination.js'
import { worstFirst } from '../examine/worst-first.js'
import { sortBundles } from '../list/sort-bundles.js'

/** The model that is active, as pointer and history say. */
export interface StatusActive {
  modelId: string
  /** Absent where another program wrote the pointer. */
  revision?: number
  /** When it was made active, as the pointer has it. */
  since: string
  /** Who did it, where the history says so. */
  actor?: string
  source?: PointerSource
}

/** The state of a registry at one moment. */
export interface RegistryStatus {
  /** Where the registry is, for people. */
  location: string
  /** Absent where no model is active, or the pointer cannot be used. */
  active?: StatusActive
  /** How many models there are, valid or not. */
  total: number
  /** How many of them may serve under the policy. */
  eligible: number
  /** The newest valid model. */
  newest?: { modelId: string; createdAt: Date }
  /** Errors and warnings about the active model, eligibility and the history; worst first. */
  problems: readonly Finding[]
}

/**
 * Which model is active, how many may serve, which is the newest, and what is wrong. Reads documents only: no model is loaded, and no
 * model file is compared; `examine` does both.
 *
 * @throws ActivePointerError, ResolveError, RegistryError where the system does not say what is active: all else would be a guess.
 */
export async function registryStatus(
  where: StoreLike,
  { policy, requirement }: { policy: Policy; requirement: Requirement },
): Promise<RegistryStatus> {
  const store = lookAtStore(where)
  const look = await lookAtActive(store, requirement)
  if (look.state === 'unknown') throw look.error
  const history = await readHistory(store)
  const bundles = await collectBundles(store.bundles, { useIndex: true })
  const withdrawn = await readWithdrawn(store, look.active)
  const report = selectBest(bundles, policy, requirement, { withdrawn })
  const found = [
    ...checkActive({ look, report, history }),
    ...checkEligibility({ report, bundles }),
    ...checkHistory({ history }),
  ]
  const active = activeOf(look, history)
  const newest = newestOf(bundles)
  return {
    location: store.location,
    ...(active && { active }),
    total: bundles.length,
    eligible: report.ranked.length,
    ...(newest && { newest }),
    problems: worstFirst(found.filter(({ level }) => level !== 'note')),
  }
}

function activeOf({ active }: Exclude<ActiveLook, { state: 'unknown' }>, { entries }: History) {
  if (active.status !== 'valid') return undefined
  const { revision, selected_at: since, source } = active.pointer
  const line = entryOf(active.pointer, entries)
  return {
    modelId: active.modelId,
    ...(revision !== undefined && { revision }),
    since,
    ...(line?.actor !== undefined && { actor: line.actor }),
    ...(source !== undefined && { source }),
  }
}

function newestOf(bundles: readonly Bundle[]): RegistryStatus['newest'] {
  const [newest] = sortBundles(
    bundles.filter(({ status }) => status === 'valid'),
    'created_at',
  )
  if (newest?.status !== 'valid') return undefined
  return { modelId: newest.modelId, createdAt: new Date(Number(newest.createdAt.epochMicros / 1000n)) }
}
