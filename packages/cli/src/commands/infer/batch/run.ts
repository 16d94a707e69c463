import { resolve } from 'node:path'
import { type InferBatch, toAccuracyJson, toDegradedJson, toRegressionJson } from '@taskclf/documents'
import { ReloadError, startModel } from '@taskclf/infer-resolver'
import { type Predictor, PredictorError, type TablePredictions } from '@taskclf/predictor'
import { RegistryError } from '@taskclf/registry-core'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { predictorNotes, restrictionNotes, warningNotes } from '../../shared/notes.js'
import { placeOf } from '../../shared/place.js'
import { descriptorOf, filesIn, refuseSameFile } from '../../shared/refuse-same-file.js'
import { servingOptions } from '../shared/serving.js'
import type { inferBatch } from './command.js'
import { predictRows } from './predict-rows.js'

export { summary } from './summary.js'

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
    { input, output, labelColumn, keep, spreadsheetSafe: options['csv-safe'], explain: options.explain },
    context,
  )
  const seconds = (now().getTime() - start) / 1000
  const data: InferBatch = {
    model_id: modelId,
    revision: revision ?? null,
    source,
    degraded: toDegradedJson(degraded),
    model_path: path,
    input: input.name,
    output: output.name,
    ...countsOf(predictor, predictions, labelColumn, seconds),
  }
  const notes = [
    ...restrictionNotes(await settings.requirement()),
    ...warningNotes(warnings),
    ...predictorNotes(predictor),
    ...warningNotes(predictions.warnings),
  ]
  return { data, exitCode: EXIT.done, notes }
}

/** How many rows, of what, and how right. */
function countsOf(
  predictor: Predictor,
  predictions: TablePredictions,
  labelColumn: string | undefined,
  seconds: number,
) {
  const { task, rejectThreshold, rejectLabel, artifact } = predictor
  const { rows, tally, regression } = predictions
  const [isClass, isValue] = [task === 'classification', task === 'regression']
  return {
    rows,
    seconds,
    rows_per_second: seconds === 0 ? 0 : Math.round(rows / seconds),
    task,
    reject_threshold: rejectThreshold,
    reject_label: rejectLabel,
    rejected: tally.rejected,
    reject_rate: rows === 0 ? 0 : tally.rejected / rows,
    unknown_categories: predictions.unknownCategories.map(({ examples, ...each }) => ({
      ...each,
      examples: [...examples],
    })),
    artifact,
    labels: isClass ? tally.labels : [],
    values: regression.values ?? null,
    regression:
      isValue && labelColumn !== undefined ? toRegressionJson(labelColumn, regression.figures()) : null,
    accuracy: isClass && labelColumn !== undefined ? toAccuracyJson(labelColumn, tally.accuracy()) : null,
  }
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
