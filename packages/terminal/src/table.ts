import { cutEnd, cutMiddle, displayWidth, escapeText } from './escape.js'
import { painter } from './paint.js'
import type { Terminal } from './terminal.js'

/** One column: its name, the text of a row, and whether it may be cut when the terminal is narrow. */
export interface Column<R> {
  name: string
  /** Raw text; undefined is shown as a dash. Escaping is the table's business. */
  cell: (row: R) => string | number | boolean | null | undefined
  align?: 'left' | 'right'
  /** Smallest width this column may be cut to, and where. Without it the column is never cut. */
  cut?: { min: number; where: 'middle' | 'end' | 'time' }
}

const GAP = '  '
const INDENT = '  '
const NOTHING = '-'

/**
 * Rows under a header, at most `terminal.columns` wide. Where they do not fit, columns in which no row has anything go first; then those that
 * may be cut give way, the rightmost first; then the table becomes a list, a record on several lines with the names beside its values. With no
 * width to fit nothing goes. The rows are gone through twice: for the widths, and for the text.
 */
export function renderTable<R>(rows: Iterable<R>, columns: readonly Column<R>[], terminal: Terminal): string {
  const limit = terminal.columns ?? Number.POSITIVE_INFINITY
  const measured = measure(rows, columns)
  const kept =
    lineWidth(measured) <= limit ? measured : measured.filter(({ isEmpty }, i) => i === 0 || !isEmpty)
  const fitted = shrink(kept, limit)
  return fitted === undefined ? listOf(rows, kept, terminal) : tableOf(rows, fitted, terminal)
}

/** `name  value` lines, values aligned. */
export function renderFields(
  fields: readonly (readonly [string, string | number | boolean | null | undefined])[],
): string {
  const width = Math.max(0, ...fields.map(([name]) => name.length))
  return fields
    .map(([name, value]) => `${name.padEnd(width)}${GAP}${cellText(value)}`.trimEnd())
    .map((line) => `${line}\n`)
    .join('')
}

/** A figure as people compare it: four decimals, more where it has them, never rounded over a bound. */
export function figure(value: unknown): string | undefined {
  if (typeof value !== 'number') return value === undefined || value === null ? undefined : String(value)
  const fixed = value.toFixed(4)
  return Number(fixed) === value ? fixed : String(value)
}

function cellText(value: string | number | boolean | null | undefined): string {
  if (value === undefined || value === null || value === '') return NOTHING
  return escapeText(String(value))
}

/** A column and the widest of its cells. */
interface Measured<R> {
  column: Column<R>
  width: number
  isEmpty: boolean
}

function measure<R>(rows: Iterable<R>, columns: readonly Column<R>[]): Measured<R>[] {
  const measured = columns.map((column) => ({ column, width: displayWidth(column.name), isEmpty: true }))
  for (const row of rows) {
    for (const one of measured) {
      const text = cellText(one.column.cell(row))
      one.width = Math.max(one.width, displayWidth(text))
      if (text !== NOTHING) one.isEmpty = false
    }
  }
  return measured
}

function lineWidth(columns: readonly { width: number }[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1)
}

/** The columns, narrow enough for a line; undefined where they cannot be. */
function shrink<R>(columns: readonly Measured<R>[], limit: number): Measured<R>[] | undefined {
  let over = lineWidth(columns) - limit
  const narrowed = columns.toReversed().map((one) => {
    const { cut, name } = one.column
    const least = cut === undefined ? one.width : Math.max(cut.min, displayWidth(name))
    const give = Math.max(0, Math.min(over, one.width - least))
    over -= give
    return { ...one, width: one.width - give }
  })
  return over > 0 ? undefined : narrowed.reverse()
}

function tableOf<R>(rows: Iterable<R>, columns: readonly Measured<R>[], terminal: Terminal): string {
  const line = (text: (column: Column<R>) => string): string =>
    columns
      .map(({ column, width }) => fit(text(column), width, column))
      .join(GAP)
      .trimEnd()
  let table = `${painter(terminal).bold(line(({ name }) => name))}\n`
  for (const row of rows) table += `${line((column) => cellText(column.cell(row)))}\n`
  return table
}

/** A record a paragraph: what the first column says, and below it the others that say something, each after its name. */
function listOf<R>(rows: Iterable<R>, columns: readonly Measured<R>[], terminal: Terminal): string {
  const limit = terminal.columns ?? Number.POSITIVE_INFINITY
  const paint = painter(terminal)
  let list = ''
  for (const row of rows) {
    const [first = NOTHING, ...others] = columns.map(({ column }) => cellText(column.cell(row)))
    const said = others.flatMap((text, i) => {
      const column = columns[i + 1]?.column
      return column === undefined || text === NOTHING ? [] : [pairOf(column, text, limit - INDENT.length)]
    })
    list += `${paint.bold(first)}\n${fill(said, limit)
      .map((line) => `${line}\n`)
      .join('')}`
  }
  return list
}

function pairOf<R>({ name, cut }: Column<R>, text: string, limit: number): string {
  const room = limit - displayWidth(name) - 1
  return `${name} ${cut === undefined || cut.where === 'end' ? text : shorten(text, room, cut.where)}`
}

/** As many on a line as fit. One that is wider than a line stands alone, and goes on below where it has words. */
function fill(pairs: readonly string[], limit: number): string[] {
  const lines: string[] = []
  for (const pair of pairs) {
    const joined = `${lines.at(-1)}${GAP}${pair}`
    if (lines.length > 0 && displayWidth(joined) <= limit) lines[lines.length - 1] = joined
    else lines.push(...wrap(pair, limit))
  }
  return lines
}

function wrap(pair: string, limit: number): string[] {
  const lines: string[] = []
  for (const word of pair.split(' ')) {
    const joined = `${lines.at(-1)} ${word}`
    if (lines.length > 0 && displayWidth(joined) <= limit) lines[lines.length - 1] = joined
    else lines.push(`${lines.length === 0 ? INDENT : INDENT + INDENT}${word}`)
  }
  return lines
}

function fit<R>(text: string, width: number, { cut, align }: Column<R>): string {
  const short = shorten(text, width, cut?.where)
  const pad = ' '.repeat(Math.max(0, width - displayWidth(short)))
  return align === 'right' ? pad + short : short + pad
}

function shorten(text: string, width: number, where: 'middle' | 'end' | 'time' | undefined): string {
  if (displayWidth(text) <= width) return text
  if (where === 'end') return cutEnd(text, width)
  if (where === 'time') return cutTime(text, width)
  return cutMiddle(text, width)
}

/** Drops fraction, then seconds, then the time of an ISO instant in UTC. */
function cutTime(text: string, width: number): string {
  const [, date, minutes, seconds] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)[\d.]*Z$/.exec(text) ?? []
  if (date === undefined) return cutEnd(text, width)
  const forms = [`${date}T${minutes}${seconds}Z`, `${date}T${minutes}Z`, `${date} ${minutes}`, date]
  return forms.find((form) => form.length <= width) ?? cutEnd(date, width)
}
