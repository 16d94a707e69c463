import { TREATMENT, type Tree } from '@taskclf/trees'

/** A tree of one node, which answers 1 on the left and 2 on the right. */
export function stump({
  feature = 0,
  treatment = TREATMENT.missing_right as number,
  threshold = 0.5,
  output = 0,
  leafValue = [1, 2],
}): Tree {
  return {
    output,
    feature: Int32Array.of(feature),
    treatment: Uint8Array.of(treatment),
    threshold: Float64Array.of(threshold),
    left: Int32Array.of(-1),
    right: Int32Array.of(-2),
    leafValue: Float64Array.from(leafValue),
    setStart: Int32Array.of(0),
    setWords: Uint32Array.of(),
  }
}
