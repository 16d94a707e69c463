import { isUtf8 } from 'node:buffer'
import { readdirSync } from 'node:fs'

/** Marks where bytes that are not text were: then the bytes themselves are needed. */
const REPLACED = '\u{FFFD}'
/** The byte 0x80 + n of a name that is not UTF-8, as a lone surrogate: no text has one. */
const FIRST_LONE = 0xdc00
const LONE = /[\uDC80-\uDCFF]/u

/** The names in a directory; those that are not UTF-8 in a form that {@link pathOf} turns back into their bytes. */
export function namesIn(path: string): string[] {
  const at = pathOf(path)
  const names = readdirSync(at)
  if (!names.some((name) => name.includes(REPLACED))) return names
  return readdirSync(at, 'buffer').map((bytes) => (isUtf8(bytes) ? bytes.toString() : asLone(bytes)))
}

/** A path as the system takes it. */
export function pathOf(path: string): string | Buffer {
  if (!LONE.test(path)) return path
  const parts = Array.from(path, (char) =>
    LONE.test(char) ? Buffer.from([char.charCodeAt(0) - FIRST_LONE]) : Buffer.from(char),
  )
  return Buffer.concat(parts)
}

function asLone(bytes: Buffer): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : FIRST_LONE + byte)).join('')
}
