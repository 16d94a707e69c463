import { LightgbmError } from './errors.js'

/** Far above any model seen, far below where a JavaScript string ends. */
const MAX_SOURCE_LENGTH = 256 * 1024 * 1024
/** So many bytes are made characters at once. */
const PART = 8192

/** A model file as text. */
export interface ModelText {
  readonly text: string
  /** The file is not UTF-8: each character is one of its bytes. */
  readonly isBytes: boolean
}

/** The model's text, or an error when it is too long. What is not UTF-8 is read byte by byte, as LightGBM reads every file. */
export function decodeSource(source: string | Uint8Array): ModelText {
  if (source.length > MAX_SOURCE_LENGTH) {
    throw new LightgbmError(
      'too_large',
      `the model is longer than ${MAX_SOURCE_LENGTH} bytes; it was not read`,
      {
        field: 'model',
      },
    )
  }
  if (typeof source === 'string') return { text: plainNewlines(checkedString(source)), isBytes: false }
  const text = decodeUtf8(source)
  return { text: plainNewlines(text ?? charactersOf(source)), isBytes: text === undefined }
}

/** The text of UTF-8; undefined for other bytes. A byte order mark is kept, so that it is refused like any other text before `tree`. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The text that characters which are bytes stand for; undefined when it is not UTF-8. */
export function textOfBytes(characters: string): string | undefined {
  return decodeUtf8(Uint8Array.from(characters, (character) => character.charCodeAt(0)))
}

function charactersOf(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += PART) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + PART)))
  }
  return parts.join('')
}

function checkedString(text: string): string {
  const at = text.search(/\p{Surrogate}/u)
  if (at < 0) return text
  const before = text.slice(0, at)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const field = /^[A-Za-z_ ]{1,64}(?=[=:])/.exec(line)?.[0] ?? 'text'
  const message = 'the text has half a surrogate pair, which no file holds; give the bytes of the file'
  throw new LightgbmError('not_utf8', message, { line: before.split('\n').length, field })
}

/** Without `tree_sizes`, which counts bytes, LightGBM reads carriage returns before newlines, and so is the file read here. */
function plainNewlines(text: string): string {
  if (!text.includes('\r\n')) return text
  const firstTree = text.indexOf('\nTree=')
  const header = firstTree < 0 ? text : text.slice(0, firstTree)
  return header.includes('\ntree_sizes=') ? text : text.replaceAll('\r\n', '\n')
}
