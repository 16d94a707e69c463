import { type ActiveState, type History, readHistory, readWithdrawn } from '@taskclf/active-pointer'
import {
  type ActiveLook,
  lookAtActive,
  ResolveError,
  type ResolveOptions,
  resolveModelDir,
} from '@taskclf/infer-resolver'
import { type Bundle, listBundles, type ModelsDirLook } from '@taskclf/registry-core'
import {
  type Policy,
  type Requirement,
  type SelectionReport,
  type SwitchDecision,
  selectBest,
  shouldSwitchActive,
} from '@taskclf/selection-policy'

/** Everything that an explanation looks at, read once. */
export interface RegistryView {
  modelsDir: ModelsDirLook
  active: ActiveState
  /** The state that the pointer and its model are in. */
  look: Exclude<ActiveLook, { state: 'unknown' }>
  /** What whoever resolves gets, where it is not simply the model that is active. */
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
  modelsDir: ModelsDirLook,
  { policy, requirement }: { policy: Policy; requirement: Requirement },
): Promise<RegistryView> {
  const look = await lookAtActive(modelsDir, requirement)
  // Where the system does not say what is active, every sentence would be a guess.
  if (look.state === 'unknown') throw look.error
  const { active } = look
  const bundles = await listBundles(modelsDir)
  const withdrawn = await readWithdrawn(modelsDir, active)
  const report = selectBest(bundles, policy, requirement, { withdrawn })
  const incumbent = bundles.find(({ modelId }) => active.status === 'valid' && modelId === active.modelId)
  const decision = shouldSwitchActive(report, incumbent, policy)
  const history = await readHistory(modelsDir)
  const serves =
    look.state === 'good' ? undefined : await whatServes({ modelsDir: modelsDir.given, policy, requirement })
  return { modelsDir, active, look, serves, history, bundles, report, decision, policy }
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
