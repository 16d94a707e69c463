import type { ModelList } from '@taskclf/documents'
import { policyMetrics } from '@taskclf/registry'
import type { Column, Rows, Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { columnsOf, shownOf } from '../../shared/list-flags.js'
import { type ListRow, listModels } from '../../shared/list-models.js'
import { CREATED, listText, metricColumns } from '../../shared/list-text.js'
import { registryOf } from '../../shared/open-registry.js'
import type { modelList } from './command.js'

/** {@link ModelList} with rows that are made one at a time. */
type ModelListData = Omit<ModelList, 'bundles'> & { bundles: Rows<ListRow> }

/** Says of every model what the policy looks at, and whether it may serve. */
export async function run(
  options: OptionsFor<typeof modelList>,
  context: Context,
): Promise<Outcome<ModelListData>> {
  const shown = shownOf(options)
  const { ascending, candidates, 'schema-hash': schemaHashes } = options
  if (ascending && options.sort === undefined)
    throw new CliError('usage', '--ascending needs --sort', { hint: 'say by what: --sort created_at' })
  const sort = options.sort === 'id' ? 'model_id' : (options.sort ?? 'rank')
  const { policy, source } = await context.settings.policy()
  const columns = columnsOf(options.columns) ?? policyMetrics(policy)
  const listing = { shown, sort, ascending, columns, candidates, schemaHashes }
  const { location, rows, notes } = await listModels(
    await registryOf(context, { readOnly: true }),
    listing,
    context,
  )
  const asked = { shown, sort, ascending, columns: [...columns] }
  return {
    data: { models_dir: location, policy_source: source, ...asked, bundles: rows },
    exitCode: EXIT.done,
    notes,
  }
}

/** The table. Why a model may not serve is its first reason; `--all` has them all. */
export function text({ bundles, columns, shown }: ModelListData, terminal: Terminal): string {
  const why = (row: ListRow) => (shown === 'all' ? '' : `: ${row.exclusion?.reasons[0]?.message}`)
  const shownColumns: Column<ListRow>[] = [
    { name: '  model_id', cell: ({ active, model_id }) => `${active ? '*' : ' '} ${model_id}` },
    CREATED,
    ...metricColumns(columns),
    {
      name: 'eligible',
      cell: (row) => `${row.promoted ? '' : 'candidate, '}${row.eligible ? 'yes' : `no${why(row)}`}`,
      cut: { min: 24, where: 'end' },
    },
  ]
  return listText(bundles, shownColumns, shown === 'all', terminal)
}
