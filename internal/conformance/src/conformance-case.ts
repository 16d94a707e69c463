import type { Ground } from './ground.js'

/** One promise of every store: what is done, and the answer that every store gives. */
export interface ConformanceCase {
  /** Begins with a verb. */
  name: string
  answer: unknown
  run: (on: Ground) => Promise<unknown>
  /** Who wins is left open, so that what is left in the store is not compared. */
  isRace?: boolean
}

/** A case whose answer is the same in every store, and so is what it leaves there. */
export function conform(name: string, answer: unknown, run: ConformanceCase['run']): ConformanceCase {
  return { name, answer, run }
}

/** A case in which several programs race. */
export function race(name: string, answer: unknown, run: ConformanceCase['run']): ConformanceCase {
  return { name, answer, run, isRace: true }
}
