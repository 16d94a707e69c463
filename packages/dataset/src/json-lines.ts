import { messageOf } from '@taskclf/errors'
import { DatasetError } from './errors.js'
import { openSource, pathOf } from './open-source.js'
import { repeatedKey } from './repeated-key.js'
import type { CellValue, Row, RowSource, RowValues } from './row.js'
import { type SourceLine, splitLines } from './split-lines.js'

/** One line of {@link readJsonLines}: its value, or why it has none. */
export type JsonLine =
  | { line: number; ok: true; value: unknown }
  | { line: number; ok: false; error: DatasetError }

/** How {@link readJsonLines} reads. */
export interface ReadJsonLinesOptions {
  /** Longer lines are dropped and answered with `row_too_long`. Default: 1 MiB. */
  maxLineBytes?: number
}

export const DEFAULT_MAX_ROW_BYTES = 1 << 20

/**
 * JSON values, one a line, as they arrive: a bad line is an answer of its own and the reading goes on. Blank lines are
 * passed over, but counted.
 *
 * @throws DatasetError `unreadable`: the source itself failed.
 * @example
 * ```ts
 * for await (const item of readJsonLines(process.stdin)) {
 *   if (item.ok) use(item.value)
 *   else report(item.line, item.error.code) // row_too_long | not_utf8 | malformed_json | duplicate_column
 * }
 * ```
 */
export async function* readJsonLines(
  source: RowSource,
  options: ReadJsonLinesOptions = {},
): AsyncGenerator<JsonLine, void, undefined> {
  const path = pathOf(source)
  const maxLineBytes = options.maxLineBytes ?? DEFAULT_MAX_ROW_BYTES
  for await (const lines of splitLines(openSource(source), maxLineBytes)) {
    for (const each of lines) {
      const parsed = parseLine(each, path, maxLineBytes)
      if (parsed) yield parsed
    }
  }
}

/** Rows of a JSON lines source, as many at a time as a chunk of bytes completes; the first bad line is thrown. */
export async function* readJsonRows(
  source: RowSource,
  options: { maxRowBytes: number },
): AsyncGenerator<Row[], void, undefined> {
  const path = pathOf(source)
  for await (const lines of splitLines(openSource(source), options.maxRowBytes)) {
    const rows: Row[] = []
    for (const each of lines) {
      const parsed = parseLine(each, path, options.maxRowBytes)
      if (parsed === undefined) continue
      if (!parsed.ok) throw parsed.error
      rows.push({ line: parsed.line, values: toValues(parsed.value, parsed.line, path) })
    }
    yield rows
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function parseLine(
  { line, bytes }: SourceLine,
  path: string | undefined,
  maxBytes: number,
): JsonLine | undefined {
  const bad = (
    code: 'row_too_long' | 'not_utf8' | 'malformed_json' | 'duplicate_column',
    message: string,
    cause?: unknown,
  ): JsonLine => ({
    line,
    ok: false,
    error: new DatasetError(code, message, { path, line, cause }),
  })
  if (bytes === undefined) return bad('row_too_long', `this line is longer than ${maxBytes} bytes`)
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch (error) {
    return bad('not_utf8', 'is not UTF-8', error)
  }
  if (text.trim() === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return bad('malformed_json', `is not JSON: ${messageOf(error)}`, error)
  }
  const isRow = typeof value === 'object' && value !== null && !Array.isArray(value)
  const repeated = isRow ? repeatedKey(text, value as object) : undefined
  if (repeated === undefined) return { line, ok: true, value }
  return bad('duplicate_column', `${JSON.stringify(repeated)} occurs twice; keep one`)
}

function toValues(value: unknown, line: number, path: string | undefined): RowValues {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DatasetError('not_an_object', 'a row must be a JSON object: {"column": value, …}', {
      path,
      line,
    })
  }
  const values: RowValues = Object.create(null)
  for (const [column, cell] of Object.entries(value)) {
    if (!isCell(cell)) {
      const hint = `${JSON.stringify(column)} must be a string, number, boolean or null`
      throw new DatasetError('nested_value', hint, { path, line })
    }
    values[column] = cell
  }
  return values
}

function isCell(value: unknown): value is CellValue {
  return value === null || typeof value !== 'object'
}
