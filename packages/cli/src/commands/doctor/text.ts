import type { Doctor } from '../../documents/others.js'
import type { Terminal } from '../../io.js'
import { escapeText } from '../../render/escape.js'
import { painter } from '../../render/paint.js'

const MOST_MODELS = 5

/** The findings, worst first, each with what to do. */
export function text({ models_dir, findings }: Doctor, terminal: Terminal): string {
  const paint = painter(terminal)
  const colours = { error: paint.red, warning: paint.yellow, note: paint.dim }
  const blocks = findings.map(({ level, code, message, advice, models = [] }) => {
    const rest = models.length > MOST_MODELS ? ` and ${models.length - MOST_MODELS} more` : ''
    const about =
      models.length < 2 ? '' : `  models: ${models.slice(0, MOST_MODELS).map(escapeText).join(', ')}${rest}\n`
    return `${colours[level](`${level}:`)} ${escapeText(message)} [${code}]\n${about}  ${escapeText(advice)}\n`
  })
  const counts = (['error', 'warning', 'note'] as const).map((level) => {
    const n = findings.filter((finding) => finding.level === level).length
    return `${n} ${level}${n === 1 ? '' : 's'}`
  })
  return `${blocks.join('')}${escapeText(models_dir)}: ${counts.join(', ')}\n`
}
