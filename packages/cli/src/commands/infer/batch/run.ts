import { resolve } from 'node:path'
import { type InferBatch, toAccuracyJson, toDegradedJson } from '@taskclf/documents'
import { ReloadError, startModel } from '@taskclf/infer-resolver'
import { type Predictor, PredictorError } from '@taskclf/predictor'
import { RegistryError } from '@taskclf/registry-core'
import { renderFields, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { predictorNotes, restrictionNotes, warningNotes } from '../../shared/notes.js'
import { placeOf } from '../../shared/place.js'
import { descriptorOf, filesIn, refuseSameFile } from '../../shared/refuse-same-file.js'
import { servingOptions } from '../shared/serving.js'
import { standsInText } from '../shared/stands-in.js'
import type { inferBatch } from './command.js'
import { predictRows } from './predict-rows.js'

/** Finds the model, proves it by its self-test, and predicts the input. */
export async function run(
  options: OptionsFor<typeof inferBatch>,
  context: Context,
): Promise<Outcome<InferBatch>> {
  const { settings, cwd, now } = context
  const { 'label-column': labelColumn, keep, format, json } = options
  if (options.output === '-' && json) {
    throw new CliError('usage', '--output - and --json both need standard output; write the rows to a file')
  }
  const started = await startModel<Predictor>({
    ...(await servingOptions(options, context)),
    // Nobody is kept waiting: a large model may take its time.
    loadTimeoutMs: Number.POSITIVE_INFINITY,
  }).catch(nearestCause)
  await using predictor = started.loaded.model
  const { modelId, revision, source, degraded, path, warnings } = started.resolution
  const input = placeOf(options.input, format, cwd)
  const output = placeOf(options.output, format, cwd)
  refuseSameFile(
    output.path ?? descriptorOf(context.pipes.stdout) ?? '',
    [
      input.path ?? descriptorOf(context.pipes.stdin()) ?? '',
      ...filesIn(path),
      ...filesIn(settings.modelsDir),
      resolve(cwd, (await settings.policy()).source),
      ...(settings.configFile === undefined ? [] : [settings.configFile]),
    ],
    output.path === undefined ? 'standard output' : output.name,
  )
  const start = now().getTime()
  const predictions = await predictRows(
    predictor,
    { input, output, labelColumn, keep, spreadsheetSafe: options['csv-safe'] },
    context,
  )
  const seconds = (now().getTime() - start) / 1000
  const { rows, rejected, labels } = predictions.tally
  const data: InferBatch = {
    model_id: modelId,
    revision: revision ?? null,
    source,
    degraded: toDegradedJson(degraded),
    model_path: path,
    input: input.name,
    output: output.name,
    rows,
    seconds,
    rows_per_second: seconds === 0 ? 0 : Math.round(rows / seconds),
    reject_threshold: predictor.rejectThreshold,
    reject_label: predictor.rejectLabel,
    rejected,
    reject_rate: rows === 0 ? 0 : rejected / rows,
    unknown_categories: predictions.unknownCategories.map(({ examples, ...each }) => ({
      ...each,
      examples: [...examples],
    })),
    artifact: predictor.artifact,
    labels,
    accuracy: labelColumn === undefined ? null : toAccuracyJson(labelColumn, predictions.tally.accuracy()),
  }
  const notes = [
    ...restrictionNotes(await settings.requirement()),
    ...warningNotes(warnings),
    ...predictorNotes(predictor),
    ...warningNotes(predictions.warnings),
  ]
  return { data, exitCode: EXIT.done, notes }
}

/** What reading or loading said is nearer to the mend than that the model did not start. */
function nearestCause(error: unknown): never {
  const cause = error instanceof ReloadError ? error.cause : undefined
  throw cause instanceof PredictorError || cause instanceof RegistryError ? cause : error
}

/** Standard output is for rows alone. */
export function text(): string {
  return ''
}

/** Which model, how many of each label, how right. */
export function summary(data: InferBatch, terminal: Terminal): string {
  const { model_id: model, revision, source, degraded, rows, labels, rejected, accuracy } = data
  const threshold = data.reject_threshold === null ? 'no threshold' : `below ${data.reject_threshold}`
  const fields = renderFields([
    ['model', model],
    ['source', revision === null ? source : `${source}, revision ${revision}`],
    ...(degraded === null ? [] : [['serves', standsInText(degraded)] as [string, string]]),
    ['output', data.output],
    ['rows', `${rows.toLocaleString('en')}, ${data.rows_per_second.toLocaleString('en')} rows/s`],
    ['rejected', `${rejected} (${percent(data.reject_rate)}, ${threshold})`],
    ...data.unknown_categories.map(({ column, rows: count }): [string, string] => [
      'unknown',
      `${count} rows in ${column}`,
    ]),
    ...accuracyFields(accuracy),
  ])
  const counts = renderTable(
    labels,
    [
      { name: 'label', cell: ({ label }) => label, cut: { min: 8, where: 'middle' } },
      { name: 'rows', cell: (each) => each.rows, align: 'right' },
      { name: 'share', cell: (each) => percent(rows === 0 ? 0 : each.rows / rows), align: 'right' },
    ],
    terminal,
  )
  return `${fields}\n${counts}${accuracy === null ? '' : `\n${confusionText(accuracy.confusion, terminal)}`}`
}

type Accuracy = NonNullable<InferBatch['accuracy']>

function accuracyFields(accuracy: Accuracy | null): [string, string][] {
  if (accuracy === null) return []
  const { correct, rows, accepted_accuracy: accepted, accepted_rows: acceptedRows } = accuracy
  return [
    ['accuracy', `${ratio(accuracy.accuracy)} (${correct} of ${rows} by ${accuracy.label_column})`],
    ['accepted', `${ratio(accepted)} of the ${acceptedRows} that were not rejected`],
  ]
}

function confusionText(
  { true_labels: names, predicted_labels, matrix }: Accuracy['confusion'],
  terminal: Terminal,
) {
  const rows = names.map((name, i) => ({ name, counts: matrix[i] as number[] }))
  const columns = predicted_labels.map((name, i) => ({
    name,
    cell: (row: (typeof rows)[number]) => row.counts[i],
    align: 'right' as const,
  }))
  return renderTable(rows, [{ name: 'true \\ predicted', cell: (row) => row.name }, ...columns], terminal)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function ratio(share: number | null): string {
  return share === null ? '-' : share.toFixed(4)
}
