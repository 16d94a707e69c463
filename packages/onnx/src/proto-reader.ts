import { OnnxError } from './errors.js'

/** What follows a tag: a varint, eight bytes, a length and as many bytes, or four bytes. */
const VARINT = 0
const EIGHT_BYTES = 1
const DELIMITED = 2
const FOUR_BYTES = 5

const LARGEST_TAG = 0xffffffff

/** Walks the fields of one protobuf message, bytes[from, to). Nothing is copied; what it does not know it refuses. */
export class ProtoReader {
  readonly bytes: Uint8Array
  /** Of the current field: its number, where it begins, and where its content is. */
  number = 0
  start = 0
  from = 0
  to = 0
  /** Whether its content has a length of its own: a text, bytes or a message. */
  isDelimited = false
  readonly #end: number
  #at: number

  constructor(bytes: Uint8Array, from = 0, to = bytes.length) {
    this.bytes = bytes
    this.#at = from
    this.#end = to
  }

  /** Moves to the next field; false at the end of the message. */
  next(): boolean {
    if (this.#at >= this.#end) return false
    this.start = this.#at
    const tag = this.#varint()
    const wire = tag % 8
    this.number = (tag - wire) / 8
    if (tag > LARGEST_TAG || this.number === 0) throw malformed(this.start)
    this.isDelimited = wire === DELIMITED
    const length = this.#lengthOf(wire)
    this.from = this.#at
    this.to = this.#at + length
    if (wire === VARINT) this.#varint()
    else this.#at = this.to
    if (this.#at > this.#end) throw malformed(this.start)
    if (wire === VARINT) this.to = this.#at
    return true
  }

  /** The content of the current field as text. */
  text(): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes.subarray(this.from, this.to))
    } catch {
      throw malformed(this.start)
    }
  }

  /** The message that the current field holds. */
  message(): ProtoReader {
    if (!this.isDelimited) throw malformed(this.start)
    return new ProtoReader(this.bytes, this.from, this.to)
  }

  #lengthOf(wire: number): number {
    if (wire === VARINT) return 0
    if (wire === EIGHT_BYTES) return 8
    if (wire === FOUR_BYTES) return 4
    if (wire === DELIMITED) return this.#varint()
    throw malformed(this.start)
  }

  #varint(): number {
    let value = 0
    for (let shift = 1, i = 0; i < 10 && this.#at < this.#end; i++, shift *= 128) {
      const byte = this.bytes[this.#at++] as number
      value += (byte & 127) * shift
      if (byte < 128) return value
    }
    throw malformed(this.start)
  }
}

/** The refusal of bytes that are not an ONNX model. */
export function malformed(place: number): OnnxError {
  return new OnnxError('malformed_model', `the file is not an ONNX model, or is damaged at byte ${place}`)
}
