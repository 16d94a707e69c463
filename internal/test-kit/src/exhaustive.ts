/** `npm run exhaustive`: every cell of every table; `npm test` takes a part of those that repeat one another. */
export const EXHAUSTIVE = process.env.TASKCLF_EXHAUSTIVE === '1'

/** All in the exhaustive form, else every `stride`th, beginning at a place that `offset` moves: together the rows meet all. */
export function sampled<T>(all: readonly T[], offset = 0, stride = 3): readonly T[] {
  return EXHAUSTIVE ? all : all.filter((_, i) => (i + offset) % stride === 0)
}
