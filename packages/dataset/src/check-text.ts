import { isUtf8 } from 'node:buffer'
import { DatasetError } from './errors.js'

const NEWLINE = 0x0a
const NOTHING = Buffer.alloc(0)

/** Looks at bytes as they pass: UTF-8 without NUL, or an error that names the line. */
export class TextCheck {
  readonly #path: string | undefined
  #line = 1
  #carry: Buffer = NOTHING

  constructor(path: string | undefined) {
    this.#path = path
  }

  /** Checks the next chunk; a character that the chunk cuts in two is looked at together with the next one. */
  chunk(bytes: Buffer): void {
    const nul = bytes.indexOf(0)
    if (nul !== -1) {
      const hint = 'holds a NUL byte; save the file as UTF-8 text (UTF-16 looks like this)'
      throw new DatasetError('nul_byte', hint, {
        path: this.#path,
        line: this.#line + newlines(bytes.subarray(0, nul)),
      })
    }
    const text = this.#carry.length === 0 ? bytes : Buffer.concat([this.#carry, bytes])
    const whole = text.length - unfinishedBytes(text)
    this.#carry = text.subarray(whole)
    this.#check(text.subarray(0, whole))
    this.#line += newlines(bytes)
  }

  /** Checks that nothing is left unfinished. */
  end(): void {
    this.#check(this.#carry)
  }

  #check(text: Buffer): void {
    if (isUtf8(text)) return
    let line = this.#line
    let start = 0
    for (let end = text.indexOf(NEWLINE); end !== -1; end = text.indexOf(NEWLINE, start)) {
      if (!isUtf8(text.subarray(start, end))) break
      start = end + 1
      line += 1
    }
    throw new DatasetError('not_utf8', 'is not UTF-8; save the file as UTF-8 text', {
      path: this.#path,
      line,
    })
  }
}

/** Bytes at the end that begin a character without finishing it: 0 to 3. */
function unfinishedBytes(text: Buffer): number {
  for (let back = 1; back <= Math.min(3, text.length); back += 1) {
    const byte = text[text.length - back] as number
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

function newlines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1
  return count
}
