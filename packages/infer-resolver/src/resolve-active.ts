import { type ActiveState, readActiveIn } from '@taskclf/active-pointer'
import { readPromotedBundle } from '@taskclf/registry-core'
import { isCompatible, type Requirement } from '@taskclf/selection-policy'
import type { Resolution, ResolveWarning } from './resolution.js'
import { bundleWarnings, inferencePolicyWarnings } from './warnings.js'

/** What the pointer says: a resolution, or why there is none. */
export interface ActiveAnswer {
  state: ActiveState
  resolution?: Resolution
  warnings: ResolveWarning[]
}

/** How often a pointer that was switched meanwhile is followed anew. */
const MOST_SWITCHES = 10

/**
 * Follows the pointer; whatever keeps it from being served is a warning, and selection is asked next. A model that was left and
 * removed between reading the pointer and reading its bundle is not the answer: the pointer says another by then.
 */
export async function resolveActive(root: string, requirement: Requirement): Promise<ActiveAnswer> {
  let answer = await follow(root, requirement)
  for (let switches = 0; answer.resolution === undefined && switches < MOST_SWITCHES; switches++) {
    const { version } = await readActiveIn(root)
    if (version === answer.state.version) break
    answer = await follow(root, requirement)
  }
  return answer
}

async function follow(root: string, requirement: Requirement): Promise<ActiveAnswer> {
  const state = await readActiveIn(root)
  if (state.status === 'absent') {
    return {
      state,
      warnings: [{ code: 'no_pointer', message: 'there is no active.json; the policy decides' }],
    }
  }
  if (state.status === 'corrupt') {
    const why = state.problems.map(({ message }) => message).join('; ')
    return { state, warnings: [{ code: 'pointer_corrupt', message: `active.json is not usable: ${why}` }] }
  }
  const bundle = await readPromotedBundle(root, state.modelId)
  if (bundle.status === 'invalid') {
    const why = bundle.problems.map(({ message }) => message).join('; ')
    const message = `the active model ${state.modelId} is not usable: ${why}`
    return { state, warnings: [{ code: 'active_bundle_invalid', message }] }
  }
  const { compatible, reasons } = isCompatible(bundle, requirement)
  if (!compatible) {
    const why = reasons.map(({ message }) => message).join('; ')
    const message = `the active model ${state.modelId} does not fit: ${why}`
    return { state, warnings: [{ code: 'active_bundle_incompatible', message }] }
  }
  const { revision, write_id } = state.pointer
  const warnings = [...inferencePolicyWarnings(root, state.modelId), ...bundleWarnings(bundle)]
  const resolution: Resolution = {
    path: bundle.path,
    modelId: bundle.modelId,
    source: 'active',
    bundle,
    get version() {
      return state.version
    },
    warnings,
    ...(revision !== undefined && { revision }),
    ...(write_id !== undefined && { writeId: write_id }),
  }
  return { state, resolution, warnings }
}
