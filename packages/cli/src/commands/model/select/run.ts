import type { ActiveState } from '@taskclf/active-pointer'
import { type ModelSelect, toSelectJson } from '@taskclf/documents'
import type { BestActivation } from '@taskclf/infer-resolver'
import { instantOf, shortInstant } from '@taskclf/registry-core'
import { absentAdvice, blameText, type SelectionReport, type SwitchDecision } from '@taskclf/selection-policy'
import { type Column, escapeText, figure, painter, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { bundleWarningNotes } from '../../shared/bundle-warnings.js'
import { restrictionNotes } from '../../shared/notes.js'
import { registryOf } from '../../shared/open-registry.js'
import { switchNotes } from '../../shared/switch-notes.js'
import type { modelSelect } from './command.js'

/** Selects; with `--activate` also switches to the best, where it should take over. */
export async function run(
  options: OptionsFor<typeof modelSelect>,
  context: Context,
): Promise<Outcome<ModelSelect>> {
  const registry = await registryOf(context, { ...options, readOnly: !options.activate })
  const weighed = options.activate ? await registry.activateBest() : await registry.select()
  return outcome(weighed, await context.settings.policy(), options.activate)
}

async function outcome(
  weighed: BestActivation,
  policy: { source: string; digest: string },
  activate: boolean,
): Promise<Outcome<ModelSelect>> {
  const { active, report, decision, unchecked, switched } = weighed
  const notes: Note[] = [
    ...restrictionNotes(report.requirement),
    ...(switched === undefined && active.status === 'corrupt' ? [corruptNote(active)] : []),
    ...(switched === undefined ? [] : await switchNotes(switched)),
    ...(unchecked === undefined ? [] : [uncheckedNote(unchecked)]),
    ...(report.best === undefined ? [] : bundleWarningNotes(report.best.bundle)),
    ...(report.best === undefined ? noneNotes(report) : []),
    ...(activate && switched === undefined && report.best !== undefined ? [stayNote(decision)] : []),
    ...(decision.code === 'better' && decision.gain === undefined ? [notComparedNote(decision)] : []),
  ]
  const data = toSelectJson(weighed, policy)
  return { data, exitCode: report.best === undefined ? EXIT.no : EXIT.done, notes }
}

function stayNote({ code, message }: SwitchDecision): Note {
  const level = code === 'other_labels' || code === 'other_schema' ? 'warning' : 'note'
  return { level, code, message: `nothing was switched: ${message}` }
}

function uncheckedNote(why: string): Note {
  return { level: 'warning', code: 'not_checked', message: `the active model could not be tried: ${why}` }
}

function notComparedNote({ message }: SwitchDecision): Note {
  return { level: 'note', code: 'not_compared', message: `nothing was compared: ${message}` }
}

function corruptNote(active: ActiveState & { status: 'corrupt' }): Note {
  const why = active.problems.map(({ message }) => message).join('; ')
  return { level: 'warning', code: 'pointer_corrupt', message: `active.json is not usable: ${why}` }
}

function noneNotes(report: SelectionReport): Note[] {
  const blame = blameText(report)
  const advice = absentAdvice(report)
  const why =
    blame ?? (report.excluded.length === 0 ? 'there are no bundles' : 'no gate is to blame; see the reasons')
  return [
    {
      level: 'error',
      code: 'no_eligible_model',
      message: `no model is eligible: ${why}${advice === undefined ? '' : `; ${advice}`}`,
    },
  ]
}

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
    { name: 'model_id', cell: (row) => row.model_id },
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
