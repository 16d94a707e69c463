const NEWLINE = 0x0a
const RETURN = 0x0d
const BOM = Buffer.from('\ufeff')

/** One line without its line end. `undefined` bytes: it was longer than allowed, and dropped. */
export interface SourceLine {
  line: number
  bytes: Buffer | undefined
}

/** Lines of a byte stream, all that each chunk completes at once; buffers at most the longest line allowed. */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  maxLineBytes: number,
): AsyncGenerator<SourceLine[], void, undefined> {
  let line = 0
  let held: Buffer[] = []
  let heldBytes = 0
  const hold = (part: Buffer) => {
    heldBytes += part.length
    if (heldBytes <= maxLineBytes) held.push(part)
    else held = []
  }
  const complete = (): SourceLine => {
    line += 1
    const bytes = heldBytes > maxLineBytes ? undefined : trimmed(Buffer.concat(held), line)
    held = []
    heldBytes = 0
    return { line, bytes }
  }
  for await (const chunk of chunks) {
    const lines: SourceLine[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      hold(chunk.subarray(start, end))
      lines.push(complete())
      start = end + 1
    }
    hold(chunk.subarray(start))
    yield lines
  }
  if (heldBytes > 0) yield [complete()]
}

function trimmed(bytes: Buffer, line: number): Buffer {
  const start = line === 1 && bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0
  return bytes.subarray(start, bytes.at(-1) === RETURN ? -1 : undefined)
}
