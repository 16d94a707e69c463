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
 * Rows under a header, at most `terminal.columns` wide: first the cuttable columns give way, rightmost first, then a
 * record takes several lines. With no width to fit nothing is cut. The rows are gone through twice: for the widths, and for the text.
 */
export function renderTable<R>(rows: Iterable<R>, columns: readonly Column<R>[], terminal: Terminal): string {
  const cellsOf = (row: R) => columns.map((column) => cellText(column.cell(row)))
  const natural = columns.map((column) => displayWidth(column.name))
  for (const row of rows) {
    for (const [i, cell] of cellsOf(row).entries()) natural[i] = Math.max(natural[i] ?? 0, displayWidth(cell))
  }
  const limit = terminal.columns ?? Number.POSITIVE_INFINITY
  const layout = layOut(natural, columns, limit)
  const paint = painter(terminal)
  const line = (texts: readonly string[], styled: (text: string) => string): string =>
    layout.lines
      // A later line that says nothing is not worth its place.
      .filter((line, n) => n === 0 || line.some((i) => texts[i] !== NOTHING))
      .map((line, n) => {
        const parts = line.map((i) => fit(texts[i] ?? '', layout.widths[i] ?? 0, columns[i]))
        return styled(`${n === 0 ? '' : INDENT}${parts.join(GAP)}`.trimEnd())
      })
      .join('\n')
  const header = line(
    columns.map((column) => column.name),
    paint.bold,
  )
  let text = `${header}\n`
  for (const row of rows) text += `${line(cellsOf(row), (plain) => plain)}\n`
  return text
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

interface Layout {
  widths: number[]
  /** Column positions on each line of a record. */
  lines: number[][]
}

function layOut<R>(natural: readonly number[], columns: readonly Column<R>[], limit: number): Layout {
  const smallest = columns.map((column, i) => {
    const min = Math.max(column.cut?.min ?? Number.POSITIVE_INFINITY, displayWidth(column.name))
    return Math.min(natural[i] ?? 0, min)
  })
  const lines = breakLines(smallest, limit)
  const widths = [...natural]
  for (const [n, line] of lines.entries()) {
    let over = lineWidth(line, widths, n) - limit
    for (const i of [...line].reverse()) {
      if (over <= 0) break
      const give = Math.min(over, (widths[i] ?? 0) - (smallest[i] ?? 0))
      widths[i] = (widths[i] ?? 0) - give
      over -= give
    }
  }
  return { widths, lines }
}

/** Fewest lines on which all columns fit in their order; a column wider than the terminal stands alone. */
function breakLines(widths: readonly number[], limit: number): number[][] {
  const lines: number[][] = [[]]
  for (const i of widths.keys()) {
    const current = lines.at(-1) ?? []
    if (current.length > 0 && lineWidth([...current, i], widths, lines.length - 1) > limit) lines.push([i])
    else current.push(i)
  }
  return lines
}

function lineWidth(line: readonly number[], widths: readonly number[], n: number): number {
  const indent = n === 0 ? 0 : INDENT.length
  return indent + line.reduce((sum, i) => sum + (widths[i] ?? 0), 0) + GAP.length * (line.length - 1)
}

function fit<R>(text: string, width: number, column: Column<R> | undefined): string {
  const short = shorten(text, width, column?.cut?.where)
  const pad = ' '.repeat(Math.max(0, width - displayWidth(short)))
  return column?.align === 'right' ? pad + short : short + pad
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
