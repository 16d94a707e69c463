import { resolve } from 'node:path'
import { type Row, readRowBatches } from '@taskclf/dataset'
import type { ModelSelfTest } from '@taskclf/documents'
import {
  atLine,
  loadPredictor,
  type MadeSelfTest,
  makeSelfTest,
  type Predictor,
  runSelfTest,
} from '@taskclf/predictor'
import { addSelfTest } from '@taskclf/registry'
import { BUNDLE_FILES, type SelfTest } from '@taskclf/registry-core'
import { renderFields } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { loadersOf } from '../../shared/checks.js'
import { predictorNotes, warningNotes } from '../../shared/notes.js'
import { type Place, placeOf } from '../../shared/place.js'
import { descriptorOf, refuseSameFile } from '../../shared/refuse-same-file.js'
import type { modelSelfTest } from './command.js'
import { toleranceOf } from './tolerance.js'

/** Has the candidate's model answer rows, proves that it repeats them when loaded again, and writes them down. */
export async function run(
  options: OptionsFor<typeof modelSelfTest>,
  context: Context,
): Promise<Outcome<ModelSelfTest>> {
  const { settings, cwd, pipes, progress } = context
  const { pythonInterop, modelsDir } = settings
  const { rows, tolerance } = options
  const limits = { ...(rows !== undefined && { rows }), ...toleranceOf(tolerance) }
  const loaders = await loadersOf(settings)
  const input = placeOf(options.input, options.format, cwd)
  const dir = resolve(cwd, options.words[0] ?? '')
  const { file, made } = await addSelfTest(dir, {
    modelsDir,
    force: options.force,
    make: async (bundle, { bytes }, file) => {
      refuseSameFile(file, [input.path ?? descriptorOf(pipes.stdin()) ?? ''], BUNDLE_FILES.selfTest)
      await using predictor = await loadPredictor(bundle, { pythonInterop, bytes, loaders })
      const found = await chooseRows(predictor, input, limits, context)
      const text = `${JSON.stringify(found.selfTest, null, 1)}\n`
      progress.update('loading the model again')
      await using again = await loadPredictor(bundle, { pythonInterop, bytes, loaders })
      await runSelfTest(again, { selfTest: JSON.parse(text) as SelfTest })
      return { text, made: { ...found, predictor } }
    },
  })
  const data = dataOf(made, { file, input: input.name })
  return { data, exitCode: EXIT.done, notes: [...predictorNotes(made.predictor), ...notesOf(data)] }
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

function dataOf(
  { predictor: { modelId, artifact, labels }, ...made }: MadeSelfTest & { predictor: Predictor },
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

/** Where it was written, and what its rows show. */
export function text(data: ModelSelfTest): string {
  const { file, model_id, artifact, rows, rows_read, labels, labels_absent } = data
  const all = labels.length + labels_absent.length
  return renderFields([
    ['written', file],
    ['model', `${model_id}, ${artifact}`],
    ['rows', `${rows} of ${rows_read}`],
    ['labels', `${labels.length} of ${all}: ${labels.join(', ')}`],
    ['rejected', data.rejected],
    ['unknown', data.unknown_categories.length === 0 ? 'no column' : data.unknown_categories.join(', ')],
    ['missing', `${data.missing_patterns} patterns`],
    ['tolerance', data.tolerance],
  ])
}
