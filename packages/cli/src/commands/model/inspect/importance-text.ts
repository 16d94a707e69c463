import type { ModelInspect } from '@taskclf/documents'
import { renderTable, type Terminal } from '@taskclf/terminal'

const MOST_ROWS = 20
const BAR = 24
/** Of a gain; --json has all of them. */
const DIGITS = 5

/** The columns that gained most, with bars by their share of all gain. */
export function importanceText({ importance }: ModelInspect, terminal: Terminal): string {
  if (importance === null) return ''
  const used = importance.filter(({ split }) => split > 0)
  const greatest = Math.max(...used.map(({ gain }) => gain), 0)
  const total = used.reduce((sum, { gain }) => sum + gain, 0)
  const table = renderTable(
    used.slice(0, MOST_ROWS),
    [
      { name: 'column', cell: ({ column }) => column, cut: { min: 16, where: 'middle' } },
      { name: 'gain', cell: ({ gain }) => String(Number(gain.toPrecision(DIGITS))), align: 'right' },
      { name: 'share', cell: ({ gain }) => `${((100 * gain) / total).toFixed(1)} %`, align: 'right' },
      { name: 'splits', cell: ({ split }) => split, align: 'right' },
      { name: '', cell: ({ gain }) => '█'.repeat(Math.round((BAR * gain) / greatest)) },
    ],
    terminal,
  )
  const left = used.length - MOST_ROWS
  const unused = importance.length - used.length
  const more = left > 0 ? `in --json ${counted(left)} more\n` : ''
  return `${table}${more}${unused > 0 ? `without a split: ${counted(unused)}\n` : ''}`
}

const counted = (n: number) => `${n} ${n === 1 ? 'column' : 'columns'}`
