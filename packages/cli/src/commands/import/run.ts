import { resolve } from 'node:path'
import { type ModelImport, toImportJson } from '@taskclf/documents'
import { checkBundle, modelReader } from '@taskclf/predictor'
import { importModel, readLabelsGiven, readMetricsGiven } from '@taskclf/registry'
import { readSchemaFile } from '@taskclf/settings'
import { renderFields } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../command.js'
import { EXIT } from '../../exit-codes.js'
import { loadersOf } from '../shared/checks.js'
import { warningNotes } from '../shared/notes.js'
import type { importCommand } from './command.js'

/** Gathers what is given; the rest is asked of the model file. */
export async function run(
  options: OptionsFor<typeof importCommand>,
  { cwd, now, settings, progress }: Context,
): Promise<Outcome<ModelImport>> {
  const { words, metrics, 'created-at': createdAt, 'label-set': labels, schema, task, id, out } = options
  const [from = '', ...figures] = words
  const loaders = await loadersOf(settings)
  const { pythonInterop, modelsDir } = settings
  progress.step(`importing ${from}`)
  const imported = await importModel(resolve(cwd, from), {
    out: resolve(cwd, out),
    modelsDir,
    reader: modelReader(loaders),
    checks: { check: (bundle, context) => checkBundle(bundle, { ...context, pythonInterop, loaders }) },
    now,
    metrics: readMetricsGiven([...metrics, ...figures], cwd),
    ...(createdAt !== undefined && { createdAt }),
    ...(labels !== undefined && { labels: readLabelsGiven(labels, cwd) }),
    ...(schema !== undefined && { schema: await readSchemaFile(resolve(cwd, schema)) }),
    ...(task !== undefined && { task }),
    ...(id !== undefined && { id }),
  })
  return { data: toImportJson(imported), exitCode: EXIT.done, notes: warningNotes(imported.notes) }
}

/** What was made, and what the model file said. */
export function text(data: ModelImport): string {
  const { features, left_out: leftOut } = data
  return renderFields([
    ['candidate', data.candidate],
    ['from', data.from],
    ['model', data.artifact],
    ['task', data.task ?? 'not stated'],
    ['features', `${features.length}: ${features.slice(0, 8).join(', ')}${features.length > 8 ? ', …' : ''}`],
    ['outputs', data.outputs],
    ['created_at', data.created_at],
    ...(leftOut.length === 0 ? [] : ([['left out', leftOut.join(', ')]] as [string, string][])),
    ['next', `taskclf train promote ${data.candidate}`],
  ])
}
