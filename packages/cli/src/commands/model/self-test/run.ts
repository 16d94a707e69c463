import { join, resolve } from 'node:path'
import { type Row, readRowBatches } from '@taskclf/dataset'
import { writeFileAtomic } from '@taskclf/durable-fs'
import {
  loadPredictor,
  type MadeSelfTest,
  makeSelfTest,
  type Predictor,
  runSelfTest,
} from '@taskclf/predictor'
import { BUNDLE_FILES, type LocalValidBundle, readBundleContent } from '@taskclf/registry-core'
import type { GlobalOptions, Note, OptionsOf, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { ModelSelfTest } from '../../../documents/model-self-test.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { atLine } from '../../shared/at-line.js'
import { predictorNotes, warningNotes } from '../../shared/notes.js'
import { type Place, placeOf } from '../../shared/place.js'
import { descriptorOf, refuseSameFile } from '../../shared/refuse-same-file.js'
import { isThere, readCandidate, requireUnpublished } from './candidate-to-test.js'
import type { MODEL_SELF_TEST_FLAGS } from './flags.js'
import { rowCount, toleranceOf } from './limits.js'

export { text } from './text.js'

/** Has the candidate's model answer rows, proves that it answers them again when loaded anew, and writes them down. */
export async function run(
  options: OptionsOf<typeof MODEL_SELF_TEST_FLAGS> & GlobalOptions,
  context: Context,
): Promise<Outcome<ModelSelfTest>> {
  const { settings, cwd, pipes, progress } = context
  const limits = { ...rowCount(options.rows), ...toleranceOf(options.tolerance) }
  const dir = resolve(cwd, options.words[0] ?? '')
  requireUnpublished(dir, settings.modelsDir)
  if (!options.force) refuseToReplace(join(dir, BUNDLE_FILES.selfTest))
  const bundle = await readCandidate(dir)
  const file = join(bundle.path, BUNDLE_FILES.selfTest)
  const input = placeOf(options.input, options.format, cwd)
  refuseSameFile(file, [input.path ?? descriptorOf(pipes.stdin()) ?? ''], BUNDLE_FILES.selfTest)
  const { bytes } = await readBundleContent(bundle)
  const how = { pythonInterop: settings.pythonInterop, bytes }
  await using predictor = await loadPredictor(bundle, how)
  const made = await chooseRows(predictor, input, limits, context)
  const text = Buffer.from(`${JSON.stringify(made.selfTest, null, 1)}\n`)
  progress.update('loading the model anew')
  await proveAnew(bundle, { ...how, bytes: new Map(bytes).set(BUNDLE_FILES.selfTest, text) })
  // Somebody may have written one meanwhile.
  if (!options.force) refuseToReplace(file)
  await writeFileAtomic(file, text)
  const data = dataOf(predictor, made, { file, input: input.name })
  return { data, exitCode: EXIT.done, notes: [...predictorNotes(predictor), ...notesOf(data)] }
}

function refuseToReplace(file: string): void {
  if (!isThere(file)) return
  throw new CliError('file_exists', `${file} is there already`, { hint: '--force replaces it' })
}

async function chooseRows(
  predictor: Predictor,
  input: Place,
  limits: { rows?: number; tolerance?: number },
  { pipes, progress }: Context,
): Promise<MadeSelfTest> {
  let current: Row[] = []
  let read = 0
  const batches = async function* () {
    for await (current of readRowBatches(input.path ?? pipes.stdin(), input.format)) {
      yield current.map(({ values }) => values)
      read += current.length
      progress.update(`${read.toLocaleString('en')} rows`)
    }
  }
  try {
    return await makeSelfTest(predictor, batches(), limits)
  } catch (cause) {
    throw atLine(cause, current, input.name)
  }
}

/** A service loads it from its bytes, and so does this. */
async function proveAnew(
  bundle: LocalValidBundle,
  how: { pythonInterop: boolean; bytes: ReadonlyMap<string, Uint8Array> },
): Promise<void> {
  await using predictor = await loadPredictor(bundle, how)
  await runSelfTest(predictor, bundle, { bytes: how.bytes })
}

function dataOf(
  { modelId, artifact, labels }: Predictor,
  made: MadeSelfTest,
  place: { file: string; input: string },
): ModelSelfTest {
  return {
    ...place,
    model_id: modelId,
    artifact,
    rows_read: made.seen,
    rows: made.selfTest.rows.length,
    tolerance: made.selfTest.tolerance,
    labels: [...made.labels],
    labels_absent: labels.filter((label) => !made.labels.includes(label)),
    rejected: made.rejected,
    unknown_categories: [...made.unknownCategories],
    missing_patterns: made.missingPatterns,
    left_out: [...made.leftOut],
  }
}

function notesOf({ labels_absent, left_out, input }: ModelSelfTest): Note[] {
  const absent = `no row of the self-test is answered with ${labels_absent.join(', ')}; an input that has such rows tests more`
  const more = `${input} shows more than there was room for (${left_out.join(', ')}); --rows takes more of it`
  return warningNotes([
    ...(labels_absent.length > 0 ? [{ code: 'labels_untested', message: absent }] : []),
    ...(left_out.length > 0 ? [{ code: 'rows_left_out', message: more }] : []),
  ])
}
