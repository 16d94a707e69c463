import { type Status, toFailedStatusJson, toStatusJson } from '@taskclf/documents'
import { openRegistries } from '@taskclf/registry'
import { shortInstant } from '@taskclf/registry-core'
import { type Column, escapeText, painter, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../command.js'
import { EXIT } from '../../exit-codes.js'
import { describeError } from '../../render/error.js'
import type { status } from './command.js'

type Row = Status['families'][number]

/** Looks at every family; one that fails is a line of its own. */
export async function run(
  options: OptionsFor<typeof status>,
  { settings }: Context,
): Promise<Outcome<Status>> {
  const places = new Map(settings.families().map((each) => [each.family ?? '', each]))
  // A name that is not a family's is refused, before anything is looked at.
  const dirs = new Map([...places].map(([name, { modelsDir }]) => [name, modelsDir]))
  const families = Object.fromEntries(
    [...places].map(([name, { modelsDir, policy, requirement }]) => [
      name,
      async () => ({ modelsDir, policy: (await policy()).policy, requirement: await requirement() }),
    ]),
  )
  const found = (await openRegistries({ families }).status()).map(({ family, status, error }): Row => {
    const name = family === '' ? null : family
    if (status !== undefined) return toStatusJson(name, status)
    const { code, message, hint = '' } = describeError(error)
    return toFailedStatusJson(name, dirs.get(family) ?? '', { code, message, advice: hint })
  })
  const ok = found.every(({ problems }) => problems.every(({ level }) => level !== 'error'))
  const exitCode = !ok && options['fail-on'] === 'problem' ? EXIT.no : EXIT.done
  return { data: { ok, families: found }, exitCode, notes: [] }
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'family', cell: ({ family, models_dir }) => family ?? models_dir },
  { name: 'active', cell: ({ active }) => active?.model_id },
  { name: 'revision', cell: ({ active }) => active?.revision, align: 'right' },
  {
    name: 'since',
    cell: ({ active }) => active && (shortInstant(active.since) ?? active.since),
    cut: { min: 16, where: 'time' },
  },
  { name: 'by', cell: ({ active }) => active?.actor, cut: { min: 8, where: 'end' } },
  {
    name: 'eligible',
    cell: ({ eligible, total }) => (eligible === null ? null : `${eligible} of ${total}`),
    align: 'right',
  },
  { name: 'newest', cell: ({ newest }) => newest?.model_id },
  { name: 'problems', cell: ({ problems }) => problems.map(({ code }) => code).join(', ') || 'none' },
]

/** A line for each family; below, what is wrong and what to do about it. */
export function text({ families }: Status, terminal: Terminal): string {
  const paint = painter(terminal)
  const colours = { error: paint.red, warning: paint.yellow }
  const problems = families.flatMap(({ family, problems }) =>
    problems.map(({ level, code, message, advice }) => {
      const of = family === null ? '' : `${escapeText(family)}: `
      return `${colours[level](`${level}:`)} ${of}${escapeText(message)} [${code}]\n  ${escapeText(advice)}\n`
    }),
  )
  return [renderTable(families, COLUMNS, terminal), ...(problems.length > 0 ? ['\n', ...problems] : [])].join(
    '',
  )
}
