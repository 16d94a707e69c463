import { type ModelDiff, toDiffJson } from '@taskclf/documents'
import { type Column, renderFields, renderTable, type Terminal } from '@taskclf/terminal'
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
  // Loaded for who asks for it: the runtimes are most of this program.
  const compare = async (input: string) =>
    (await import('./compare-predictions.js')).comparePredictions(
      registry,
      models,
      placeOf(input, options.format, context.cwd),
      context,
    )
  const predictions = options.input === undefined ? null : await compare(options.input)
  return {
    data: toDiffJson(registry.location, diff, policy, predictions),
    exitCode: EXIT.done,
    notes: [...one.notes, ...other.notes],
  }
}

type Difference = ModelDiff['metrics'][number]

/** What a cell has room for; a matrix or an object only differs. */
function shown(value: Difference['one']): string | undefined {
  if (value === null) return undefined
  return typeof value === 'object' ? '…' : String(value)
}

const SIDES: readonly Column<Difference>[] = [
  { name: 'one', cell: (row) => shown(row.one), align: 'right', cut: { min: 12, where: 'end' } },
  { name: 'other', cell: (row) => shown(row.other), align: 'right', cut: { min: 12, where: 'end' } },
]
const CHANGE: readonly Column<Difference>[] = [
  { name: 'change', cell: ({ change }) => change?.replace(/^(?!-)/, '+'), align: 'right' },
  { name: 'better', cell: ({ better }) => (better === null ? null : better ? 'yes' : 'no') },
]

/** What differs: a table of the metrics, one of the metadata, then files and predictions. */
export function text({ one, other, metrics, metadata, ...rest }: ModelDiff, terminal: Terminal): string {
  const table = (name: string, rows: readonly Difference[], more: readonly Column<Difference>[]) =>
    rows.length === 0 ? '' : renderTable(rows, [{ name, cell: ({ at }) => at }, ...SIDES, ...more], terminal)
  const { only_one, only_other, differ, unknown } = rest.artifacts
  const fields: readonly (readonly [string, string | number | null])[] = [
    ['files that differ', differ.join(', ')],
    ['no manifest tells', unknown.join(', ')],
    ['only in one', only_one.join(', ')],
    ['only in other', only_other.join(', ')],
    ...predictionFields(rest.predictions),
  ]
  const parts = [
    renderFields([
      ['one', one],
      ['other', other],
    ]),
    metrics.length === 0 ? 'no metric differs\n' : table('metric', metrics, CHANGE),
    table('metadata', metadata, []),
    renderFields(fields.filter(([, value]) => value !== '' && value !== null)),
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function predictionFields(found: ModelDiff['predictions']): [string, string | number | null][] {
  if (found === null) return []
  const { rows, agree, refused, largest_difference } = found
  const share = rows === 0 ? '' : ` (${((100 * agree) / rows).toFixed(1)} %)`
  return [
    ['rows', rows],
    ['agree', `${agree}${share}`],
    ['largest difference', largest_difference],
    ['refused', refused],
  ]
}
