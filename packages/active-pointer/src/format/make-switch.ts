import type { ActiveState } from './active-state.js'
import { accountsFor, type HistoryLine } from './history.js'
import type { ActivePointer, DigestOf } from './pointer.js'
import type { PointerChange, PointerSnapshot } from './pointer-store.js'
import { adopt, before, type Identity, isoMicros, newLine, newPointer } from './records.js'
import { requireReadable } from './refuse-switch.js'
import type { SwitchPlan, SwitchResult } from './switch.js'
import { warningsOf } from './switch-warnings.js'
import { withdrawnBy } from './withdrawn.js'

/** What a switch takes from outside: who, when, by what name, and what was seen of a foreign pointer's bundle. */
export interface SwitchSurroundings {
  at: Date
  actor: string | undefined
  newWriteId: () => string
  digestOf: DigestOf
  /** The digest of the content that is there, of the very pointer that is adopted; one that came since is adopted without. */
  observed: { version: string; digest?: string } | undefined
}

/** A switch as it is to be written, and what will be said of it. */
export interface MadeSwitch {
  change: PointerChange
  result: Omit<SwitchResult, 'location' | 'previous'>
}

/** Turns what is wanted into lines and a pointer, given what is true now. */
export function makeSwitch(
  { active, tail, named }: PointerSnapshot,
  wanted: SwitchPlan,
  { at: date, actor, newWriteId, digestOf, observed }: SwitchSurroundings,
): MadeSwitch {
  const lines = tail.lines.map(({ line }) => line)
  const pointerNow = active.status === 'valid' ? active.pointer : undefined
  const at = isoMicros(date)
  let next = 1 + highest([pointerNow?.revision, ...lines.map((line) => line.revision)])
  const takeIdentity = (): Identity => ({ revision: next++, write_id: newWriteId() })

  const foreign = adopt(active, tail.lines, at, withdrawnBy(active, lines), takeIdentity)
  const adopted = foreign && withObserved(foreign, active, observed)
  const recorded = newPointer(named.name, wanted, at, takeIdentity())
  const first = adopted && JSON.stringify(adopted)
  const from = adopted && first ? { old: adopted.new, prev: digestOf(first) } : before(active, tail.lines)
  const line = newLine(at, from, recorded, wanted, actor, active)
  const text = JSON.stringify(line)
  const pointer = { ...recorded, line: digestOf(text) }
  const bytes = new TextEncoder().encode(`${JSON.stringify(pointer, null, 2)}\n`)
  requireReadable(bytes, text)
  return {
    change: {
      lines: first === undefined ? [text] : [first, text],
      pointer: bytes,
      writeId: recorded.write_id as string,
      isEntrySafe: isEntrySafe(pointerNow, lines),
    },
    result: {
      pointer,
      version: digestOf(bytes),
      revision: recorded.revision as number,
      line,
      ...(adopted && { adopted }),
      warnings: warningsOf(active, named, line),
    },
  }
}

function withObserved(
  line: HistoryLine,
  active: ActiveState,
  observed: SwitchSurroundings['observed'],
): HistoryLine {
  if (observed?.digest === undefined || observed.version !== active.version) return line
  return { ...line, observed_digest: observed.digest }
}

// Half of what a number counts exactly: nobody gets there by switching, and there is always a number after it.
const HIGHEST_COUNTED = 2 ** 52

/** The highest of some revisions; one that somebody edited in and that leaves no room above it does not count. */
function highest(revisions: readonly (number | undefined)[]): number {
  return Math.max(
    0,
    ...(revisions.filter((revision) => revision !== undefined && revision <= HIGHEST_COUNTED) as number[]),
  )
}

/**
 * Whether the history's own name is known to survive a power loss: a pointer of ours was put in place only after it
 * was. Else an earlier writer may have made the file and failed before it could sync the directory.
 */
function isEntrySafe(pointer: ActivePointer | undefined, lines: readonly HistoryLine[]): boolean {
  return pointer?.write_id !== undefined && lines.some((line) => accountsFor(line, pointer))
}
