import type { PolicyCheck } from '../../../documents/policy.js'
import type { Terminal } from '../../../io.js'
import { violationLines } from '../../../read-policy.js'
import { escapeLines, escapeText } from '../../../render/escape.js'
import { type Column, renderTable } from '../../../render/table.js'

type Row = NonNullable<PolicyCheck['metrics']>[number]

const COLUMNS: readonly Column<Row>[] = [
  { name: 'metric', cell: (row) => row.metric, cut: { min: 16, where: 'middle' } },
  { name: 'asked_by', cell: (row) => (row.optional ? `${row.asked} (optional)` : row.asked) },
  { name: 'bundles', cell: (row) => `${row.have} of ${row.of}`, align: 'right' },
  { name: 'nearest', cell: (row) => row.nearest, cut: { min: 12, where: 'middle' } },
]

/** Everything that is wrong, a line each; then how many bundles have each metric. */
export function text({ file, valid, violations, digest, metrics }: PolicyCheck, terminal: Terminal): string {
  const verdict = valid
    ? `${escapeText(file)} is a valid policy (${digest?.slice(0, 12)})\n`
    : `${escapeLines(violationLines(violations))}\n`
  if (metrics === null || metrics.length === 0) return verdict
  return `${verdict}\n${renderTable(metrics, COLUMNS, terminal)}`
}
