import { type ActiveState, type History, readHistory, readWithdrawn } from '@taskclf/active-pointer'
import { type ActiveLook, lookAtActive, ResolveError, resolveModelDir } from '@taskclf/infer-resolver'
import { type Bundle, listBundles, lookAtModelsDir, type ModelsDirLook } from '@taskclf/registry-core'
import {
  type Policy,
  type Requirement,
  type SelectionReport,
  type SwitchDecision,
  selectBest,
  shouldSwitchActive,
} from '@taskclf/selection-policy'
import type { Context } from '../../../context.js'
import type { Settings } from '../../../settings.js'

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
export async function viewRegistry({ settings }: Context): Promise<RegistryView> {
  const [{ policy }, requirement] = [await settings.policy(), await settings.requirement()]
  const modelsDir = lookAtModelsDir(settings.modelsDir)
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
  const serves = look.state === 'good' ? undefined : await whatServes(settings, requirement)
  return { modelsDir, active, look, serves, history, bundles, report, decision, policy }
}

/** The resolver itself is asked: an explanation of its own might differ. */
async function whatServes(
  { modelsDir, policyIsDefault, policy }: Settings,
  requirement: Requirement,
): Promise<{ modelId: string } | ResolveError> {
  const asked = { modelsDir, requirement, ...(!policyIsDefault && { policy: (await policy()).policy }) }
  return resolveModelDir(asked).catch((error) => {
    if (error instanceof ResolveError && error.code !== 'io') return error
    throw error
  })
}

/** The id of the active model, or undefined. */
export function activeId({ active }: RegistryView): string | undefined {
  return active.status === 'valid' ? active.modelId : undefined
}
