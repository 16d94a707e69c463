import { shortInstant } from '@taskclf/registry-core'
import { type Column, figure, renderTable, type Terminal } from '@taskclf/terminal'
import type { ListRow } from './list-models.js'

/** When it was made. */
export const CREATED: Column<ListRow> = {
  name: 'created_at',
  cell: (row) => shortInstant(row.created_at_utc),
  cut: { min: 16, where: 'time' },
}

/** A column for each metric. */
export function metricColumns(paths: readonly string[]): Column<ListRow>[] {
  return paths.map((path) => ({
    name: path,
    cell: ({ metrics }) => figure(metrics[path]),
    align: 'right',
  }))
}

const WHY: Column<ListRow> = {
  name: 'why_not',
  cell: ({ exclusion }) => exclusion?.reasons.map(({ code, message }) => `${code}: ${message}`).join('; '),
  cut: { min: 40, where: 'end' },
}

/** Rare, and only then worth a column. */
const ODD: Column<ListRow> = {
  name: 'warnings',
  cell: ({ warnings }) => [...new Set(warnings.map(({ code }) => code))].join(', ') || null,
}

/** The table; with `reasons` also what is wrong with a bundle. */
export function listText(
  rows: Iterable<ListRow> & { readonly length: number },
  columns: readonly Column<ListRow>[],
  reasons: boolean,
  terminal: Terminal,
): string {
  if (rows.length === 0) return ''
  const odd = isAnyOdd(rows) ? [ODD] : []
  return renderTable(rows, [...columns, ...odd, ...(reasons ? [WHY] : [])], terminal)
}

function isAnyOdd(rows: Iterable<ListRow>): boolean {
  for (const { warnings } of rows) if (warnings.length > 0) return true
  return false
}
