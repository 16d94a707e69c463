import type { Readable } from 'node:stream'
import { untilAborted } from './until-aborted.js'

const NEWLINE = 0x0a
const NOTHING = Buffer.alloc(0)
/** Longer than any line that is taken. */
const LONGEST_TAIL = 1 << 21

/**
 * The bytes of whole lines. When the signal is aborted, what the stream has already read is still given, and a line that
 * has not ended is not: nobody asked that yet.
 *
 * @example
 * ```ts
 * for await (const { line, value } of readJsonLines(wholeLines(process.stdin, signal))) answer(line, value)
 * ```
 */
export async function* wholeLines(
  stdin: Readable,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  let tail: Buffer = NOTHING
  const whole = (chunk: Buffer): Buffer => {
    const all = tail.length === 0 ? chunk : Buffer.concat([tail, chunk])
    const end = all.lastIndexOf(NEWLINE) + 1
    const isEndless = end === 0 && all.length > LONGEST_TAIL
    tail = isEndless ? NOTHING : all.subarray(end)
    return isEndless ? all : all.subarray(0, end)
  }
  for await (const chunk of untilAborted<Buffer>(stdin, signal)) yield whole(chunk)
  if (!signal.aborted) {
    yield tail
    return
  }
  const rest: Buffer | null = stdin.read()
  if (rest !== null) yield whole(rest)
}
