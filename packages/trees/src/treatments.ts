/**
 * How a node reads the value of its feature. In `Tree.treatment` each is its number here.
 *
 * Of the numeric ones, the first five read float64, and what is not larger than float32(1e-35) is zero; those of `float32` round the
 * value first, and zero is a number like others. `missing_left` and the like say where NaN goes; `zero_left` and `zero_right` send zero there, too.
 * A `category` is a value without its fraction, and what is none (NaN, below zero, beyond int32) is in no set. For
 * `category_or_missing` a value below zero or from 2^24 on is in no set, and sets are shifted by one: bit 0 is for NaN, bit c + 1 for
 * the category c.
 */
export const TREATMENT = {
  missing_is_zero: 0,
  missing_right: 1,
  missing_left: 2,
  zero_right: 3,
  zero_left: 4,
  float32_missing_right: 5,
  float32_missing_left: 6,
  category: 7,
  category_or_missing: 8,
} as const

/** The kinds of columns, by which values are read: numbers in `Columns.kind`. */
export const COLUMN_KIND = { number: 0, float32: 1, category: 2, category_or_missing: 3 } as const

/** What a treatment makes of a value. */
export interface Treatment {
  /** One of `COLUMN_KIND`. */
  readonly kind: number
  /** What zero becomes. */
  readonly zero: number
  /** What NaN becomes. */
  readonly missing: number
}

// `-Infinity <= threshold` is always true and `NaN <= threshold` never.
const LEFT = -Infinity
const RIGHT = Number.NaN
const { number, float32, category, category_or_missing } = COLUMN_KIND

/** The treatments in the order of their numbers. */
export const TREATMENTS: readonly Treatment[] = [
  { kind: number, zero: 0, missing: 0 },
  { kind: number, zero: 0, missing: RIGHT },
  { kind: number, zero: 0, missing: LEFT },
  { kind: number, zero: RIGHT, missing: RIGHT },
  { kind: number, zero: LEFT, missing: LEFT },
  { kind: float32, zero: 0, missing: RIGHT },
  { kind: float32, zero: 0, missing: LEFT },
  { kind: category, zero: 0, missing: -1 },
  { kind: category_or_missing, zero: 0, missing: -1 },
]

/** Whether a treatment reads categories. */
export function isOfCategories(treatment: number): boolean {
  return treatment >= TREATMENT.category
}
