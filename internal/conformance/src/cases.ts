import { DECIDING } from './cases/deciding.js'
import { HISTORIES } from './cases/histories.js'
import { POINTERS } from './cases/pointers.js'
import { PROMOTING } from './cases/promoting.js'
import { PUBLISHING } from './cases/publishing.js'
import { PROBLEMS, READING } from './cases/reading.js'
import { REGISTRIES } from './cases/registries.js'
import { FETCHING, SCANNING } from './cases/scanning.js'
import { FOLLOWING, RESOLVING } from './cases/serving.js'
import { COMPARING, WRITING } from './cases/switching.js'
import { ROLLBACKS, WITHDRAWALS } from './cases/undoing.js'
import { RACES, UPDATES } from './cases/updates.js'
import type { ConformanceCase } from './conformance-case.js'

/** What reading bundles promises. */
export const BUNDLE_CASES: readonly ConformanceCase[] = [...PROBLEMS, ...READING, ...SCANNING, ...FETCHING]

/** What the pointer and its history promise. */
export const POINTER_CASES: readonly ConformanceCase[] = [
  ...POINTERS,
  ...COMPARING,
  ...WRITING,
  ...UPDATES,
  ...RACES,
  ...ROLLBACKS,
  ...WITHDRAWALS,
  ...HISTORIES,
]

/** Every promise of a store. */
export const CASES: readonly ConformanceCase[] = [
  ...BUNDLE_CASES,
  ...POINTER_CASES,
  ...DECIDING,
  ...RESOLVING,
  ...FOLLOWING,
  ...PUBLISHING,
  ...PROMOTING,
  ...REGISTRIES,
]
