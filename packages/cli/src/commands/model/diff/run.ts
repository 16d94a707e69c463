import { type ModelDiff, toDiffJson } from '@taskclf/documents'
import { type Column, figure, renderFields, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { findModel } from '../../shared/find-model.js'
import { registryOf } from '../../shared/open-registry.js'
import { placeOf } from '../../shared/place.js'
import type { modelDiff } from './command.js'

/** Compares the documents of two models and, with rows, their predictions. */
export async function run(
  options: OptionsFor<typeof modelDiff>,
  context: Context,
): Promise<Outcome<ModelDiff>> {
  const { policy } = await context.settings.policy()
  const registry = await registryOf(context, { readOnly: true })
  const [first = '', second = ''] = options.words
  const [one, other] = [await findModel(registry, first), await findModel(registry, second)]
  const models = [one.modelId, other.modelId] as const
  const diff = await registry.diff(...models)
  const predictions = options.input === undefined ? null : await predicted(models, options, registry, context)
  return {
    data: toDiffJson(registry.location, diff, policy, predictions),
    exitCode: EXIT.done,
    notes: [...one.notes, ...other.notes],
  }
}

async function predicted(
  models: readonly [string, string],
  { input = '-', format }: OptionsFor<typeof modelDiff>,
  registry: Awaited<ReturnType<typeof registryOf>>,
  context: Context,
): Promise<ModelDiff['predictions']> {
  // Loaded for who asks for it: the runtimes are most of this program.
  const { comparePredictions } = await import('./compare-predictions.js')
  return comparePredictions(registry, models, placeOf(input, format, context.cwd), context)
}

type Difference = ModelDiff['metrics'][number]

const shown = (value: Difference['one']) =>
  typeof value === 'number' ? figure(value) : value === null ? undefined : JSON.stringify(value)

/** What differs: a table of the metrics, one of the metadata, then files and predictions. */
export function text(data: ModelDiff, terminal: Terminal): string {
  const { one, other, metrics, metadata, artifacts, predictions } = data
  const sides: Column<Difference>[] = [
    { name: one, cell: (row) => shown(row.one), align: 'right', cut: { min: 12, where: 'end' } },
    { name: other, cell: (row) => shown(row.other), align: 'right', cut: { min: 12, where: 'end' } },
  ]
  const metric: Column<Difference>[] = [
    { name: 'metric', cell: (row) => row.at },
    ...sides,
    {
      name: 'change',
      cell: ({ change }) => (change === null || change.startsWith('-') ? change : `+${change}`),
      align: 'right',
    },
    { name: 'better', cell: ({ better }) => (better === null ? null : better ? 'yes' : 'no') },
  ]
  const tables = [
    metrics.length === 0 ? 'no metric differs\n' : renderTable(metrics, metric, terminal),
    metadata.length === 0
      ? ''
      : renderTable(metadata, [{ name: 'metadata', cell: (row) => row.at }, ...sides], terminal),
    renderFields([
      ['files that differ', artifacts.differ.join(', ')],
      ...(artifacts.unknown.length === 0
        ? []
        : ([['no manifest tells', artifacts.unknown.join(', ')]] as const)),
      [`only in ${one}`, artifacts.only_one.join(', ')],
      [`only in ${other}`, artifacts.only_other.join(', ')],
    ]),
    predictions === null ? '' : renderFields(predictionFields(predictions)),
  ]
  return tables.filter((part) => part !== '').join('\n')
}

function predictionFields({
  rows,
  agree,
  refused,
  largest_difference,
}: NonNullable<ModelDiff['predictions']>): [string, string | number | null][] {
  const share = rows === 0 ? '' : ` (${((100 * agree) / rows).toFixed(1)} %)`
  return [
    ['rows', rows],
    ['agree', `${agree}${share}`],
    ['largest difference', largest_difference],
    ['refused', refused],
  ]
}
