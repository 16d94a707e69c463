import type { CellValue, RowFormat } from './row.js'

/** What a row to be written looks like: cells by column name; absent or undefined = missing. */
export type WritableRow = Readonly<Record<string, CellValue | undefined>>

/** Turns rows into text of one format: what comes first in the file, and each row with its line end. */
export interface RowEncoder {
  header: string
  row(values: WritableRow): string
}

/** The encoder of a format. CSV by RFC 4180, but with \n; numbers in both as JavaScript writes them, to the last digit. */
export function createEncoder(
  format: RowFormat,
  columns: readonly string[],
  delimiter: string,
  spreadsheetSafe = false,
): RowEncoder {
  if (format === 'jsonl') {
    const keys = columns.map((column) => JSON.stringify(column))
    const row = (values: WritableRow) =>
      `{${keys.map((key, i) => `${key}:${JSON.stringify(cellOf(values, columns[i]))}`).join(',')}}\n`
    return { header: '', row }
  }
  const special = new RegExp(`["\\r\\n\\ufeff${delimiter.replace(/[\\\]^-]/g, '\\$&')}]`)
  const line = (cells: readonly CellValue[]) => {
    const text = cells
      .map((cell) => encodeCell(spreadsheetSafe ? harmless(cell) : cell, special))
      .join(delimiter)
    // A blank line would be read as no row at all.
    return text === '' ? '""\n' : `${text}\n`
  }
  return { header: line(columns), row: (values) => line(columns.map((column) => cellOf(values, column))) }
}

function cellOf(values: WritableRow, column: string | undefined): CellValue {
  return column !== undefined && Object.hasOwn(values, column) ? (values[column] ?? null) : null
}

/** What begins a formula; a number may begin so, too. */
const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** A text that a spreadsheet would run gets the apostrophe that makes it a text there. */
function harmless(cell: CellValue): CellValue {
  return typeof cell === 'string' && FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell
}

function encodeCell(cell: CellValue, special: RegExp): string {
  if (cell === null) return ''
  // A number too may hold the delimiter, when that is a minus or a point.
  const text = String(cell)
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
