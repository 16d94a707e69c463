import {
  createRowWriter,
  readRowBatches,
  resolveFormat,
  untilAborted,
  type WritableRow,
} from '@taskclf/dataset'
import { FlagsError } from '@taskclf/flags'
import { type Predictor, TablePredictions } from '@taskclf/predictor'
import type { Context } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { requestOf } from '../../../interrupts.js'
import type { Place } from '../../shared/place.js'
import { readerGrace } from '../shared/reader-grace.js'

/** What to predict, and what to write beside the predictions. */
export interface Job {
  input: Place
  output: Place
  labelColumn: string | undefined
  keep: readonly string[]
  spreadsheetSafe: boolean
  /** By how many columns each row is explained. */
  explain: number | undefined
}

/** Input → predictions → output, a batch at a time; nothing is under the output's name before all of it is. */
export async function predictRows(
  predictor: Predictor,
  job: Job,
  context: Context,
): Promise<TablePredictions> {
  const { input, output, labelColumn, keep, spreadsheetSafe, explain } = job
  const { pipes, interrupts } = context
  const predictions = new TablePredictions(predictor, {
    table: input.name,
    keep,
    ...(labelColumn !== undefined && { labelColumn }),
    ...(explain !== undefined && { explain: { most: explain, as: formOf(output) } }),
  })
  const { columns } = predictions
  refuseTwice(columns, keep)
  const { signal, release } = interrupts.take(readerGrace(context))
  let header: readonly string[] | undefined
  const batches = readRowBatches(input.path ?? pipes.stdin(), {
    ...input.format,
    onColumns: (names) => {
      header = names
    },
  })
  const writer = createRowWriter(output.path ?? pipes.stdout, { columns, spreadsheetSafe, ...output.format })
  const tell = teller(context)
  try {
    for await (const rows of untilAborted(batches, signal)) {
      if (predictions.rows === 0 && header !== undefined) predictions.requireColumns(header)
      // Cells of rows that were read, and numbers.
      await writer.write((await predictions.of(rows)) as Iterable<WritableRow>)
      tell(predictions.rows)
    }
    if (signal.aborted) throw interrupted(signal, predictions.rows, output)
    if (predictions.rows === 0 && header !== undefined) predictions.requireColumns(header, true)
    await writer.finish()
    return predictions
  } finally {
    // Does nothing when it is finished.
    await writer.abort()
    if (input.path === undefined && signal.aborted) pipes.stdin().destroy()
    release()
  }
}

/** JSON holds objects, a table does not. */
const formOf = ({ path, format }: Place) =>
  resolveFormat(path, format).format === 'jsonl' ? 'object' : 'columns'

function refuseTwice(columns: readonly string[], keep: readonly string[]): void {
  const taken = keep.filter((name) => columns.indexOf(name) !== columns.lastIndexOf(name))
  if (taken.length === 0) return
  const message = `--keep ${taken.join(', --keep ')}: the output has a column of that name already`
  throw new FlagsError('invalid_value', message, {
    hint: 'a true label is passed on by --label-column, as true_label',
  })
}

const TELL_EVERY_MS = 200

/** Rows and rate, not oftener than an eye follows. */
function teller({ progress, now }: Context): (rows: number) => void {
  const start = now().getTime()
  let told = start
  return (rows) => {
    const at = now().getTime()
    if (at - told < TELL_EVERY_MS) return
    told = at
    const rate = Math.round((rows * 1000) / (at - start))
    progress.update(`${rows.toLocaleString('en')} rows, ${rate.toLocaleString('en')} rows/s`)
  }
}

function interrupted(signal: AbortSignal, rows: number, output: Place): CliError {
  const left = output.path === undefined ? 'the output is cut off' : `${output.name} was not written`
  return new CliError(requestOf(signal), `ended when asked to, after ${rows} rows; ${left}`)
}
