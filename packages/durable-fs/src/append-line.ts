import { dirname } from 'node:path'
import { DurableFsError, messageOf } from './errors.js'
import type { FileSystem } from './file-system.js'
import { nodeFileSystem } from './node-file-system.js'
import { writeAll } from './write-all.js'

/** How {@link appendLine} appends. */
export interface AppendLineOptions {
  fileSystem?: FileSystem
  /** Also sync the directory, though the file is not new: after a crash its entry may never have been. */
  syncEntry?: boolean
}

const NEWLINE = 0x0a

/**
 * Appends lines (each without its newline) and returns once they would survive a power loss. A torn last line left
 * by a crash is ended first, so it can never swallow the new one.
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
    let size: number
    try {
      size = await file.size()
      const torn = size > 0 && (await file.read(size - 1, 1))[0] !== NEWLINE
      await writeAll(file, Buffer.from(`${torn ? '\n' : ''}${lines.join('\n')}\n`))
      await file.sync()
    } finally {
      await file.close()
    }
    if (size === 0 || options.syncEntry) await fileSystem.syncDirectory(dirname(path))
  } catch (error) {
    throw new DurableFsError('append_failed', path, `${path} was not appended to: ${messageOf(error)}`, error)
  }
}
