import { crc32 } from 'node:zlib'
import type { BundleFingerprint } from './bundle-fingerprint.js'
import type { BundleJson } from './bundle-json.js'

// index.json is one JSON document, laid out so that it can be read by lines: "{", the head, one bundle a line, then the
// Python project's keys. A reader that does not find the first two lines as they must be has a foreign file before it.

/** To be raised with everything that changes what reading a bundle answers or how a line says it, so that older indexes are not believed. */
export const INDEX_RULES = 4

/** What must hold for any line of the index to count. */
export interface IndexHead {
  version: 1
  rules: number
  /** The models dir's real path: problems name files by it. */
  root: string
  /** Whose eyes read the bundles: another user may be denied what this one may read. */
  reader: string
}

/** The head of an index that this process writes, and would believe. */
export function indexHead(root: string): IndexHead {
  const reader = `${process.geteuid?.() ?? ''}:${process.getegid?.() ?? ''}`
  return { version: 1, rules: INDEX_RULES, root, reader }
}

/** The second line, whole. */
export const headLine = (head: IndexHead): string => `"taskclf": ${JSON.stringify(head)},`

export const FIRST_LINE = '{'
export const BUNDLES_LINE = '"bundles": ['
export const LAST_BUNDLES_LINE = '],'

/** A bundle with more to say than this many bytes is read each time. */
export const LONGEST_LINE = 1 << 20

/** One bundle as it was read, and the files it was read from. */
export interface IndexLine {
  model_id: string
  files: BundleFingerprint
  bundle: BundleJson
}

const PREFIX = '{"crc32":"'
const HEX = 8
const BODY = PREFIX.length + HEX + 2

/** A line with the checksum of what follows it, without a comma at its end. */
export function encodeLine(line: IndexLine): string {
  const body = JSON.stringify(line).slice(1)
  return `${PREFIX}${checksum(Buffer.from(body))}",${body}`
}

/** The line that the bytes hold, trusted as far as its checksum goes; undefined when they hold none. */
export function decodeLine(bytes: Buffer): IndexLine | undefined {
  const end = bytes.at(-1) === 0x2c ? bytes.length - 1 : bytes.length
  if (
    end <= BODY ||
    bytes.toString('latin1', PREFIX.length, PREFIX.length + HEX) !== checksum(bytes.subarray(BODY, end))
  )
    return undefined
  const line = JSON.parse(bytes.toString('utf8', 0, end)) as IndexLine | null
  return typeof line?.model_id === 'string' ? line : undefined
}

const checksum = (bytes: Uint8Array): string => crc32(bytes).toString(16).padStart(HEX, '0')
