import { randomBytes } from 'node:crypto'
import { lastConfirmed } from './chain.js'
import { accountsFor, type HistoryLine } from './history.js'
import { modelDirOf } from './models-dir-name.js'
import type { ActivePointer } from './pointer.js'
import type { ActiveState } from './read-active.js'
import type { SwitchPlan } from './switch.js'

/** A pointer that no line accounts for was written by another program: it gets a line, and with it an identity. */
export function adopt(
  active: ActiveState,
  lines: readonly HistoryLine[],
  at: string,
  withdrawn: readonly string[],
  takeRevision: () => number,
): HistoryLine | undefined {
  if (active.status !== 'valid' || lines.some((line) => accountsFor(line, active.pointer))) return undefined
  const revision = takeRevision()
  const identity = { revision, write_id: newWriteId() }
  return {
    at,
    old: lines.at(-1)?.new ?? null,
    new: { ...active.pointer, withdrawn: [...withdrawn], ...identity },
    ...identity,
    source: 'external',
  }
}

/** The pointer to be written; the Python project's keys first. */
export function newPointer(
  modelsDirName: string,
  wanted: SwitchPlan,
  at: string,
  revision: number,
): ActivePointer {
  return {
    model_dir: modelDirOf(modelsDirName, wanted.modelId),
    selected_at: at,
    policy_version: wanted.policyVersion,
    model_id: wanted.modelId,
    reason: wanted.reason,
    revision,
    write_id: newWriteId(),
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
  old: ActivePointer | null,
  pointer: ActivePointer,
  wanted: SwitchPlan,
  actor: string | undefined,
  active: ActiveState,
): HistoryLine {
  const isLost = active.status !== 'valid' && old !== null
  const line: HistoryLine = {
    at,
    old,
    new: pointer,
    revision: pointer.revision as number,
    write_id: pointer.write_id as string,
    source: wanted.source,
    ...(actor !== undefined && { actor }),
    ...(wanted.decision !== undefined && { decision: wanted.decision }),
    ...(isLost && { lost: true }),
    ...(active.status === 'corrupt' && { replaced_corrupt: corruptRecord(active) }),
  }
  if (wanted.targetFiles === undefined) return line
  const full = { ...line, target_files: wanted.targetFiles }
  return Buffer.byteLength(JSON.stringify(full)) > MOST_LINE_BYTES ? line : full
}

/** The pointer that a switch replaces; one that was lost is taken from the newest line known to have been active. */
export function pointerBefore(active: ActiveState, lines: readonly HistoryLine[]): ActivePointer | null {
  if (active.status === 'valid') return active.pointer
  const numbered = lines.map((line, i) => ({ number: i + 1, line }))
  const torn = active.status === 'corrupt' ? active.bytes : undefined
  return numbered[lastConfirmed(numbered, numbered.length, torn)]?.line.new ?? null
}

/** A broken pointer is about to be replaced: what it held stays readable in the history. */
function corruptRecord(active: ActiveState & { status: 'corrupt' }) {
  const text = Buffer.from(active.bytes).toString('utf8').slice(0, 4096)
  return { version: active.version, problems: active.problems.map(({ code }) => code), text }
}

/** The instant as the Python project writes it: microseconds and an offset. */
export function isoMicros(date: Date): string {
  return date.toISOString().replace('Z', '000+00:00')
}

function newWriteId(): string {
  return randomBytes(16).toString('hex')
}
