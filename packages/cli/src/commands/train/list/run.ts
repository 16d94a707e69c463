import { type TrainList, toListJson } from '@taskclf/documents'
import type { OverviewModel } from '@taskclf/registry'
import { shortInstant } from '@taskclf/registry-core'
import { type Column, figure, Rows, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { registryOf } from '../../shared/open-registry.js'
import type { trainList } from './command.js'

type Row = TrainList['bundles'][number]

/** {@link TrainList} with rows that are made one at a time. */
type TrainListData = Omit<TrainList, 'bundles'> & { bundles: Rows<Row> }

/** Says of every bundle what it measures and whether it may serve. */
export async function run(
  options: OptionsFor<typeof trainList>,
  context: Context,
): Promise<Outcome<TrainListData>> {
  if (options.all && options.eligible) {
    throw new CliError('usage', '--all and --eligible exclude each other', { hint: 'leave one of them out' })
  }
  const shown = options.all ? 'all' : options.eligible ? 'eligible' : 'valid'
  const sort = options.sort ?? 'macro_f1'
  const registry = await registryOf(context, { readOnly: true })
  const { location, models, total, invalid } = await registry.overview({
    show: shown,
    sort,
    schemaHashes: options['schema-hash'],
    onProgress: (read) => context.progress.update(`${read.toLocaleString('en')} bundles read …`),
  })
  return {
    data: {
      models_dir: location,
      shown,
      sort,
      bundles: new Rows(models.length, (i) => toListJson(models[i] as OverviewModel)),
    },
    exitCode: EXIT.done,
    notes: [...notesOn(total, invalid, models.length, shown), ...oddNotes(models)],
  }
}

/** Their figures decide as they are stated. */
function oddNotes(models: readonly OverviewModel[]): Note[] {
  const odd = models.filter(({ bundle }) => bundle.status === 'valid' && bundle.warnings.length > 0)
  if (odd.length === 0) return []
  const what =
    odd.length === 1 ? 'what 1 bundle says of itself is' : `what ${odd.length} bundles say of themselves is`
  const message = `${what} odd (column warnings); taskclf model inspect ID shows it`
  return [{ level: 'warning', code: 'bundle_warnings', message }]
}

function notesOn(total: number, invalid: number, rows: number, shown: TrainList['shown']): Note[] {
  const notes: Note[] = []
  if (total === 0) notes.push({ level: 'note', code: 'no_bundles', message: 'there are no bundles to list' })
  else if (rows === 0) {
    const message = 'no bundle may be shown; --all lists every bundle with the reason against it'
    notes.push({ level: 'note', code: 'none_shown', message })
  }
  if (invalid > 0 && shown === 'valid') {
    const what = invalid === 1 ? '1 invalid bundle is' : `${invalid} invalid bundles are`
    notes.push({ level: 'warning', code: 'invalid_bundles', message: `${what} not shown; --all shows why` })
  }
  return notes
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'model_id', cell: (row) => row.model_id, cut: { min: 21, where: 'middle' } },
  { name: 'created_at', cell: (row) => shortInstant(row.created_at_utc), cut: { min: 16, where: 'time' } },
  { name: 'schema_hash', cell: (row) => row.schema_hash, cut: { min: 12, where: 'middle' } },
  { name: 'macro_f1', cell: (row) => figure(row.macro_f1), align: 'right' },
  { name: 'weighted_f1', cell: (row) => figure(row.weighted_f1), align: 'right' },
  { name: 'breakidle_precision', cell: (row) => figure(row.breakidle_precision), align: 'right' },
  { name: 'min_class_precision', cell: (row) => figure(row.min_class_precision), align: 'right' },
  { name: 'acceptance_pass', cell: (row) => row.acceptance_pass },
  { name: 'promoted', cell: (row) => row.promoted },
  { name: 'active', cell: (row) => row.active },
]

const WHY: Column<Row> = {
  name: 'why_not',
  cell: ({ exclusion }) => exclusion?.reasons.map(({ code, message }) => `${code}: ${message}`).join('; '),
  cut: { min: 40, where: 'end' },
}

/** Rare, and only then worth a column. */
const ODD: Column<Row> = {
  name: 'warnings',
  cell: ({ warnings }) => [...new Set(warnings.map(({ code }) => code))].join(', ') || null,
}

/** The table; `--all` also says what is wrong with a bundle. */
export function text({ bundles, shown }: TrainListData, terminal: Terminal): string {
  if (bundles.length === 0) return ''
  const odd = isAnyOdd(bundles) ? [ODD] : []
  return renderTable(bundles, [...COLUMNS, ...odd, ...(shown === 'all' ? [WHY] : [])], terminal)
}

function isAnyOdd(bundles: Iterable<Row>): boolean {
  for (const { warnings } of bundles) if (warnings.length > 0) return true
  return false
}
