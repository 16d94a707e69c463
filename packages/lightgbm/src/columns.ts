/**
 * What a node compares is not the feature but a column: the feature with zero and NaN already turned into values that go
 * the right way. `-Infinity <= threshold` is always true and `NaN <= threshold` never, so one comparison serves every
 * numeric node, whatever its missing type and default side. A feature has as many columns as its nodes have ways.
 */
export interface Treatment {
  /** What zero becomes, and every value too small for LightGBM to tell from zero. */
  readonly zero: number
  /** What NaN becomes. */
  readonly missing: number
  /** Whether the value is a category; these become integers, or -1 for what is none. */
  readonly category: boolean
}

const LEFT = -Infinity
const RIGHT = Number.NaN

const TREATMENTS = {
  missing_is_zero: { zero: 0, missing: 0, category: false },
  missing_right: { zero: 0, missing: RIGHT, category: false },
  missing_left: { zero: 0, missing: LEFT, category: false },
  zero_right: { zero: RIGHT, missing: RIGHT, category: false },
  zero_left: { zero: LEFT, missing: LEFT, category: false },
  category: { zero: 0, missing: -1, category: true },
} as const satisfies Record<string, Treatment>

/** Names of the treatments. */
export type TreatmentName = keyof typeof TREATMENTS

const NAMES = Object.keys(TREATMENTS) as TreatmentName[]

/** The treatment of a numeric node by its decision_type. */
export function treatmentOf(decisionType: number): TreatmentName {
  const left = (decisionType & 2) !== 0
  const missingType = decisionType >> 2
  if (missingType === 2) return left ? 'missing_left' : 'missing_right'
  if (missingType === 1) return left ? 'zero_left' : 'zero_right'
  return 'missing_is_zero'
}

/** The columns a model's nodes and linear leaves read: of each its feature and, spread out, its treatment. */
export interface Columns {
  readonly count: number
  readonly feature: Int32Array
  readonly zero: Float64Array
  readonly missing: Float64Array
  readonly category: Uint8Array
}

/** Hands out column numbers, one for each pair of feature and treatment. */
export class ColumnPlan {
  private readonly numbers = new Map<number, number>()

  numberOf(feature: number, treatment: TreatmentName): number {
    const key = feature * NAMES.length + NAMES.indexOf(treatment)
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    this.numbers.set(key, this.numbers.size)
    return this.numbers.size - 1
  }

  columns(): Columns {
    const keys = [...this.numbers.keys()]
    const treatments = keys.map((key) => TREATMENTS[NAMES[key % NAMES.length] as TreatmentName])
    return {
      count: keys.length,
      feature: Int32Array.from(keys, (key) => Math.floor(key / NAMES.length)),
      zero: Float64Array.from(treatments, (treatment) => treatment.zero),
      missing: Float64Array.from(treatments, (treatment) => treatment.missing),
      category: Uint8Array.from(treatments, (treatment) => Number(treatment.category)),
    }
  }
}

/** float32(1e-35): LightGBM reads a dense row as sparse and loses what is not larger. */
const ZERO_THRESHOLD = Math.fround(1e-35)
const MAX_INT32 = 0x7fffffff

/** A feature's value in a numeric column. */
export function numericValue(value: number, zero: number, missing: number): number {
  if (Math.abs(value) <= ZERO_THRESHOLD) return zero
  return Number.isNaN(value) ? missing : value
}

/** A feature's value in a categorical column: toward zero, and -1 for what no int32 category is. */
export function categoryValue(value: number): number {
  const whole = Math.trunc(value)
  return whole >= 0 && whole <= MAX_INT32 ? whole : -1
}
