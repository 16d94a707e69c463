import type { BestActivation } from '@taskclf/infer-resolver'
import { type Contender, type SwitchDecision, toReportJson } from '@taskclf/selection-policy'
import type { ModelSelect } from './model.js'

/** A selection, and the switch that it led to. */
export function toSelectJson(
  { store, report, decision, switched }: BestActivation,
  policy: { source: string; digest: string },
): ModelSelect {
  return {
    models_dir: store.location,
    policy_source: policy.source,
    policy_digest: policy.digest,
    report: toReportJson(report),
    decision: decisionJson(decision),
    activated:
      switched === undefined
        ? null
        : {
            model_id: switched.pointer.model_id,
            revision: switched.revision,
            write_id: switched.line.write_id ?? '',
          },
  }
}

function decisionJson(decision: SwitchDecision): ModelSelect['decision'] {
  const { code, message, candidate, incumbent: champion, gain, required } = decision
  const idOf = (contender: Contender | undefined) => contender?.modelId ?? null
  return {
    switch: decision.switch,
    code,
    message,
    candidate: idOf(candidate),
    incumbent: idOf(champion),
    ...(gain !== undefined && { gain }),
    ...(required !== undefined && { required }),
  }
}
