import type { FileSystem } from '@taskclf/durable-fs'
import { digestOf } from '../digest-of.js'
import { parseHistory } from '../format/history.js'
import type { EnoughLines, HistoryTail } from '../format/pointer-store.js'
import { openIfThere, readLines } from './read-bytes.js'

/** Some ten lines; a line with a long decision takes another look. */
const FIRST_BLOCK = 16 * 1024
const LAST_BLOCK = 4 * 1024 * 1024

/** Reads a history backwards until there are enough lines. */
export async function readHistoryTail(
  fileSystem: FileSystem,
  path: string,
  enough: EnoughLines,
): Promise<HistoryTail> {
  const file = await openIfThere(fileSystem, path)
  if (file === undefined) return { lines: [], problems: [], whole: true }
  try {
    const size = await file.size()
    for (let length = FIRST_BLOCK; length <= LAST_BLOCK; length *= 4) {
      const whole = length >= size
      const block = await file.read(whole ? 0 : size - length, Math.min(length, size))
      // A block that starts inside a line begins after that line's end.
      const parsed = parseHistory(whole ? block : block.subarray(block.indexOf(0x0a) + 1), digestOf)
      if (whole || enough(parsed.lines)) return { ...parsed, whole }
    }
  } finally {
    await file.close()
  }
  // A very long history, or what is none (a file that was made larger): what is held does not grow with it.
  return { ...(await readLines(path, fileSystem)), whole: true }
}
