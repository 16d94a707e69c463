import { TREATMENTS, type Treatment } from './treatments.js'

/**
 * What a node compares is not the feature but a column: the feature with zero and NaN already turned into values that go the right way.
 * So one comparison serves every numeric node, whatever its missing type and default side. A feature has as many columns as
 * its nodes have treatments.
 */
export interface Columns {
  readonly count: number
  readonly feature: Int32Array
  /** One of `COLUMN_KIND` for each. */
  readonly kind: Uint8Array
  /** What zero becomes, where the kind knows it. */
  readonly zero: Float64Array
  /** What NaN becomes. */
  readonly missing: Float64Array
}

/** Hands out column numbers, one for each pair of feature and treatment. */
export class ColumnPlan {
  private readonly numbers = new Map<number, number>()

  numberOf(feature: number, treatment: number): number {
    const key = feature * TREATMENTS.length + treatment
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    this.numbers.set(key, this.numbers.size)
    return this.numbers.size - 1
  }

  columns(): Columns {
    const keys = [...this.numbers.keys()]
    const treatments = keys.map((key) => TREATMENTS[key % TREATMENTS.length] as Treatment)
    return {
      count: keys.length,
      feature: Int32Array.from(keys, (key) => Math.floor(key / TREATMENTS.length)),
      kind: Uint8Array.from(treatments, (treatment) => treatment.kind),
      zero: Float64Array.from(treatments, (treatment) => treatment.zero),
      missing: Float64Array.from(treatments, (treatment) => treatment.missing),
    }
  }
}
