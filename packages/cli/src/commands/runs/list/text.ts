import type { RunsList } from '../../../documents/runs.js'
import type { Terminal } from '../../../io.js'
import { type Column, renderTable } from '../../../render/table.js'

type Row = RunsList['runs'][number]

const COLUMNS: readonly Column<Row>[] = [
  { name: 'run_id', cell: (run) => run.run_id, cut: { min: 16, where: 'middle' } },
  { name: 'status', cell: (run) => run.status },
  { name: 'started_at', cell: (run) => run.started_at, cut: { min: 16, where: 'time' } },
  {
    name: 'seconds',
    cell: (run) => (run.duration_ms === null ? null : (run.duration_ms / 1000).toFixed(1)),
    align: 'right',
  },
  { name: 'trainer', cell: (run) => run.profile ?? run.command.join(' '), cut: { min: 12, where: 'end' } },
  { name: 'model_id', cell: (run) => run.model_id, cut: { min: 12, where: 'middle' } },
  { name: 'code', cell: (run) => run.code },
]

/** The runs as a table. */
export function text({ runs }: RunsList, terminal: Terminal): string {
  return runs.length === 0 ? '' : renderTable(runs, COLUMNS, terminal)
}
