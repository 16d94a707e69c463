import { instantOf, shortInstant } from '@taskclf/registry-core'
import type { ModelSelect } from '../../../documents/model.js'
import type { Terminal } from '../../../io.js'
import { escapeText } from '../../../render/escape.js'
import { painter } from '../../../render/paint.js'
import { type Column, figure, renderTable } from '../../../render/table.js'

type Ranked = ModelSelect['report']['ranked'][number]

/** The ranking, the exclusions with their numbers, and what it means for the pointer. */
export function text({ report, decision, activated }: ModelSelect, terminal: Terminal): string {
  const paint = painter(terminal)
  const { ranked, excluded } = report
  const ranking = ranked.length === 0 ? '' : `\n${renderTable(ranked, columnsOf(ranked), terminal)}`
  const against = excluded.map(({ model_id, stage, reasons }) => {
    const lines = reasons.map(({ code, message }) => `    ${escapeText(message)} [${escapeText(code)}]\n`)
    return `  ${escapeText(model_id)}  ${stage}\n${lines.join('')}`
  })
  const verdict = decision.switch ? 'switch' : 'no switch'
  const done = activated === null ? [] : [`activated ${activated.model_id}, revision ${activated.revision}`]
  return [
    `${paint.bold(`Eligible: ${ranked.length}`)}${ranking.trimEnd()}\n`,
    excluded.length === 0 ? '' : `${paint.bold(`Excluded: ${excluded.length}`)}\n${against.join('')}`,
    [`${verdict}: ${decision.message} [${decision.code}]`, ...done]
      .map((line) => `${escapeText(line)}\n`)
      .join(''),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function columnsOf(ranked: readonly Ranked[]): Column<Ranked>[] {
  const names = Object.keys(ranked[0]?.score ?? {}).filter((name) => name !== 'model_id')
  return [
    { name: 'rank', cell: (row) => row.rank, align: 'right' },
    { name: 'model_id', cell: (row) => row.model_id, cut: { min: 21, where: 'middle' } },
    ...names.map((name): Column<Ranked> => {
      if (name === 'created_at')
        return { name, cell: (row) => createdAt(row), cut: { min: 16, where: 'time' } }
      return { name, cell: (row) => figure(row.score[name]), align: 'right' }
    }),
  ]
}

function createdAt({ score }: Ranked): string {
  const text = String(score.created_at)
  return shortInstant(instantOf(text)) ?? text
}
