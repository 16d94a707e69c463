import type { Report } from '@taskclf/documents'
import type { Limits } from './limits.js'
import { clip } from './words.js'

const FIXED = ['Rank', '', 'Created (UTC)']

/** The heads of the table of models for screens on which its rows are lists: before every cell. */
export function labelStyle({ metrics }: Report, limits: Limits): string {
  const heads = [...FIXED, ...metrics.slice(0, limits.metrics).map(({ name }) => clip(name, 60)), 'Standing']
  const rules = heads.flatMap((head, i) =>
    head === '' ? [] : [`.models td:nth-child(${i + 1})::before{content:${cssString(head)}}`],
  )
  return `@media (max-width:40rem){${rules.join('')}}`
}

/** A text in CSS: whatever is not a letter or a digit by its number, so that no text ends the string, or the style. */
function cssString(text: string): string {
  const chars = [...text].map((char) => {
    const isPlain = /[a-zA-Z0-9]/.test(char)
    return isPlain
      ? char
      : `\\${(HIDDEN.test(char) ? REPLACEMENT : (char.codePointAt(0) ?? 0)).toString(16)} `
  })
  return `"${chars.join('')}"`
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u
const REPLACEMENT = 0xfffd
