import { type ActiveState, type History, readHistory, type StoreLook } from '@taskclf/active-pointer'
import {
  type ActiveLook,
  lookAtActive,
  ResolveError,
  type ResolveOptions,
  resolveModelDir,
  weighBest,
} from '@taskclf/infer-resolver'
import type { Bundle } from '@taskclf/registry-core'
import type { Policy, Requirement, SelectionReport, SwitchDecision } from '@taskclf/selection-policy'

/** Everything that an explanation looks at, read once. */
export interface RegistryView {
  store: StoreLook
  active: ActiveState
  /** The state that the pointer and its model are in. */
  look: Exclude<ActiveLook, { state: 'unknown' }>
  /** What a program that resolves gets, where it is not simply the model that is active. */
  serves: { modelId: string } | ResolveError | undefined
  history: History
  bundles: readonly Bundle[]
  report: SelectionReport
  /** Whether the best would take over now. */
  decision: SwitchDecision
  policy: Policy
}

/** Reads the registry as it is now, and selects. */
export async function viewRegistry(
  store: StoreLook,
  { policy, requirement }: { policy: Policy; requirement: Requirement },
): Promise<RegistryView> {
  const look = await lookAtActive(store, requirement)
  // Where the system does not say what is active, every sentence would be a guess.
  if (look.state === 'unknown') throw look.error
  const { active } = look
  const { bundles, report, decision } = await weighBest(store, { policy, requirement })
  const history = await readHistory(store)
  const serves =
    look.state === 'good' ? undefined : await whatServes({ modelsDir: store.store, policy, requirement })
  return { store, active, look, serves, history, bundles, report, decision, policy }
}

/** The resolver itself is asked: an explanation of its own might differ. */
async function whatServes(asked: ResolveOptions): Promise<{ modelId: string } | ResolveError> {
  return resolveModelDir(asked).catch((error) => {
    if (error instanceof ResolveError && error.code !== 'io') return error
    throw error
  })
}

/** The id of the active model, or undefined. */
export function activeId({ active }: RegistryView): string | undefined {
  return active.status === 'valid' ? active.modelId : undefined
}
