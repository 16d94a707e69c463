import type { Writable } from 'node:stream'
import { createEncoder, type WritableRow } from './encode-rows.js'
import { DatasetError } from './errors.js'
import { resolveFormat } from './format.js'
import type { RowFormat } from './row.js'
import { openFileSink, openStreamSink, type Sink } from './sink.js'

/** How {@link createRowWriter} writes. */
export interface RowWriterOptions {
  /** The columns, in their order. A row's other keys are not written; those it lacks are missing cells. */
  columns: readonly string[]
  /** Default: by the path's extension. Needed when the target is a stream. */
  format?: RowFormat
  /** What separates CSV cells. Default: a comma, or a tab for .tsv. */
  delimiter?: string
  /** Texts in CSV that begin with `=`, `+`, `-` or `@` get an apostrophe before them, unless they are numbers. Default false. */
  spreadsheetSafe?: boolean
}

/** Takes rows; the file appears under its name, whole, when it is finished. */
export interface RowWriter {
  /** Resolves once more rows may come: await it, and memory stays constant. */
  write(rows: Iterable<WritableRow>): Promise<void>
  /** Writes the rest, syncs and renames. Nothing may be written after. A second call answers as the first. */
  finish(): Promise<void>
  /** Leaves nothing behind. Does nothing when the writer is finished. */
  abort(): Promise<void>
}

const FLUSH_CHARS = 1 << 16

/**
 * Writes rows as CSV or JSON lines. A path is written under a temporary name beside it and renamed by `finish`, so
 * that a killed program leaves no half file under the final name; the hidden `.name.….tmp` that it leaves is removed by the next
 * writer to that path. A stream is
 * written as rows come, and left open.
 *
 * Cells are written as they are: one that begins with `=` or `+` is a formula to a spreadsheet, unless `spreadsheetSafe`.
 *
 * @throws DatasetError `unknown_format`, `invalid_delimiter` and `duplicate_column` at once; `not_a_file`, `write_failed`, `durability_unknown`
 * and `writer_closed` from the writer's methods. After a failed write nothing is renamed.
 * @example
 * ```ts
 * const writer = createRowWriter('out.csv', { columns: ['label', 'confidence'] })
 * await writer.write([{ label: 'Build', confidence: 0.93 }])
 * await writer.finish()
 * ```
 */
export function createRowWriter(target: string | Writable, options: RowWriterOptions): RowWriter {
  const path = typeof target === 'string' ? target : undefined
  const { format, delimiter } = resolveFormat(path, options)
  const doubled = options.columns.filter((name, i) => options.columns.indexOf(name) !== i)
  if (doubled.length > 0) {
    throw new DatasetError('duplicate_column', `columns named twice: ${doubled.join(', ')}`, { path })
  }
  const encoder = createEncoder(format, options.columns, delimiter, options.spreadsheetSafe)
  let sink: Promise<Sink> | undefined
  const open = () => {
    sink ??= typeof target === 'string' ? openFileSink(target) : Promise.resolve(openStreamSink(target))
    return sink
  }

  let text = encoder.header
  let tail: Promise<void> = Promise.resolve()
  let ended: Promise<void> | undefined
  const flush = () => {
    const part = text
    text = ''
    tail = tail.then(async () => (await open()).write(part))
    // A caller that awaits the write gets the error; a write that nobody awaits must not end the process before `finish` reports it.
    tail.catch(() => {})
    return tail
  }
  const discard = async () => {
    await tail.catch(() => {})
    await (await sink?.catch(() => undefined))?.discard()
  }
  const commit = async () => {
    try {
      await flush()
    } catch (error) {
      await discard()
      throw error
    }
    await (await open()).commit()
  }

  return {
    async write(rows) {
      if (ended)
        throw new DatasetError('writer_closed', 'the writer is finished; nothing more can be written', {
          path,
        })
      for (const row of rows) {
        text += encoder.row(row)
        if (text.length >= FLUSH_CHARS) await flush()
      }
      if (path === undefined) await flush()
    },
    finish: () => (ended ??= commit()),
    abort: () => (ended ??= discard()),
  }
}
