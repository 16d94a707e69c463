// `npm run findings` runs long and on occasion; that its table is whole, and names what there is, is held here.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DEFECTS } from '../../scripts/defects.mjs'
import { isTheReason } from '../../scripts/findings/judge-row.mjs'
import { FINDINGS } from '../../scripts/findings-table.mjs'
import { ROOT } from '../docs/code-blocks.js'

const numbered = (letter: string, last: number) => Array.from({ length: last }, (_, i) => `${letter}${i + 1}`)

it('has every row once', () => {
  expect(FINDINGS.map(({ id }) => id)).toEqual([
    ...numbered('A', 21),
    ...numbered('B', 9),
    ...numbered('C', 14),
  ])
})

describe.each(FINDINGS)(
  'row $id',
  ({ tests = [], defects = [], pages = [], later, open, with: others = [] }) => {
    it('is held by something, or open', () => {
      const holding = tests.length + defects.length + pages.length + (later === undefined ? 0 : 1)
      expect(holding > 0).toBe(open === undefined)
    })

    it('names tests, defects and words that are there', () => {
      const known = DEFECTS.map(([name]) => name)
      for (const name of defects) expect(known).toContain(name)
      for (const { file, says } of pages) expect(textOf(file)).toContain(says)
      for (const file of others) expect(existsSync(join(ROOT, file)), file).toBe(true)
      for (const { file, name } of tests) expect(namesIn(textOf(file)), file).toContain(name ?? '')
    })
  },
)

it('distinguishes a failure for the reason from one for lack of what was not there yet', () => {
  expect(isTheReason("AssertionError: expected 'b' to be 'a'")).toBe(true)
  expect(isTheReason('PromotionError: the candidate cannot be read')).toBe(true)
  expect(isTheReason('TypeError: lookAtActive is not a function')).toBe(false)
  expect(isTheReason("Error: Cannot find module './new.js'")).toBe(false)
  expect(isTheReason("AssertionError: expected 'Unknown argument: checks' to be ''")).toBe(false)
  expect(isTheReason("TypeError: x.at is not a function: 'b'", "'b'")).toBe(true)
  expect(isTheReason("AssertionError: expected 'b' to be 'a'", "'c'")).toBe(false)
})

function textOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
}

/** A name in a describe block is told by its own part: full names are `describe it`. */
const namesIn = (text: string) => text.replace(/\s+/g, ' ')
