import { COMPARING } from './cases/comparing.js'
import { DECIDING } from './cases/deciding.js'
import { EXPLAINING } from './cases/explaining.js'
import { FETCHING } from './cases/fetching.js'
import { FOLLOWING } from './cases/following.js'
import { HISTORIES } from './cases/histories.js'
import { POINTERS } from './cases/pointers.js'
import { PROBLEMS } from './cases/problems.js'
import { PROMOTING } from './cases/promoting.js'
import { PUBLISHING } from './cases/publishing.js'
import { RACES } from './cases/races.js'
import { READING } from './cases/reading.js'
import { REGISTRIES } from './cases/registries.js'
import { RESOLVING } from './cases/resolving.js'
import { SCANNING } from './cases/scanning.js'
import { ROLLBACKS, WITHDRAWALS } from './cases/undoing.js'
import { UPDATES } from './cases/updates.js'
import { WRITING } from './cases/writing.js'
import type { ConformanceCase } from './conformance-case.js'

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
  ...PROBLEMS,
  ...READING,
  ...SCANNING,
  ...FETCHING,
  ...POINTER_CASES,
  ...DECIDING,
  ...RESOLVING,
  ...FOLLOWING,
  ...PUBLISHING,
  ...PROMOTING,
  ...REGISTRIES,
  ...EXPLAINING,
]
