import type { Explanation } from '@taskclf/registry'
import type { ModelWhy } from './model-why.js'

/** An explanation. */
export function toWhyJson(why: Explanation): ModelWhy {
  const { subject, active, verdict, explanation, today, outrankedBy } = why
  return {
    models_dir: why.location,
    subject,
    model_id: why.modelId,
    active,
    verdict,
    explanation,
    switch: why.switch,
    today,
    outranked_by: outrankedBy && outrankedJson(outrankedBy),
  }
}

function outrankedJson({
  modelId,
  ...gap
}: NonNullable<Explanation['outrankedBy']>): ModelWhy['outranked_by'] {
  return { model_id: modelId, ...gap }
}
