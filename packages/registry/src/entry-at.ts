import type { HistoryEntry } from '@taskclf/active-pointer'
import { parseTimestamp } from '@taskclf/registry-core'

/**
 * The switch by which a model was active at a moment: the last that is not later, of those that happened, or may have (`unconfirmed`). With a
 * revision, the switch of that revision. Undefined where there is none.
 */
export function entryAt(
  entries: readonly HistoryEntry[],
  moment: Date | { revision: number },
): HistoryEntry | undefined {
  if (!(moment instanceof Date)) {
    const named = entries.filter(({ revision }) => revision === moment.revision)
    const certain = named.find(({ visible }) => visible)
    return certain ?? named.find(({ state }) => mayHaveHappened(state)) ?? named.at(-1)
  }
  const until = BigInt(moment.getTime()) * 1000n
  // The order of the lines is the order of the switches; a clock may have been set back between them.
  return entries.findLast(({ state, at }) => mayHaveHappened(state) && isUntil(at, until))
}

const mayHaveHappened = (state: HistoryEntry['state']) => state === 'visible' || state === 'unconfirmed'

function isUntil(at: string, until: bigint): boolean {
  const parsed = parseTimestamp(at)
  // A millisecond is all that a Date can tell.
  return parsed.ok && parsed.timestamp.epochMicros < until + 1000n
}
