import type { ActiveState, PassedOver, SwitchResult } from '@taskclf/active-pointer'
import type { Reason } from '@taskclf/selection-policy'
import type { ModelSwitch } from './model.js'

/** A switch that happened, as its document. */
export function toSwitchJson(
  result: SwitchResult,
  more: { forced?: readonly Reason[]; passedOver?: readonly PassedOver[] } = {},
): ModelSwitch {
  const { location, pointer, revision, version, line, previous } = result
  return {
    models_dir: location,
    model_id: pointer.model_id,
    revision,
    write_id: line.write_id ?? '',
    pointer_version: version,
    source: line.source ?? '',
    previous: previousData(previous),
    withdrawn: [...(pointer.withdrawn ?? [])],
    forced: (more.forced ?? []).map((reason) => ({ ...reason })),
    passed_over: (more.passedOver ?? []).map(({ revision, modelId, why }) => ({
      revision: revision ?? null,
      model_id: modelId,
      why,
    })),
  }
}

function previousData(previous: ActiveState): ModelSwitch['previous'] {
  if (previous.status !== 'valid') return { status: previous.status, model_id: null, revision: null }
  return { status: 'valid', model_id: previous.modelId, revision: previous.pointer.revision ?? null }
}
