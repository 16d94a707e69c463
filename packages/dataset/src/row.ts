/** One cell: CSV gives strings, JSON lines give what JSON has. null = missing (an empty CSV cell). */
export type CellValue = string | number | boolean | null

/** The cells of a row by column name, on an object without a prototype. */
export type RowValues = Record<string, CellValue>

/** One row, and the line it starts on, counted from 1 (the CSV header is line 1). */
export interface Row {
  line: number
  values: RowValues
}

/** A path, or bytes as they come (`process.stdin`, a file stream, an array in an async generator). */
export type RowSource = string | AsyncIterable<Uint8Array>

/** The two formats: comma-separated values with a header row, or one JSON object a line. */
export type RowFormat = 'csv' | 'jsonl'
