import type { ModelHistory } from '../../../documents/model.js'
import { shortInstant } from '../../../instant.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'
import { painter } from '../../../render/paint.js'
import { type Column, renderTable } from '../../../render/table.js'

type Entry = ModelHistory['entries'][number]

const COLUMNS: readonly Column<Entry>[] = [
  { name: 'revision', cell: (entry) => entry.revision, align: 'right' },
  { name: 'at', cell: (entry) => shortInstant(entry.at_utc) ?? entry.at, cut: { min: 16, where: 'time' } },
  { name: 'model_id', cell: (entry) => entry.model_id, cut: { min: 21, where: 'middle' } },
  { name: 'source', cell: (entry) => entry.source },
  { name: 'actor', cell: (entry) => entry.actor, cut: { min: 8, where: 'end' } },
  { name: 'note', cell: (entry) => entry.note, cut: { min: 12, where: 'end' } },
]

const STATE: Column<Entry> = { name: 'state', cell: (entry) => entry.state }

/** The switches as a table; decisions, where they were asked for, below. */
export function text({ entries }: ModelHistory, terminal: Terminal): string {
  if (entries.length === 0) return ''
  // Lines that never became active are rare, and only then worth a column.
  const plain = entries.every(({ state }) => state === 'visible')
  const table = renderTable(entries, plain ? COLUMNS : [...COLUMNS, STATE], terminal)
  const paint = painter(terminal)
  const decisions = entries.flatMap((entry) => {
    if (entry.decision === undefined) return []
    const title = `revision ${entry.revision ?? '-'}, ${entry.model_id}`
    const lines = JSON.stringify(entry.decision, null, 2).split('\n')
    return [`\n${paint.bold(escapeText(title))}\n${lines.map((line) => `${escapeText(line)}\n`).join('')}`]
  })
  return table + decisions.join('')
}
