import { shortInstant } from '@taskclf/registry-core'
import type { TrainList } from '../../../documents/train.js'
import type { Terminal } from '../../../io.js'
import { type Column, figure, renderTable } from '../../../render/table.js'
import type { Rows } from '../../../rows.js'

type Row = TrainList['bundles'][number]

/** {@link TrainList} with rows that are made one at a time. */
export type TrainListData = Omit<TrainList, 'bundles'> & { bundles: Rows<Row> }

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

/** The table; `--all` also says what stands against a bundle. */
export function text({ bundles, shown }: TrainListData, terminal: Terminal): string {
  if (bundles.length === 0) return ''
  const odd = isAnyOdd(bundles) ? [ODD] : []
  return renderTable(bundles, [...COLUMNS, ...odd, ...(shown === 'all' ? [WHY] : [])], terminal)
}

function isAnyOdd(bundles: Iterable<Row>): boolean {
  for (const { warnings } of bundles) if (warnings.length > 0) return true
  return false
}
