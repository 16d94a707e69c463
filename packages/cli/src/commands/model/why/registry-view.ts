import {
  type ActiveState,
  type History,
  readActive,
  readHistory,
  readWithdrawn,
} from '@taskclf/active-pointer'
import { type Bundle, listBundles, lookAtModelsDir, type ModelsDirLook } from '@taskclf/registry-core'
import {
  type Policy,
  type SelectionReport,
  type SwitchDecision,
  selectBest,
  shouldSwitchActive,
} from '@taskclf/selection-policy'
import type { Context } from '../../../context.js'

/** Everything that an explanation looks at, read once. */
export interface RegistryView {
  modelsDir: ModelsDirLook
  active: ActiveState
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
  const active = await readActive(modelsDir)
  const bundles = await listBundles(modelsDir)
  const withdrawn = await readWithdrawn(modelsDir, active)
  const report = selectBest(bundles, policy, requirement, { withdrawn })
  const incumbent = bundles.find(({ modelId }) => active.status === 'valid' && modelId === active.modelId)
  const decision = shouldSwitchActive(report, incumbent, policy)
  return { modelsDir, active, history: await readHistory(modelsDir), bundles, report, decision, policy }
}

/** The id of the active model, or undefined. */
export function activeId({ active }: RegistryView): string | undefined {
  return active.status === 'valid' ? active.modelId : undefined
}
