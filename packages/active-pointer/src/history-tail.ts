import type { FileSystem } from '@taskclf/durable-fs'
import { accountsFor, type HistoryLine, type ParsedHistory, parseHistory } from './history.js'
import type { ActivePointer } from './pointer.js'
import { openIfThere, readLines } from './read-bytes.js'

/** The newest lines of a history, oldest first. */
export interface HistoryTail extends Pick<ParsedHistory, 'lines' | 'unread'> {
  /** The file is read from its beginning: nothing lies before these lines. */
  whole: boolean
}

/** Some ten lines; a line with a long decision takes another look. */
const FIRST_BLOCK = 16 * 1024
const ENOUGH_LINES = 8
const LAST_BLOCK = 4 * 1024 * 1024

/**
 * Reads backwards until some lines are had, among them one of ours and, if a pointer is given, the line that accounts for it.
 * Another program's lines have no revision and know of nothing withdrawn, however many there are. Revisions grow with the file
 * (only a holder overtaken while stopped appends late), so the highest is among the last few.
 */
export async function readHistoryTail(
  fileSystem: FileSystem,
  path: string,
  pointer: ActivePointer | undefined,
): Promise<HistoryTail> {
  const file = await openIfThere(fileSystem, path)
  if (file === undefined) return { lines: [], whole: true }
  try {
    const size = await file.size()
    for (let length = FIRST_BLOCK; length <= LAST_BLOCK; length *= 4) {
      const whole = length >= size
      const block = await file.read(whole ? 0 : size - length, Math.min(length, size))
      // A block that starts inside a line begins after that line's end.
      const { lines, unread } = parseHistory(whole ? block : block.subarray(block.indexOf(0x0a) + 1))
      const found = pointer === undefined || lines.some(({ line }) => accountsFor(line, pointer))
      if (whole || (found && lines.some(({ line }) => isOurs(line)) && lines.length >= ENOUGH_LINES))
        return { lines, ...(unread && { unread }), whole }
    }
  } finally {
    await file.close()
  }
  // A very long history, or what is none (a file that was made larger): what is held does not grow with it.
  const { lines, unread } = await readLines(path, fileSystem)
  return { lines, ...(unread && { unread }), whole: true }
}

function isOurs({ revision, new: pointer }: HistoryLine): boolean {
  return revision !== undefined && pointer.withdrawn !== undefined
}
