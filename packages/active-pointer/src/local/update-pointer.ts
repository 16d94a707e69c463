import { join } from 'node:path'
import { appendLine, type Lock, replaceFile } from '@taskclf/durable-fs'
import type { ActiveState } from '../format/active-state.js'
import { enoughFor } from '../format/enough-lines.js'
import type {
  DecideChange,
  PointerChange,
  PointerSnapshot,
  UpdateOptions,
  UpdateReceipt,
} from '../format/pointer-store.js'
import type { SwitchWarning } from '../format/switch-warning.js'
import type { LocalPlace } from '../model-store.js'
import { asPointerError, overtaken } from './as-pointer-error.js'
import { readHistoryTail } from './history-tail.js'
import { modelsDirName } from './models-dir-name.js'
import { readActiveFile } from './read-active-file.js'
import { requireSameDirectory, requireWritable } from './require-writable.js'
import { takeLock } from './take-lock.js'

/**
 * The one way in which the pointer changes: lock → decide → append the lines and sync → temporary file and sync → rename → sync the
 * directory → unlock.
 */
export async function updatePointer(
  place: LocalPlace,
  decide: DecideChange,
  options: UpdateOptions,
): Promise<UpdateReceipt> {
  const lock = await takeLock(place.dir, options, place.fileSystem)
  let previous: ActiveState
  let isWritten: boolean
  try {
    requireSameDirectory(place.dir)
    const now = await snapshot(place)
    const change = await decide(now)
    previous = now.active
    isWritten = change !== undefined
    if (change) await write(place, lock, change)
  } catch (error) {
    await lock.release().catch(() => false)
    throw asPointerError(error)
  }
  const released = await lock.release().catch(() => undefined)
  const warnings = [...brokenBy(lock), ...(isWritten && released === undefined ? [NOT_RELEASED] : [])]
  return { previous, warnings }
}

async function snapshot({ dir, fileSystem }: LocalPlace): Promise<PointerSnapshot> {
  const active = await readActiveFile(dir, fileSystem)
  requireWritable(dir.active, active)
  const pointer = active.status === 'valid' ? active.pointer : undefined
  const tail = await readHistoryTail(fileSystem, dir.history, enoughFor(pointer))
  return { active, tail, named: modelsDirName(dir.given, pointer) }
}

async function write({ dir, fileSystem }: LocalPlace, lock: Lock, change: PointerChange): Promise<void> {
  if (!(await lock.mayWrite())) throw overtaken()
  await appendLine(dir.history, change.lines, { fileSystem, syncEntry: !change.isEntrySafe })
  const staged = join(lock.privateDir, `active-${change.writeId}.json`)
  await replaceFile(fileSystem, { staged, path: dir.active, bytes: change.pointer })
}

const NOT_RELEASED: SwitchWarning = {
  code: 'lock_not_released',
  message:
    'the switch is done, but its lock was not released; the next writer breaks it when this process ends',
}

function brokenBy(lock: Lock): SwitchWarning[] {
  return lock.broken.map((owner) => ({
    code: 'lock_broken',
    message: `the lock of ${owner} was broken: that writer was gone or stopped`,
  }))
}
