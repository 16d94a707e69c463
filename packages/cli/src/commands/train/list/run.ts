import type { TrainList } from '@taskclf/documents'
import { type Column, figure, type Rows, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { columnsOf, shownOf } from '../../shared/list-flags.js'
import { type ListRow, listModels } from '../../shared/list-models.js'
import { CREATED, listText, metricColumns } from '../../shared/list-text.js'
import { registryOf } from '../../shared/open-registry.js'
import type { trainList } from './command.js'

/** {@link TrainList} with rows that are made one at a time; the columns asked for are for people. */
type TrainListData = Omit<TrainList, 'bundles'> & { bundles: Rows<ListRow> }

const SEED = [
  'macro_f1',
  'weighted_f1',
  'breakidle_precision',
  'min_class_precision',
  'acceptance_pass',
] as const

/** Says of every bundle what it measures and whether it may serve. */
export async function run(
  options: OptionsFor<typeof trainList>,
  context: Context,
): Promise<Outcome<TrainListData>> {
  const shown = shownOf(options)
  const sort = options.sort ?? 'macro_f1'
  const { candidates, 'schema-hash': schemaHashes } = options
  const columns = columnsOf(options.columns) ?? []
  const listing = { shown, sort, columns, candidates, schemaHashes }
  const { location, rows, notes } = await listModels(
    await registryOf(context, { readOnly: true }),
    listing,
    context,
  )
  return { data: { models_dir: location, shown, sort, bundles: rows }, exitCode: EXIT.done, notes }
}

/** The ten columns of the first version; metrics that were asked for are shown in place of its own. */
export function text({ bundles, shown }: TrainListData, terminal: Terminal): string {
  const [first] = bundles
  const asked = Object.keys(first?.metrics ?? {})
  const columns: Column<ListRow>[] = [
    { name: 'model_id', cell: (row) => row.model_id },
    CREATED,
    { name: 'schema_hash', cell: (row) => row.schema_hash },
    ...(asked.length > 0 ? metricColumns(asked) : SEED.map(seedColumn)),
    { name: 'promoted', cell: (row) => row.promoted },
    { name: 'active', cell: (row) => row.active },
  ]
  return listText(bundles, columns, shown === 'all', terminal)
}

function seedColumn(name: (typeof SEED)[number]): Column<ListRow> {
  return name === 'acceptance_pass'
    ? { name, cell: (row) => row[name] }
    : { name, cell: (row) => figure(row[name]), align: 'right' }
}
