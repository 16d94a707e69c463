import { resolve } from 'node:path'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { InferBatch } from '../../../documents/infer-batch.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { predictorNotes, restrictionNotes, warningNotes } from '../../shared/notes.js'
import { placeOf } from '../../shared/place.js'
import { descriptorOf, filesIn, refuseSameFile } from '../../shared/refuse-same-file.js'
import { degradedJson } from '../shared/on-broken.js'
import type { INFER_BATCH_FLAGS } from './flags.js'
import { predictRows } from './predict-rows.js'
import { startPredictor } from './start-predictor.js'

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
  const started = await startPredictor(options, context)
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
  const {
    tally,
    warnings: seen,
    unknown,
  } = await predictRows(
    predictor,
    { input, output, labelColumn, keep, spreadsheetSafe: options['csv-safe'] },
    context,
  )
  const seconds = (now().getTime() - start) / 1000
  const { rows, rejected, labels } = tally
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
    unknown_categories: unknown.map(({ examples, ...each }) => ({ ...each, examples: [...examples] })),
    artifact: predictor.artifact,
    labels,
    accuracy: labelColumn === undefined ? null : tally.accuracy(labelColumn),
  }
  const notes = [
    ...restrictionNotes(await settings.requirement()),
    ...warningNotes(warnings),
    ...predictorNotes(predictor),
    ...warningNotes(seen),
  ]
  return { data, exitCode: EXIT.done, notes }
}
