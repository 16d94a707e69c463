/** How much of a registry a page shows. */
export interface Limits {
  /** Rows of the table. */
  models: number
  /** Points of a plot over time; as many switches in one over switches. */
  points: number
  /** Switches of the history. */
  history: number
  /** Columns of the table, and plots. */
  metrics: number
  classes: number
  /** Characters of a sentence. */
  sentence: number
}

/** The first with which the page is small enough is used: the history gives way first, then points, rows last. */
export const LIMITS: readonly Limits[] = [
  { models: 200, points: 200, history: 60, metrics: 8, classes: 60, sentence: 600 },
  { models: 200, points: 120, history: 30, metrics: 8, classes: 40, sentence: 300 },
  { models: 200, points: 60, history: 20, metrics: 6, classes: 30, sentence: 200 },
  { models: 100, points: 60, history: 15, metrics: 6, classes: 30, sentence: 160 },
  { models: 40, points: 40, history: 10, metrics: 5, classes: 20, sentence: 120 },
  { models: 10, points: 10, history: 5, metrics: 3, classes: 10, sentence: 80 },
]
