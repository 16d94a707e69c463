import type { Promotion } from '@taskclf/documents'
import {
  type Column,
  escapeText,
  figure,
  painter,
  renderFields,
  renderTable,
  type Terminal,
} from '@taskclf/terminal'

type Row = Promotion['numbers'][number]

const COLUMNS: readonly Column<Row>[] = [
  { name: 'check', cell: (row) => row.check },
  { name: 'metric', cell: (row) => row.metric, cut: { min: 16, where: 'middle' } },
  { name: 'bound', cell: (row) => row.bound },
  { name: 'candidate', cell: (row) => figure(row.candidate), align: 'right' },
  { name: 'champion', cell: (row) => figure(row.champion), align: 'right' },
  { name: 'passed', cell: (row) => (row.passed ? 'yes' : 'NO') },
  { name: 'short_by', cell: (row) => row.short_by, align: 'right' },
]

const OUTCOMES: Record<Promotion['outcome'], string> = {
  promoted: 'promoted: published, and the active model',
  published: 'published; another model is the active one',
  rejected: 'rejected',
  dry_run: 'it would be published (dry run: nothing was written)',
}

/** What came of a candidate: the verdict, every number, and where it is now. */
export function promotionText(data: Promotion, terminal: Terminal): string {
  const paint = painter(terminal)
  const { rejection, selection } = data
  const colour = data.outcome === 'rejected' ? paint.red : paint.green
  const verdict = rejection ? `rejected at ${stageText(rejection)}` : OUTCOMES[data.outcome]
  const why = rejection?.reasons.map(({ message }) => message) ?? [selection?.message ?? '']
  const table = data.numbers.length === 0 ? '' : `\n${renderTable(data.numbers, COLUMNS, terminal)}`
  return [
    `${colour(verdict)}\n`,
    ...why.filter((line) => line !== '').map((line) => `  ${escapeText(line)}\n`),
    table,
    `\n${renderFields(fieldsOf(data))}`,
  ].join('')
}

function stageText({ stage, code }: NonNullable<Promotion['rejection']>): string {
  if (stage === 'regression') return 'the comparison with the champion'
  if (stage === 'check') return `the check, and may not go live [${code}]`
  if (stage === 'metrics') return 'the metrics that the policy ranks by'
  return stage === 'gate' ? 'the gates' : 'compatibility'
}

function fieldsOf(data: Promotion): [string, string | number | undefined][] {
  const made = data.switch
  return [
    ['candidate', data.candidate.model_id],
    ['champion', championText(data)],
    ['active', data.active_model_id],
    ...(made === undefined ? [] : ([['revision', made.revision]] as [string, number][])),
    ...(data.published === undefined ? [] : ([['path', data.published.path]] as [string, string][])),
    ...(data.rejected_dir === undefined ? [] : ([['kept in', data.rejected_dir]] as [string, string][])),
  ].filter(([, value]) => value !== undefined) as [string, string | number][]
}

function championText({ champion, champion_model_id }: Promotion): string | undefined {
  if (champion === undefined)
    return champion_model_id === null ? undefined : `${champion_model_id} (not asked)`
  if (champion.status !== 'found') return champion.status
  const compared = champion.compared ? '' : '; not compared, being of another feature schema'
  return `${champion.model_id} (${HOW_FOUND[champion.source ?? 'active']}${compared})`
}

const HOW_FOUND = {
  active: 'active',
  best: 'the best, nothing being active',
  newest: 'the newest, none being eligible',
}
