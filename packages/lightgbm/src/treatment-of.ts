import { TREATMENT } from '@taskclf/trees'

/** How a node reads its feature, by its decision_type: a bit for categories, one for the default side, and the missing type. */
export function treatmentOf(decisionType: number): number {
  if ((decisionType & 1) !== 0) return TREATMENT.category
  const left = (decisionType & 2) !== 0
  const missingType = decisionType >> 2
  if (missingType === 2) return left ? TREATMENT.missing_left : TREATMENT.missing_right
  if (missingType === 1) return left ? TREATMENT.zero_left : TREATMENT.zero_right
  return TREATMENT.missing_is_zero
}
