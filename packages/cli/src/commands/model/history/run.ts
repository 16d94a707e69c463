import { type ModelHistory, toHistoryJson } from '@taskclf/documents'
import {
  boundText,
  type DecisionRecord,
  openRegistry,
  type Registry,
  readDecision,
  scoreText,
  valueText,
} from '@taskclf/registry'
import { shortInstant } from '@taskclf/registry-core'
import { type Column, escapeText, painter, renderFields, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { historyNotes } from '../../shared/notes.js'
import { instantOfFlag, localText } from '../../shared/time-flags.js'
import type { modelHistory } from './command.js'

type Entry = ModelHistory['entries'][number]

/** Reads the history; what cannot be read is a warning, never a failure. */
export async function run(
  options: OptionsFor<typeof modelHistory>,
  { settings }: Context,
): Promise<Outcome<ModelHistory>> {
  const registry = await openRegistry(settings.modelsDir)
  const history = await registry.history()
  const notes = historyNotes(history)
  const data = toHistoryJson(history, options.verbose)
  const entries = chosen(data.entries, await spanOf(options, registry)).map((entry) =>
    options.local && entry.at_utc !== null ? { ...entry, at_local: localText(entry.at_utc) } : entry,
  )
  const none = entries.length > 0 ? undefined : whyNone(data, history.warnings.length > 0)
  return {
    data: { ...data, entries },
    exitCode: EXIT.done,
    notes: none === undefined ? notes : [...notes, { level: 'note', code: 'no_history', message: none }],
  }
}

/** A history that lost its lines says so itself; that nothing was switched is not known then. */
function whyNone({ entries }: ModelHistory, isDamaged: boolean): string | undefined {
  if (entries.length > 0) return 'nothing was switched in that time'
  return isDamaged ? undefined : 'nothing was ever switched here'
}

/** Which switches are asked for: those between two instants, one line, or the newest so many. */
interface Span {
  since: string | undefined
  until: string | undefined
  line: number | undefined
  limit: number | undefined
}

async function spanOf(options: OptionsFor<typeof modelHistory>, registry: Registry): Promise<Span> {
  const { limit } = options
  const [since, until] = [instantOfFlag('since', options.since), instantOfFlag('until', options.until)]
  const at = instantOfFlag('at', options.at)
  if (at === undefined) return { since, until, line: undefined, limit }
  if (since !== undefined || until !== undefined)
    throw new CliError('usage', '--at excludes --since and --until', { hint: 'leave one of them out' })
  const entry = (await registry.active(new Date(at)))?.entry
  return { since, until, line: entry?.line ?? 0, limit }
}

/** A line without a time that can be read is shown: nobody knows that it is not meant. */
function chosen(entries: readonly Entry[], { since, until, line, limit }: Span): Entry[] {
  const meant = entries.filter(
    ({ at_utc, line: own }) =>
      (line === undefined || own === line) &&
      (at_utc === null ||
        ((since === undefined || at_utc >= since) && (until === undefined || at_utc <= until))),
  )
  return meant.slice(0, limit)
}

type Gate = DecisionRecord['gates'][number]

const COLUMNS: readonly Column<Entry>[] = [
  { name: 'revision', cell: (entry) => entry.revision, align: 'right' },
  {
    name: 'at',
    cell: (entry) => entry.at_local ?? shortInstant(entry.at_utc) ?? entry.at,
    cut: { min: 16, where: 'time' },
  },
  { name: 'model_id', cell: (entry) => entry.model_id },
  { name: 'source', cell: (entry) => entry.source },
  { name: 'kind', cell: (entry) => entry.kind },
  { name: 'actor', cell: (entry) => entry.actor, cut: { min: 8, where: 'end' } },
  { name: 'note', cell: (entry) => entry.note, cut: { min: 12, where: 'end' } },
]

const GATES: readonly Column<Gate>[] = [
  { name: 'gate', cell: (gate) => gate.metric, cut: { min: 16, where: 'middle' } },
  { name: 'bound', cell: boundText },
  {
    name: 'value',
    cell: (gate) => (gate.value === undefined ? null : valueText(gate.value)),
    align: 'right',
  },
  { name: 'passed', cell: (gate) => gate.passed },
  { name: 'short_by', cell: (gate) => gate.shortfall, align: 'right' },
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
    return [`\n${paint.bold(escapeText(title))}\n${decisionText(entry.decision, terminal)}`]
  })
  return table + decisions.join('')
}

/** What a switch was decided on; as JSON where another program wrote it its own way. */
function decisionText(decision: Entry['decision'], terminal: Terminal): string {
  const record = readDecision(decision)
  if (record === null || record.kind === null) {
    const lines = JSON.stringify(decision, null, 2).split('\n')
    return lines.map((line) => `${escapeText(line)}\n`).join('')
  }
  const { gates, incumbent: champion, runner_up, gain, required } = record
  const side = (one: typeof champion) => one && `${one.model_id} (${scoreText(one.score) || 'no score'})`
  const excluded = Object.entries(record.excluded).map(([stage, n]) => `${n} ${stage}`)
  const fields: [string, string | number | null][] = [
    ['kind', record.kind],
    ['policy', record.policy_digest],
    ['decided', record.message && `${record.code}: ${record.message}`],
    ['score', scoreText(record.score)],
    ['champion', side(champion)],
    ['runner-up', side(runner_up)],
    ['gain', gain && (required === null ? gain : `${gain} (minimum ${required})`)],
    ['eligible', record.eligible],
    ['excluded', excluded.join(', ')],
    ['promoted', record.promoted],
    ['forced', record.forced.map(({ message }) => message).join('; ')],
  ]
  const table = gates.length === 0 ? '' : renderTable(gates, GATES, terminal)
  return renderFields(fields.filter(([, value]) => value !== null && value !== '')) + table
}
