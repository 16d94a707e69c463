import { resolve } from 'node:path'
import { checkRecorded, resolveModelDir } from '@taskclf/infer-resolver'
import { loadPredictor, runSelfTest } from '@taskclf/predictor'
import { readBundleContent } from '@taskclf/registry-core'
import type { GlobalOptions, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { InferBatch } from '../../../documents/infer-batch.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { predictorNotes, restrictionNotes, warningNotes } from '../../shared/notes.js'
import { descriptorOf, filesIn, refuseSameFile } from '../shared/refuse-same-file.js'
import { rejectThreshold } from '../shared/reject-threshold.js'
import type { INFER_BATCH_FLAGS } from './flags.js'
import { placeOf } from './place.js'
import { predictRows } from './predict-rows.js'

/** Resolves the model, proves it by its self-test, and predicts the input. */
export async function run(
  options: OptionsOf<typeof INFER_BATCH_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<InferBatch>> {
  const { settings, cwd, now } = context
  const { 'model-dir': modelDir, 'label-column': labelColumn, keep, format, json } = options
  if (options.output === '-' && json) {
    throw new CliError('usage', '--output - and --json both need standard output; write the rows to a file')
  }
  const threshold = rejectThreshold(options['reject-threshold'])
  const { pythonInterop } = settings
  const requirement = await settings.requirement()
  const { policy, source: policySource } = await settings.policy()
  const resolution = await resolveModelDir({
    modelsDir: settings.modelsDir,
    policy,
    requirement,
    now,
    ...(modelDir !== undefined && { modelDir: resolve(cwd, modelDir) }),
  })
  const { bundle, modelId, revision, source, path, warnings } = resolution
  const input = placeOf(options.input, format, cwd)
  const output = placeOf(options.output, format, cwd)
  refuseSameFile(
    output.path ?? descriptorOf(context.pipes.stdout) ?? '',
    [
      input.path ?? descriptorOf(context.pipes.stdin()) ?? '',
      ...filesIn(path),
      ...filesIn(settings.modelsDir),
      resolve(cwd, policySource),
      ...(settings.configFile === undefined ? [] : [settings.configFile]),
    ],
    output.path === undefined ? 'standard output' : output.name,
  )
  const content = await readBundleContent(bundle)
  await checkRecorded(bundle, content, resolution)
  const { bytes } = content
  await using predictor = await loadPredictor(bundle, { ...threshold, pythonInterop, bytes })
  await runSelfTest(predictor, bundle, { bytes })
  const start = now().getTime()
  const { tally, warnings: seen } = await predictRows(
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
    labels,
    accuracy: labelColumn === undefined ? null : tally.accuracy(labelColumn),
  }
  const notes = [
    ...restrictionNotes(requirement),
    ...warningNotes(warnings),
    ...predictorNotes(predictor),
    ...warningNotes(seen),
  ]
  return { data, exitCode: EXIT.done, notes }
}
