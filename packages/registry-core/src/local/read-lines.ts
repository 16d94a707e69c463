import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

const FLAGS =
  constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0) | (constants.O_NOFOLLOW ?? 0)
const CHUNK = 1 << 18
const NEWLINE = 0x0a

/** The lines of a regular file without their newlines, each valid until the next is asked for. */
export class LineReader {
  readonly #fd: number
  readonly #longest: number
  #buffer = Buffer.allocUnsafe(CHUNK)
  #start = 0
  #end = 0

  /** @throws what opening throws, or an Error when it is not a regular file. */
  constructor(path: string, longest: number) {
    this.#fd = openSync(path, FLAGS)
    this.#longest = longest
    if (fstatSync(this.#fd).isFile()) return
    this.close()
    throw new Error(`${path} is not a regular file`)
  }

  /** The next line; undefined at the end, and at a line that is too long or has no newline. */
  next(): Buffer | undefined {
    for (;;) {
      const at = this.#buffer.subarray(0, this.#end).indexOf(NEWLINE, this.#start)
      if (at !== -1) {
        const line = this.#buffer.subarray(this.#start, at)
        this.#start = at + 1
        return line
      }
      if (!this.#fill()) return undefined
    }
  }

  close(): void {
    closeSync(this.#fd)
  }

  #fill(): boolean {
    const rest = this.#end - this.#start
    if (rest > this.#longest) return false
    const buffer = rest + CHUNK > this.#buffer.length ? Buffer.allocUnsafe(2 * rest + CHUNK) : this.#buffer
    this.#buffer.copy(buffer, 0, this.#start, this.#end)
    this.#buffer = buffer
    this.#start = 0
    this.#end = rest + readSync(this.#fd, buffer, rest, CHUNK, null)
    return this.#end > rest
  }
}
