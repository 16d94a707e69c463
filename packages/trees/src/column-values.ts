import { COLUMN_KIND } from './treatments.js'

/** float32(1e-35): LightGBM reads a dense row as sparse and loses what is not larger. */
const ZERO_THRESHOLD = Math.fround(1e-35)
const MAX_INT32 = 0x7fffffff
/** The first whole number that float32 cannot tell from the next one. */
const MOST_CATEGORIES = 2 ** 24

/** A feature's value in a column that is not of the kind `number`. */
export function otherValue(value: number, kind: number, missing: number): number {
  if (kind === COLUMN_KIND.category) return categoryValue(value)
  if (kind === COLUMN_KIND.float32) return Number.isNaN(value) ? missing : Math.fround(value)
  return categoryOrMissing(value)
}

/** A feature's value in a column of the kind `number`. */
export function numericValue(value: number, zero: number, missing: number): number {
  if (Math.abs(value) <= ZERO_THRESHOLD) return zero
  return Number.isNaN(value) ? missing : value
}

/** Toward zero, and -1 for what no int32 category is. */
function categoryValue(value: number): number {
  const whole = Math.trunc(value)
  return whole >= 0 && whole <= MAX_INT32 ? whole : -1
}

/** 0 for NaN, one more than the category else, and -1 for what is none. */
function categoryOrMissing(value: number): number {
  if (Number.isNaN(value)) return 0
  const single = Math.fround(value)
  return single >= 0 && single < MOST_CATEGORIES ? Math.trunc(single) + 1 : -1
}
