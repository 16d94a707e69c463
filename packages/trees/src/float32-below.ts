const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** The greatest float32 below a float32: a float32 is below `value` exactly when it is at most this. NaN where nothing is below. */
export function float32Below(value: number): number {
  if (Number.isNaN(value) || value === -Infinity) return Number.NaN
  float[0] = value === 0 ? -0 : value
  // The bits of positive numbers rise with them, those of negative ones fall.
  bits[0] = (bits[0] as number) + ((bits[0] as number) < 0 ? 1 : -1)
  return float[0] as number
}
