import { resolve } from 'node:path'
import { ReloadError, startModel } from '@taskclf/infer-resolver'
import { type Predictor, PredictorError, type TallyAccuracy } from '@taskclf/predictor'
import { RegistryError } from '@taskclf/registry-core'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { InferBatch } from '../../../documents/infer-batch.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { predictorNotes, restrictionNotes, warningNotes } from '../../shared/notes.js'
import { placeOf } from '../../shared/place.js'
import { descriptorOf, filesIn, refuseSameFile } from '../../shared/refuse-same-file.js'
import { degradedJson } from '../shared/degraded.js'
import { servingOptions } from '../shared/serving.js'
import type { INFER_BATCH_FLAGS } from './flags.js'
import { predictRows } from './predict-rows.js'

export { summary, text } from './text.js'

/** Finds the model, proves it by its self-test, and predicts the input. */
export async function run(
  options: OptionsOf<typeof INFER_BATCH_FLAGS> & GlobalOptions,
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
    degraded: degradedJson(degraded),
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
    accuracy: labelColumn === undefined ? null : accuracyJson(labelColumn, predictions.tally.accuracy()),
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

function accuracyJson(label_column: string, found: TallyAccuracy): InferBatch['accuracy'] {
  const { rows, correct, confusion } = found
  const { trueLabels, predictedLabels, matrix } = confusion
  return {
    label_column,
    rows,
    correct,
    accuracy: found.accuracy ?? null,
    accepted_rows: found.acceptedRows,
    accepted_accuracy: found.acceptedAccuracy ?? null,
    confusion: { true_labels: trueLabels, predicted_labels: predictedLabels, matrix },
  }
}
