import type { Case } from './launch.js'
import { READERS } from './readers.js'
import type { ConsumerId } from './table.mjs'
import { WRITERS } from './writers.js'

/** What a consumer makes of a state, in the words of the table. */
export const CONSUME: Readonly<Record<ConsumerId, (given: Case) => Promise<string>>> = {
  ...READERS,
  ...WRITERS,
}
