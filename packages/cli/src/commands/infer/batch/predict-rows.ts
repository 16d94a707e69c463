import { createRowWriter, type Row, readRowBatches, type WritableRow } from '@taskclf/dataset'
import {
  type PredictionBatch,
  type PredictionWarning,
  PredictionWatch,
  type Predictor,
  PredictorError,
  type UnknownCategories,
} from '@taskclf/predictor'
import type { Context } from '../../../context.js'
import { CliError } from '../../../errors.js'
import { requestOf } from '../../../interrupts.js'
import { atLine } from '../../shared/at-line.js'
import type { Place } from '../../shared/place.js'
import { readerGrace } from '../shared/reader-grace.js'
import { untilAborted } from '../shared/until-aborted.js'
import { Tally } from './tally.js'

/** What to predict, and what to write beside the predictions. */
export interface Job {
  input: Place
  output: Place
  labelColumn: string | undefined
  keep: readonly string[]
  spreadsheetSafe: boolean
}

/** What was predicted, and what stood out. */
export interface Predicted {
  tally: Tally
  warnings: PredictionWarning[]
  unknown: UnknownCategories[]
}

/** Input → predictions → output, a batch at a time; nothing is under the output's name before all of it is. */
export async function predictRows(predictor: Predictor, job: Job, context: Context): Promise<Predicted> {
  const columns = outputColumns(predictor, job)
  const { pipes, interrupts } = context
  const { signal, release } = interrupts.take(readerGrace(context))
  const wanted = [...job.keep, ...(job.labelColumn === undefined ? [] : [job.labelColumn])]
  let header: readonly string[] | undefined
  const batches = readRowBatches(job.input.path ?? pipes.stdin(), {
    ...job.input.format,
    onColumns: (names) => {
      header = names
    },
  })
  const writer = createRowWriter(job.output.path ?? pipes.stdout, {
    columns,
    spreadsheetSafe: job.spreadsheetSafe,
    ...job.output.format,
  })
  const tally = new Tally(predictor.labels, predictor.rejectLabel)
  const watch = new PredictionWatch()
  const tell = teller(context)
  try {
    let batch: PredictionBatch | undefined
    for await (const rows of untilAborted(batches, signal)) {
      if (tally.rows === 0) checkColumns(header ?? wanted, wanted, job.input.name)
      batch = await predict(predictor, rows, job.input.name, batch, watch)
      await writer.write(outputRows(predictor, rows, batch, job, tally))
      tell(tally.rows)
    }
    if (signal.aborted) throw interrupted(signal, tally, job)
    // A file of no rows has a header too: a row of it without a value asks for the model's columns, whatever they are called.
    if (tally.rows === 0 && header !== undefined) {
      checkColumns(header, wanted, job.input.name)
      predictor.encode([Object.fromEntries(header.map((name) => [name, null]))])
    }
    await writer.finish()
    return { tally, warnings: watch.warnings, unknown: watch.unknownCategories }
  } finally {
    // Does nothing when it is finished.
    await writer.abort()
    if (job.input.path === undefined && signal.aborted) pipes.stdin().destroy()
    release()
  }
}

function outputColumns({ labels }: Predictor, { keep, labelColumn }: Job): string[] {
  const own = ['row', 'label', 'confidence', ...(labelColumn === undefined ? [] : ['true_label'])]
  const columns = [...own, ...labels.map((label) => `prob_${label}`)]
  const taken = keep.filter((name, i) => columns.includes(name) || keep.indexOf(name) !== i)
  if (taken.length === 0) return [...own, ...keep, ...columns.slice(own.length)]
  const message = `--keep ${taken.join(', --keep ')}: the output has a column of that name already`
  throw new CliError('invalid_value', message, {
    hint: 'a true label is passed on by --label-column, as true_label',
  })
}

function checkColumns(names: readonly string[], wanted: readonly string[], input: string): void {
  const missing = wanted.filter((name) => !names.includes(name))
  if (missing.length === 0) return
  const message = `${input} has no column ${missing.join(', ')}; --keep and --label-column name columns of the input`
  throw new PredictorError('missing_columns', message, { columns: missing, details: { columns: missing } })
}

async function predict(
  predictor: Predictor,
  rows: readonly Row[],
  input: string,
  reuse: PredictionBatch | undefined,
  watch: PredictionWatch,
): Promise<PredictionBatch> {
  try {
    return await predictor.predictBatch(
      rows.map(({ values }) => values),
      reuse,
      watch,
    )
  } catch (cause) {
    throw atLine(cause, rows, input)
  }
}

function* outputRows(
  { labels, rejectLabel }: Predictor,
  rows: readonly Row[],
  { best, confidence, rejected, probabilities }: PredictionBatch,
  { keep, labelColumn }: Job,
  tally: Tally,
): Generator<WritableRow> {
  const names = labels.map((label) => `prob_${label}`)
  for (const [r, { values }] of rows.entries()) {
    const isRejected = rejected[r] === 1
    const label = isRejected ? rejectLabel : (labels[best[r] as number] as string)
    const trueLabel = labelColumn === undefined ? undefined : (values[labelColumn] ?? null)
    const known = trueLabel === undefined || trueLabel === null ? trueLabel : String(trueLabel)
    tally.add(label, isRejected, known)
    const row: Record<string, WritableRow[string]> = Object.create(null)
    row.row = tally.rows
    row.label = label
    row.confidence = confidence[r]
    row.true_label = trueLabel
    for (const name of keep) row[name] = values[name]
    for (const [i, name] of names.entries()) row[name] = probabilities[r * names.length + i]
    yield row
  }
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

function interrupted(signal: AbortSignal, { rows }: Tally, { output }: Job): CliError {
  const left = output.path === undefined ? 'the output is cut off' : `${output.name} was not written`
  return new CliError(requestOf(signal), `ended when asked to, after ${rows} rows; ${left}`)
}
