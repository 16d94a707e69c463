import type { ActiveState } from './active-state.js'
import { lastConfirmed } from './chain.js'
import { FORMAT_VERSION } from './format-version.js'
import { accountsFor, type HistoryLine, isLineGone, type ParsedLine } from './history.js'
import { modelDirOf } from './model-dir.js'
import { type ActivePointer, recorded } from './pointer.js'
import type { SwitchPlan } from './switch.js'
import { utf8Length } from './utf8.js'

/** What a pointer and its line are known by; the write id is 128 random bits in hex. */
export type Identity = { revision: number; write_id: string }

/** What a line goes on from: the pointer before it, and the digest of the line that accounts for that. */
export type Before = Required<Pick<HistoryLine, 'old' | 'prev'>>

/**
 * A pointer that no line accounts for gets one. One of ours whose line is gone is written again as it was; any other was written by
 * another program, and gets an identity with its line.
 */
export function adopt(
  active: ActiveState,
  lines: readonly ParsedLine[],
  at: string,
  withdrawn: readonly string[],
  takeIdentity: () => Identity,
): HistoryLine | undefined {
  if (active.status !== 'valid' || lines.some(({ line }) => accountsFor(line, active.pointer)))
    return undefined
  const last = lines.at(-1)
  const [old, prev] = [last?.line.new ?? null, last?.digest ?? null]
  const pointer = recorded(active.pointer)
  const version = FORMAT_VERSION
  if (isLineGone(active.pointer, lines)) {
    const { selected_at, revision, write_id, source } = active.pointer
    return { version, at: selected_at, old, new: pointer, revision, write_id, source, prev, restored: true }
  }
  const own = takeIdentity()
  const adopted = { ...pointer, withdrawn: [...withdrawn], ...own }
  return { version, at, old, new: adopted, ...own, source: 'external', prev }
}

/** The pointer to be written, but for the name of its line; the Python project's keys first. */
export function newPointer(
  modelsDirName: string,
  wanted: SwitchPlan,
  at: string,
  identity: Identity,
): ActivePointer {
  return {
    model_dir: modelDirOf(modelsDirName, wanted.modelId),
    selected_at: at,
    policy_version: wanted.policyVersion,
    model_id: wanted.modelId,
    reason: wanted.reason,
    version: FORMAT_VERSION,
    ...identity,
    source: wanted.source,
    withdrawn: [...wanted.withdrawn],
    ...(wanted.policyDigest !== undefined && { policy_digest: wanted.policyDigest }),
    ...(wanted.bundleDigest !== undefined && { bundle_digest: wanted.bundleDigest }),
    ...(wanted.schemaHash !== undefined && { schema_hash: wanted.schemaHash }),
  }
}

/** The files of a target are left out of a line that would grow beyond this. */
const MOST_LINE_BYTES = 4096

/** The history's line of a switch. */
export function newLine(
  at: string,
  { old, prev }: Before,
  pointer: ActivePointer,
  wanted: SwitchPlan,
  actor: string | undefined,
  active: ActiveState,
): HistoryLine {
  const isLost = active.status !== 'valid' && old !== null
  const line: HistoryLine = {
    version: FORMAT_VERSION,
    at,
    old,
    new: pointer,
    revision: pointer.revision as number,
    write_id: pointer.write_id as string,
    source: wanted.source,
    prev,
    ...(actor !== undefined && { actor }),
    ...(wanted.decision !== undefined && { decision: wanted.decision }),
    ...(isLost && { lost: true }),
    ...(active.status === 'corrupt' && { replaced_corrupt: corruptRecord(active) }),
  }
  if (wanted.targetFiles === undefined) return line
  const full = { ...line, target_files: wanted.targetFiles }
  return utf8Length(JSON.stringify(full)) > MOST_LINE_BYTES ? line : full
}

/** The pointer that a switch replaces; one that was lost is taken from the newest line known to have been active. */
export function before(active: ActiveState, lines: readonly ParsedLine[]): Before {
  if (active.status === 'valid') {
    const { pointer } = active
    const accounting = lines.findLast(({ line }) => accountsFor(line, pointer))
    // Should its bytes have been altered since, then what was recorded of them keeps showing it.
    const prev = accounting?.line.restored ? accounting.digest : (pointer.line ?? accounting?.digest ?? null)
    return { old: recorded(pointer), prev }
  }
  const torn = active.status === 'corrupt' ? active.bytes : undefined
  const known = lines[lastConfirmed(lines, lines.length, torn)]
  return { old: known?.line.new ?? null, prev: known?.digest ?? null }
}

/** A broken pointer is about to be replaced: what it held stays readable in the history. */
function corruptRecord(active: ActiveState & { status: 'corrupt' }) {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(active.bytes).slice(0, 4096)
  return { version: active.version, problems: active.problems.map(({ code }) => code), text }
}

/** The instant as the Python project writes it: microseconds and an offset. */
export function isoMicros(date: Date): string {
  return date.toISOString().replace('Z', '000+00:00')
}
