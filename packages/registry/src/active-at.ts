import {
  type ActivePointer,
  type HistoryEntry,
  lookAtStore,
  readHistory,
  type StoreLike,
} from '@taskclf/active-pointer'
import { ResolveError } from '@taskclf/infer-resolver'
import { entryAt } from './entry-at.js'

/** The model that is active, or was at some time. */
export interface ActiveModel {
  /** Where the registry is, for people. */
  location: string
  modelId: string
  /** Absent where another program wrote the pointer. */
  revision?: number
  /** The switch that made it active, where the history has it. */
  entry?: HistoryEntry
}

/**
 * Which model is active, as the pointer says; or was at that time, as the history does. Undefined where none is, or was.
 *
 * @throws ResolveError `pointer_corrupt` when the pointer cannot be used, and no time is given; `io` errors where the system does not say.
 */
export async function activeAt(where: StoreLike, moment?: Date): Promise<ActiveModel | undefined> {
  const look = lookAtStore(where)
  const { location } = look
  if (moment !== undefined) {
    const entry = entryAt((await readHistory(look)).entries, moment)
    return entry && { location, modelId: entry.new.model_id, ...revisionOf(entry.revision), entry }
  }
  const state = await look.pointer.read()
  if (state.status === 'absent') return undefined
  if (state.status === 'corrupt') {
    const why = state.problems.map(({ message }) => message).join('; ')
    throw new ResolveError('pointer_corrupt', `active.json cannot be used: ${why}`)
  }
  const entry = entryOf(state.pointer, (await readHistory(look)).entries)
  return { location, modelId: state.modelId, ...revisionOf(state.pointer.revision), ...(entry && { entry }) }
}

/** The line of a pointer; of one that another program wrote no line is known. */
export function entryOf(
  { write_id }: Pick<ActivePointer, 'write_id'>,
  entries: readonly HistoryEntry[],
): HistoryEntry | undefined {
  return write_id === undefined ? undefined : entries.findLast((entry) => entry.write_id === write_id)
}

const revisionOf = (revision: number | undefined) => (revision === undefined ? {} : { revision })
