import type { WithdrawResult } from '@taskclf/active-pointer'
import type { ModelWithdraw } from './model.js'

/** A withdrawal or a readmission, as its document. */
export function toWithdrawJson(location: string, modelId: string, result: WithdrawResult): ModelWithdraw {
  const same = { models_dir: location, model_id: modelId, changed: result.changed }
  if (!result.changed) {
    const nothing = { active_model_id: null, revision: null, write_id: null, pointer_version: null }
    return { ...same, ...nothing, withdrawn: [...result.withdrawn] }
  }
  const { pointer, revision, version, line } = result
  return {
    ...same,
    active_model_id: pointer.model_id,
    revision,
    write_id: line.write_id ?? null,
    pointer_version: version,
    withdrawn: [...(pointer.withdrawn ?? [])],
  }
}
