import { join } from 'node:path'
import { appendLine, type FileSystem, type Lock, nodeFileSystem, replaceFile } from '@taskclf/durable-fs'
import { lookAtModelsDir, type ModelsDirLike, type ModelsDirLook } from '@taskclf/registry-core'
import { asPointerError, overtaken } from './as-pointer-error.js'
import { accountsFor, type HistoryLine } from './history.js'
import { readHistoryTail } from './history-tail.js'
import { modelsDirName } from './models-dir-name.js'
import { type Observed, observeDigest } from './observed-digest.js'
import { type ActivePointer, digestOf } from './pointer.js'
import { type ActiveState, readActive } from './read-active.js'
import { withdrawnBy } from './read-withdrawn.js'
import { adopt, before, isoMicros, newLine, newPointer } from './records.js'
import {
  compare,
  compareRevision,
  requireKnownLine,
  requireKnownTarget,
  requireReadable,
  requireSameDirectory,
  requireWritable,
} from './refuse-switch.js'
import type { SwitchContext, SwitchOptions, SwitchPlan, SwitchResult } from './switch.js'
import { warningsOf } from './switch-warnings.js'
import { takeLock } from './take-lock.js'

/**
 * The one way in which the pointer changes: lock → compare → append the line and sync → temporary file and sync →
 * rename → sync the directory → unlock. The plan is made under the lock, from what is then true; without one nothing is written.
 */
export async function switchActive<Plan extends SwitchPlan | undefined>(
  modelsDir: ModelsDirLike,
  options: SwitchOptions,
  plan: (context: SwitchContext) => Plan | Promise<Plan>,
): Promise<SwitchResult | Exclude<Plan, SwitchPlan>> {
  const fileSystem = options.fileSystem ?? nodeFileSystem
  const dir = lookAtModelsDir(modelsDir)
  // Before the lock is taken: a large model must keep no other writer waiting.
  const observed = options.fileSystem ? undefined : await observe(dir)
  const lock = await takeLock(dir, options, fileSystem)
  let result: SwitchResult | Exclude<Plan, SwitchPlan>
  try {
    result = await switchUnderLock({ dir, lock, fileSystem, observed }, options, plan)
  } catch (error) {
    await lock.release().catch(() => false)
    throw asPointerError(error)
  }
  const released = await lock.release().catch(() => undefined)
  if (released !== undefined || result === undefined) return result
  const message =
    'the switch is done, but its lock was not released; the next writer breaks it when this process ends'
  return { ...result, warnings: [...result.warnings, { code: 'lock_not_released', message }] }
}

async function observe(dir: ModelsDirLook): Promise<Observed | undefined> {
  try {
    return await observeDigest(dir, await readActive(dir))
  } catch (error) {
    throw asPointerError(error)
  }
}

/** Where a switch happens, with what. */
interface Place {
  dir: ModelsDirLook
  lock: Lock
  fileSystem: FileSystem
  observed: Observed | undefined
}

async function switchUnderLock<Plan extends SwitchPlan | undefined>(
  { dir, lock, fileSystem, observed }: Place,
  options: SwitchOptions,
  plan: (context: SwitchContext) => Plan | Promise<Plan>,
): Promise<SwitchResult | Exclude<Plan, SwitchPlan>> {
  requireSameDirectory(dir)
  const active = await readActive(dir, options)
  requireWritable(dir.active, active)
  compare(active, options.expected)
  // Another store is not read past the file system that was passed in.
  if (!options.fileSystem) await requireKnownTarget(dir, active)
  const pointerNow = active.status === 'valid' ? active.pointer : undefined
  const read = await readHistoryTail(fileSystem, dir.history, pointerNow)
  const [tail, lines] = [read.lines, read.lines.map(({ line }) => line)]
  requireKnownLine(pointerNow, read)
  compareRevision(active, tail, options.expectedRevision)
  const withdrawn = withdrawnBy(active, lines)
  const accounting = pointerNow && lines.findLast((line) => accountsFor(line, pointerNow))
  const wanted = await plan({ dir, active, line: accounting, withdrawn })
  if (wanted === undefined) return undefined as Exclude<Plan, SwitchPlan>

  const at = isoMicros((options.now ?? (() => new Date()))())
  let next = 1 + highest([pointerNow?.revision, ...lines.map((line) => line.revision)])
  const foreign = adopt(active, tail, at, withdrawn, () => next++)
  const adopted = foreign && withObserved(foreign, active, observed)
  const named = modelsDirName(dir.given, pointerNow)
  const recorded = newPointer(named.name, wanted, at, next)
  const first = adopted && JSON.stringify(adopted)
  const from = adopted && first ? { old: adopted.new, prev: digestOf(first) } : before(active, tail)
  const line = newLine(at, from, recorded, wanted, options.actor, active)
  const text = JSON.stringify(line)
  const pointer = { ...recorded, line: digestOf(text) }

  const bytes = Buffer.from(`${JSON.stringify(pointer, null, 2)}\n`)
  requireReadable(bytes, text)
  if (!(await lock.mayWrite())) throw overtaken()
  const texts = first === undefined ? [text] : [first, text]
  await appendLine(dir.history, texts, { fileSystem, syncEntry: !isEntrySafe(pointerNow, lines) })
  const staged = join(lock.privateDir, `active-${pointer.write_id}.json`)
  await replaceFile(fileSystem, { staged, path: dir.active, bytes })
  return {
    modelsDir: dir,
    pointer,
    version: digestOf(bytes),
    revision: next,
    line,
    previous: active,
    ...(adopted && { adopted }),
    warnings: warningsOf(lock, active, named, line),
  }
}

/** Only of the very pointer that is adopted; one that came since is adopted without. */
function withObserved(line: HistoryLine, active: ActiveState, observed: Observed | undefined): HistoryLine {
  if (observed?.digest === undefined || observed.version !== active.version) return line
  return { ...line, observed_digest: observed.digest }
}

// Half of what a number counts exactly: nobody gets there by switching, and there is always a number after it.
const HIGHEST_COUNTED = 2 ** 52

/** The highest of some revisions; one put there by hand that leaves no room above it does not count. */
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
