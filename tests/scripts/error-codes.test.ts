// The page of error codes has a heading for every code that any package exports, as a list or as a type.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../docs/code-blocks.js'

const HEADINGS = new Set(
  readFileSync(join(ROOT, 'docs/reference/errors.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('## '))
    .map((line) => line.slice(3)),
)

const libraries = readdirSync(join(ROOT, 'packages')).filter((name) => name !== 'cli')

it.each(libraries)('%s exports no code without a heading', async (name) => {
  const exported: Record<string, unknown> = await import(join(ROOT, 'packages', name, 'src/index.ts'))
  const lists = Object.entries(exported).filter(([key]) => key.endsWith('_CODES'))
  // selection-policy answers and throws nothing of its own.
  expect(lists.length > 0).toBe(name !== 'selection-policy')
  for (const [, codes] of lists) for (const code of codes as string[]) expect(HEADINGS, name).toContain(code)
})

it.each(libraries)('%s spells out no code in a type without a heading', (name) => {
  const report = readFileSync(join(ROOT, 'packages', name, 'api/index.api.md'), 'utf8')
  const types = report.split('\n').filter((line) => /^export type \w+Code = /.test(line))
  expect(types.length).toBeGreaterThan(0)
  for (const type of types)
    for (const [, code] of type.matchAll(/'(\w+)'/g)) expect(HEADINGS, name).toContain(code)
})
