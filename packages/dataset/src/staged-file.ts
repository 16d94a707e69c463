import { createHash } from 'node:crypto'
import { readdir, unlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { currentProcess, isProcessAlive, nameOfOwner, newLockOwner, ownerOfName } from '@taskclf/durable-fs'

const END = '.tmp'

/** Where a file is staged: beside its place, hidden, never used before, and with the name of the process that writes it. */
export function stagedPath(target: string): string {
  return join(dirname(target), `${beginning(target)}${nameOfOwner(newLockOwner(currentProcess()))}${END}`)
}

/** Removes what killed writers to this place left. A writer that lives, or cannot be judged from here, keeps its file. */
export async function sweepStaged(target: string): Promise<void> {
  const start = beginning(target)
  for (const name of await readdir(dirname(target)).catch((): string[] => [])) {
    if (!name.startsWith(start) || !name.endsWith(END)) continue
    const owner = ownerOfName(name.slice(start.length, -END.length))
    if (owner === undefined || isProcessAlive(owner) !== 'dead') continue
    await unlink(join(dirname(target), name)).catch(() => {})
  }
}

/** The place's own name, cut where it would leave no room for the owner's. */
function beginning(target: string): string {
  const name = basename(target)
  if (Buffer.byteLength(name) <= 64) return `.${name}.`
  return `.${createHash('sha256').update(name).digest('hex').slice(0, 16)}.`
}
