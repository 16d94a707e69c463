import type { ModelText } from './decode-source.js'
import { LightgbmError } from './errors.js'

/** One `key=value` line. The value is a range of the text, so that long arrays are never copied. */
export interface Field {
  readonly name: string
  readonly line: number
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Walks a text line by line. `start` and `end` are the current line's range; `line` is its 1-based number. */
export class LineReader {
  readonly text: string
  /** Whether each character is one byte of the file. */
  readonly isBytes: boolean
  readonly closing: string
  line = 0
  start = 0
  end = -1
  private peeked = false

  /** @param closing - The line that ends the part of interest: it alone may lack its newline. */
  constructor({ text, isBytes }: ModelText, closing: string) {
    this.text = text
    this.isBytes = isBytes
    this.closing = closing
  }

  /** Moves to the next line; false at the end of the text, also where that cuts a line off. */
  next(): boolean {
    if (this.peeked) {
      this.peeked = false
      return true
    }
    if (this.end >= this.text.length) return false
    this.start = this.end + 1
    const newline = this.text.indexOf('\n', this.start)
    this.end = newline < 0 ? this.text.length : newline
    this.line += 1
    if (newline < 0 && !this.is(this.closing)) return false
    if (this.text.charCodeAt(this.end - 1) === CARRIAGE_RETURN && this.end > this.start) throw this.crlf()
    return true
  }

  /** Gives the current line out once more on the next call of `next`. */
  back(): void {
    this.peeked = true
  }

  isBlank(): boolean {
    return this.start === this.end
  }

  startsWith(prefix: string): boolean {
    return this.text.startsWith(prefix, this.start)
  }

  is(content: string): boolean {
    return this.end - this.start === content.length && this.startsWith(content)
  }

  /** The current line as `key=value`, or undefined when it has no `=`. */
  field(): Field | undefined {
    const equals = this.text.indexOf('=', this.start)
    if (equals < 0 || equals >= this.end) return undefined
    const name = this.text.slice(this.start, equals)
    return { name, line: this.line, text: this.text, start: equals + 1, end: this.end }
  }

  /** How many bytes of the file text[start, end) is: tree_sizes counts bytes. */
  bytesOf(start: number, end: number): number {
    return this.isBytes ? end - start : utf8Length(this.text, start, end)
  }

  /** The beginning of the current line, short enough for a message. */
  excerpt(): string {
    return JSON.stringify(this.text.slice(this.start, Math.min(this.end, this.start + 40)))
  }

  private crlf(): LightgbmError {
    const message =
      'the line ends in a carriage return, and LightGBM counts bytes; restore the file with plain newlines (in Git: `*.txt -text`)'
    return new LightgbmError('crlf', message, { line: this.line, field: this.field()?.name ?? 'line end' })
  }
}

const CARRIAGE_RETURN = 0x0d

/** Length in bytes of text[start, end) as UTF-8. */
function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 3
    else bytes += 2 // one half of a surrogate pair; the pair is four bytes
  }
  return bytes
}
