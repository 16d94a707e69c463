import { messageOf } from '@taskclf/errors'
import { type CsvError, Parser } from 'csv-parse'
import { TextCheck } from './check-text.js'
import { DatasetError, type DatasetErrorCode } from './errors.js'
import { openSource, pathOf } from './open-source.js'
import type { Row, RowSource, RowValues } from './row.js'

interface CsvOptions {
  delimiter: string
  maxRowBytes: number
  onColumns: ((columns: readonly string[]) => void) | undefined
}

/** Rows of a CSV source, as many at a time as a chunk of bytes completes. */
export async function* readCsv(
  source: RowSource,
  options: CsvOptions,
): AsyncGenerator<Row[], void, undefined> {
  const path = pathOf(source)
  const text = new TextCheck(path)
  const csv = new CsvRows(path, options)
  for await (const chunk of openSource(source)) {
    text.chunk(chunk)
    yield await csv.take(chunk)
  }
  text.end()
  yield await csv.end()
}

/** csv-parse, driven chunk by chunk: its records become rows on the way, none is queued in an object stream. */
class CsvRows {
  readonly #path: string | undefined
  readonly #options: CsvOptions
  readonly #parser: Parser
  #columns: readonly string[] | undefined
  #rows: Row[] = []
  #line = 1
  #parsedLines = 0
  #emptyLines = 0

  constructor(path: string | undefined, options: CsvOptions) {
    this.#path = path
    this.#options = options
    this.#parser = new Parser({
      bom: true,
      columns: false,
      delimiter: options.delimiter,
      record_delimiter: ['\r\n', '\n'],
      skip_empty_lines: true,
      max_record_size: options.maxRowBytes,
      on_record: (record: string[]) => this.#record(record),
    })
    // Failures arrive through the callbacks below; without a listener they would also be thrown.
    this.#parser.on('error', () => {})
  }

  async take(chunk: Buffer): Promise<Row[]> {
    await this.#drive((done) => this.#parser.write(chunk, done))
    return this.#taken()
  }

  async end(): Promise<Row[]> {
    this.#parser.resume()
    await this.#drive((done) => this.#parser.end(done))
    if (this.#columns === undefined) {
      throw new DatasetError('missing_header', 'is empty; the first row must name the columns', {
        path: this.#path,
      })
    }
    return this.#taken()
  }

  #taken(): Row[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #drive(step: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      step((error) => (error ? reject(this.#errorOf(error)) : resolve()))
    })
  }

  #record(record: string[]): null {
    const line = this.#startOf(record)
    if (this.#columns === undefined) {
      this.#columns = checkColumns(record, this.#path, line)
      this.#options.onColumns?.(this.#columns)
      return null
    }
    const values: RowValues = Object.create(null)
    for (const [i, column] of this.#columns.entries()) {
      const cell = record[i]
      values[column] = cell === '' || cell === undefined ? null : cell
    }
    this.#rows.push({ line, values })
    return null
  }

  /** The line a record starts on. csv-parse counts a quoted CRLF twice, so rows of several lines are counted here. */
  #startOf(record: readonly string[]): number {
    const { lines, empty_lines: emptyLines } = this.#parser.info
    const line = this.#line + emptyLines - this.#emptyLines
    const several = lines - this.#parsedLines > 1 + emptyLines - this.#emptyLines
    this.#line = line + 1 + (several ? record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0) : 0)
    this.#parsedLines = lines
    this.#emptyLines = emptyLines
    return line
  }

  #errorOf(error: Error): DatasetError {
    if (error instanceof DatasetError) return error
    const line = this.#line + this.#parser.info.empty_lines - this.#emptyLines
    const code = CODES[(error as CsvError).code] ?? 'ragged_row'
    return new DatasetError(code, this.#sentence(code, error), { path: this.#path, line, cause: error })
  }

  #sentence(code: DatasetErrorCode, error: Error): string {
    switch (code) {
      case 'unclosed_quote':
        return 'a quote is opened in this row and never closed'
      case 'misplaced_quote':
        return 'a quote is inside a cell; quote the whole cell and write "" for each quote in it'
      case 'row_too_long':
        return `this row is longer than ${this.#options.maxRowBytes} bytes; is a quote left open?`
      default: {
        const found =
          'record' in error && Array.isArray(error.record) ? error.record.length : messageOf(error)
        return `this row has ${found} cells, the header has ${this.#columns?.length ?? 'none'}`
      }
    }
  }
}

const CODES: Readonly<Partial<Record<string, DatasetErrorCode>>> = {
  CSV_QUOTE_NOT_CLOSED: 'unclosed_quote',
  CSV_INVALID_CLOSING_QUOTE: 'misplaced_quote',
  INVALID_OPENING_QUOTE: 'misplaced_quote',
  CSV_MAX_RECORD_SIZE: 'row_too_long',
}

/** The header's names, which must be able to name: each once, and none with a lone carriage return (a Mac OS 9 file). */
function checkColumns(names: readonly string[], path: string | undefined, line: number): readonly string[] {
  const doubled = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))]
  if (doubled.length > 0) {
    const list = doubled.map((name) => JSON.stringify(name)).join(', ')
    throw new DatasetError('duplicate_column', `columns named twice: ${list}; rename or drop them`, {
      path,
      line,
    })
  }
  const odd = names.find((name) => /\r(?!\n)/.test(name))
  if (odd !== undefined) {
    const hint = 'the header holds a carriage return; end lines with \\n or \\r\\n'
    throw new DatasetError('invalid_column_name', hint, { path, line })
  }
  return names
}
