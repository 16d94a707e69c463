/** What holds for a whole forest. It is settled when the forest is compiled: no node asks for it when it predicts. */
export interface ForestRules {
  /** Sums in a row's answer: one of a regressor, one per class of a classifier. */
  readonly outputs: number
  /**
   * Which values a numeric node sends left: those at most its threshold, or those below it. `below` is for thresholds and values of
   * float32; its thresholds become the next smaller float32, so that both are one comparison.
   */
  readonly left: 'at_most' | 'below'
  /** How leaves are added, tree after tree: as float64, or rounded to float32 after each. */
  readonly sums: 'float64' | 'float32'
  /** What each sum begins with; zeros when absent. */
  readonly start?: readonly number[]
}
