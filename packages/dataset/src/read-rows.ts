import { readCsv } from './csv.js'
import { resolveFormat } from './format.js'
import { DEFAULT_MAX_ROW_BYTES, readJsonRows } from './json-lines.js'
import { pathOf } from './open-source.js'
import type { Row, RowFormat, RowSource } from './row.js'

/** How rows are read. */
export interface ReadRowsOptions {
  /** Default: by the path's extension (.csv, .tsv, .jsonl, .ndjson). Needed when the source is a stream. */
  format?: RowFormat
  /** What separates CSV cells. Default: a comma, or a tab for .tsv. */
  delimiter?: string
  /** A longer row is an error, so that one unclosed quote cannot fill the memory. Default: 1 MiB. */
  maxRowBytes?: number
  /** Told the CSV header's names, once, before the first row; also when no row follows. */
  onColumns?: (columns: readonly string[]) => void
}

/** How {@link readRowBatches} reads. */
export interface ReadRowBatchesOptions extends ReadRowsOptions {
  /** Rows to a batch; the last may be shorter. Default: 1000. */
  batchSize?: number
}

/**
 * Rows of a CSV or JSON lines source, one by one, in constant memory. CSV cells are strings, empty ones null; the
 * header row is required. A BOM, CRLF and blank lines are taken as they come.
 *
 * @throws DatasetError with the line: `duplicate_column`, `ragged_row`, `unclosed_quote`, `not_utf8`, … A bad row
 * ends the reading; {@link readJsonLines} goes on.
 * @example
 * ```ts
 * for await (const { line, values } of readRows('windows.csv')) console.log(line, values.app_id)
 * ```
 */
export async function* readRows(
  source: RowSource,
  options: ReadRowsOptions = {},
): AsyncGenerator<Row, void, undefined> {
  for await (const batch of readRowBatches(source, options)) yield* batch
}

/**
 * As {@link readRows}, many rows at a time: the fast way, for work that is done in batches.
 *
 * @throws DatasetError as {@link readRows} does.
 * @example
 * ```ts
 * for await (const rows of readRowBatches('windows.csv', { batchSize: 1000 })) predict(rows)
 * ```
 */
export async function* readRowBatches(
  source: RowSource,
  options: ReadRowBatchesOptions = {},
): AsyncGenerator<Row[], void, undefined> {
  const batchSize = options.batchSize ?? 1000
  let pending: Row[] = []
  for await (const rows of open(source, options)) {
    pending = pending.length === 0 ? rows : pending.concat(rows)
    while (pending.length >= batchSize) yield pending.splice(0, batchSize)
  }
  if (pending.length > 0) yield pending
}

function open(source: RowSource, options: ReadRowsOptions): AsyncIterable<Row[]> {
  const { format, delimiter } = resolveFormat(pathOf(source), options)
  const maxRowBytes = options.maxRowBytes ?? DEFAULT_MAX_ROW_BYTES
  if (format === 'jsonl') return readJsonRows(source, { maxRowBytes })
  return readCsv(source, { delimiter, maxRowBytes, onColumns: options.onColumns })
}
