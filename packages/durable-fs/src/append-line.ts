import { dirname } from 'node:path'
import { messageOf } from '@taskclf/errors'
import { DurableFsError } from './errors.js'
import type { FileSystem, OpenFile } from './file-system.js'
import { nodeFileSystem } from './node-file-system.js'
import { writeAll } from './write-all.js'

/** How {@link appendLine} appends. */
export interface AppendLineOptions {
  fileSystem?: FileSystem
  /** Also sync the directory, though the file is not new: after a crash its entry may never have been. */
  syncEntry?: boolean
}

const NEWLINE = 0x0a
/** Each is spoilt only by another writer that comes in between with part of a line. */
const ATTEMPTS = 8

/**
 * Appends lines (each without its newline) and returns once they would survive a power loss. A torn last line left
 * by a crash is ended first, so it can never swallow the new one; lines that another writer came into with part of
 * its own, at the same time, are appended again.
 *
 * @throws DurableFsError `append_failed`: the lines may be there in part, or whole but unsynced.
 * @example
 * ```ts
 * await appendLine('runs/r1/events.ndjson', [JSON.stringify({ type: 'started' })])
 * ```
 */
export async function appendLine(
  path: string,
  lines: readonly string[],
  options: AppendLineOptions = {},
): Promise<void> {
  const fileSystem = options.fileSystem ?? nodeFileSystem
  try {
    const file = await fileSystem.openAppend(path)
    let isNew: boolean
    try {
      isNew = await appendWhole(file, Buffer.from(`${lines.join('\n')}\n`))
      await file.sync()
    } finally {
      await file.close()
    }
    if (isNew || options.syncEntry) await fileSystem.syncDirectory(dirname(path))
  } catch (error) {
    throw new DurableFsError('append_failed', path, `${path} was not appended to: ${messageOf(error)}`, error)
  }
}

/** Answers whether the file was empty. */
async function appendWhole(file: OpenFile, text: Buffer): Promise<boolean> {
  const first = await file.size()
  for (let attempt = 0, size = first; attempt < ATTEMPTS; attempt++) {
    const torn = size > 0 && (await file.read(size - 1, 1))[0] !== NEWLINE
    await writeAll(file, torn ? Buffer.concat([Buffer.from([NEWLINE]), text]) : text)
    const now = await file.size()
    if (now === size + (torn ? 1 : 0) + text.length || (await holds(file, size, now, text)))
      return first === 0
    size = now
  }
  throw new Error('other writers kept writing into its lines')
}

/** Whether the lines are whole between what others wrote meanwhile. */
async function holds(file: OpenFile, from: number, to: number, text: Buffer): Promise<boolean> {
  const before = Math.max(0, from - 1)
  const written = Buffer.from(await file.read(before, to - before))
  for (let at = written.indexOf(text); at !== -1; at = written.indexOf(text, at + 1))
    if (written[at - 1] === NEWLINE || before + at === 0) return true
  return false
}
