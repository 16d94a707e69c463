import { LightgbmError } from './errors.js'

/** Far above any model seen, far below where a JavaScript string ends. */
const MAX_SOURCE_LENGTH = 256 * 1024 * 1024
const NEWLINE = 0x0a

/** The model's text, or an error when it is too long or not UTF-8. */
export function decodeSource(source: string | Uint8Array): string {
  if (source.length > MAX_SOURCE_LENGTH) {
    throw new LightgbmError(
      'too_large',
      `the model is longer than ${MAX_SOURCE_LENGTH} bytes; it was not read`,
      {
        field: 'model',
      },
    )
  }
  if (typeof source === 'string') return checkedString(source)
  try {
    return strictDecoder().decode(source)
  } catch (cause) {
    throw notUtf8(source, cause)
  }
}

/** A byte order mark is kept, so that it is refused like any other text before `tree`. */
function strictDecoder() {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
}

function checkedString(text: string): string {
  const at = text.search(/\p{Surrogate}/u)
  if (at < 0) return text
  const before = text.slice(0, at)
  throw refusal(before.split('\n').length, before.slice(before.lastIndexOf('\n') + 1))
}

/** Newline bytes never occur inside a UTF-8 sequence, so the first line that does not decode is the one at fault. */
function notUtf8(bytes: Uint8Array, cause: unknown): LightgbmError {
  let line = 1
  let start = 0
  for (;;) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    const piece = bytes.subarray(start, end)
    if (newline < 0 || !decodes(piece))
      return refusal(line, new TextDecoder().decode(piece.subarray(0, 256)), cause)
    line += 1
    start = end + 1
  }
}

function decodes(bytes: Uint8Array): boolean {
  try {
    strictDecoder().decode(bytes)
    return true
  } catch {
    return false
  }
}

function refusal(line: number, lineStart: string, cause?: unknown): LightgbmError {
  const key = /^[A-Za-z_ ]{1,64}(?=[=:])/.exec(lineStart)?.[0]
  const message =
    key === 'feature_names' || key === 'feature_infos'
      ? 'the name of a feature is not valid UTF-8, as the columns of rows are; rename the features and save the model again'
      : 'the text is not valid UTF-8; the file is damaged or not a LightGBM model'
  return new LightgbmError('not_utf8', message, { line, field: key ?? 'text', cause })
}
