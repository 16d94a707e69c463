const NEWLINE = 0x0a

/** One line of a program's output. */
export interface OutputLine {
  text: string
  /** It was longer than allowed; this is its beginning. */
  cut?: true
  /** No newline ended it. */
  torn?: true
}

/** Cuts a stream of bytes into lines, none longer than `maxBytes`, holding no more than one. */
export class LineCutter {
  readonly #maxBytes: number
  #held: Buffer[] = []
  #heldBytes = 0
  #cut = false

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The lines that a chunk completes. */
  push(chunk: Buffer): OutputLine[] {
    const lines: OutputLine[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#hold(chunk.subarray(start, end))
      lines.push(this.#line())
      start = end + 1
    }
    this.#hold(chunk.subarray(start))
    return lines
  }

  /** The last line, when no newline ended it. */
  end(): OutputLine[] {
    return this.#heldBytes > 0 ? [{ ...this.#line(), torn: true }] : []
  }

  #hold(part: Buffer): void {
    const room = this.#maxBytes - this.#heldBytes
    if (part.length > room) this.#cut = true
    if (room <= 0 || part.length === 0) return
    const kept = part.subarray(0, room)
    this.#held.push(kept)
    this.#heldBytes += kept.length
  }

  #line(): OutputLine {
    const text = shown(Buffer.concat(this.#held).toString('utf8'))
    const line: OutputLine = this.#cut ? { text, cut: true } : { text }
    this.#held = []
    this.#heldBytes = 0
    this.#cut = false
    return line
  }
}

/** What a terminal would show of a line: a progress bar returns the carriage and writes over itself. */
function shown(text: string): string {
  const ended = text.endsWith('\r') ? text.slice(0, -1) : text
  return ended.slice(ended.lastIndexOf('\r') + 1)
}
