import type { BundleJson } from './bundle-json.js'
import { decodeUtf8 } from './utf8.js'

// index.json is one JSON document, laid out so that it can be read by lines: "{", the head, one bundle a line, then the
// Python project's keys. A reader that does not find the first two lines as they must be has a foreign file before it.

/** To be raised with everything that changes what reading a bundle answers or how a line says it, so that older indexes are not believed. */
export const INDEX_RULES = 7

/** What must hold for any line of the index to count. */
export interface IndexHead {
  version: 1
  rules: number
  /** The models dir's real path: problems name files by it. */
  root: string
  /** Whose eyes read the bundles: another user may be denied what this one may read. */
  reader: string
}

/** The second line, whole. */
export const headLine = (head: IndexHead): string => `"taskclf": ${JSON.stringify(head)},`

export const FIRST_LINE = '{'
export const BUNDLES_LINE = '"bundles": ['
export const LAST_BUNDLES_LINE = '],'

/** A bundle with more to say than this many bytes is read each time. */
export const LONGEST_LINE = 1 << 20

/**
 * A bundle's files and directories as they were: path inside the bundle → size, mtime and ctime in nanoseconds, inode. `''` is
 * the bundle's directory itself.
 */
export type BundleFingerprint = Record<string, string>

/** One bundle as it was read, and the files it was read from. */
export interface IndexLine {
  model_id: string
  files: BundleFingerprint
  bundle: BundleJson
}

/** Takes a CRC-32. */
export type Crc32 = (bytes: Uint8Array) => number

const PREFIX = '{"crc32":"'
const HEX = 8
const BODY = PREFIX.length + HEX + 2
const COMMA = 0x2c

/** A line with the checksum of what follows it, without a comma at its end. */
export function encodeLine(line: IndexLine, crc32: Crc32): string {
  const body = JSON.stringify(line).slice(1)
  return `${PREFIX}${hex(crc32(new TextEncoder().encode(body)))}",${body}`
}

/** The line that the bytes hold, trusted as far as its checksum goes; undefined when they hold none. */
export function decodeLine(bytes: Uint8Array, crc32: Crc32): IndexLine | undefined {
  const end = endOf(bytes)
  if (end <= BODY) return undefined
  // What precedes the body is as long in bytes as in characters, or is not what it must be.
  const text = decodeUtf8(bytes.subarray(0, end))
  if (text?.slice(PREFIX.length, PREFIX.length + HEX) !== hex(crc32(bytes.subarray(BODY, end))))
    return undefined
  const line = JSON.parse(text) as IndexLine | null
  return typeof line?.model_id === 'string' ? line : undefined
}

/** What {@link encodeLine} gave, of the bytes of a line that could be decoded. */
export const textOfLine = (bytes: Uint8Array): string | undefined =>
  decodeUtf8(bytes.subarray(0, endOf(bytes)))

const endOf = (bytes: Uint8Array): number => (bytes.at(-1) === COMMA ? bytes.length - 1 : bytes.length)

const hex = (checksum: number): string => checksum.toString(16).padStart(HEX, '0')
