// One base of errors, one table of codes for each kind, and a heading on the page of errors for every code.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CodeTable, TaskclfError } from '@taskclf/errors'
import { FLAGS_ERRORS } from '@taskclf/flags'
import { SETTINGS_ERRORS } from '@taskclf/settings'
import { describe, expect, it } from 'vitest'
import { CLI_ERRORS } from '../../packages/cli/src/error-table.js'
import { ERROR_EXITS } from '../../packages/cli/src/render/error-exits.js'
import { ROOT } from '../docs/code-blocks.js'

type Exports = Record<string, unknown>

/** They throw nothing of their own; of the command line, its flags and its settings only the tables are taken. */
const WITHOUT = ['cli', 'errors', 'documents', 'flags', 'report', 'settings', 'terminal', 'trees']
const libraries = readdirSync(join(ROOT, 'packages')).filter((name) => !WITHOUT.includes(name))
const exportsOf = (name: string): Promise<Exports> => import(join(ROOT, 'packages', name, 'src/index.ts'))
const named = (exported: Exports, end: RegExp) => Object.entries(exported).filter(([key]) => end.test(key))
const TABLE = /_(ERRORS|PROBLEMS|WARNINGS|FAILURES|ANSWERS)$/
const HEADINGS = readFileSync(join(ROOT, 'docs/reference/errors.md'), 'utf8')
  .split('\n')
  .flatMap((line) => /^## (.*)/.exec(line)?.[1] ?? [])

describe.each(libraries)('%s', (name) => {
  it('derives every error that it exports from the one base', async () => {
    const classes = Object.values(await exportsOf(name)).filter(
      (value) => typeof value === 'function' && value.prototype instanceof Error,
    )
    // selection-policy answers, and throws nothing of its own.
    expect(classes.length > 0).toBe(name !== 'selection-policy')
    for (const each of classes) expect((each as typeof Error).prototype).toBeInstanceOf(TaskclfError)
  })

  it('exports a table for each kind of code, and lists of codes that are made of tables', async () => {
    const exported = await exportsOf(name)
    const tables = named(exported, TABLE).map(([, table]) => Object.keys(table as CodeTable))
    expect(tables.length).toBeGreaterThan(0)
    for (const [, codes] of named(exported, /_ERROR_CODES$/)) expect(tables).toContainEqual(codes)
    for (const [, codes] of named(exported, /_CODES$/))
      expect(tables.flat()).toEqual(expect.arrayContaining(codes as string[]))
  })

  it('has a text, a hint and a heading for every code', async () => {
    for (const [, table] of named(await exportsOf(name), TABLE)) expectTold(table as CodeTable)
  })

  it('spells out no code in a type without a heading', () => {
    const report = readFileSync(join(ROOT, 'packages', name, 'api/index.api.md'), 'utf8')
    const types = report.split('\n').filter((line) => /^export type \w+Code = /.test(line))
    for (const type of types)
      for (const [, code] of type.matchAll(/'(\w+)'/g)) expect(HEADINGS, name).toContain(code)
  })
})

it('has a text, a hint and a heading for every code of the command line', () => {
  expectTold(CLI_ERRORS)
  expectTold(FLAGS_ERRORS)
  expectTold(SETTINGS_ERRORS)
})

it('has an exit code for every error, but those of model readers, which the command line meets wrapped', async () => {
  const tables = await Promise.all(
    libraries
      .filter((name) => name !== 'lightgbm' && name !== 'onnx')
      .map(async (name) => named(await exportsOf(name), /_ERRORS$/).map(([, table]) => table as CodeTable)),
  )
  const codes = [CLI_ERRORS, FLAGS_ERRORS, SETTINGS_ERRORS, ...tables.flat()].flatMap((table) =>
    Object.keys(table),
  )
  expect(Object.keys(ERROR_EXITS).sort()).toEqual([...new Set(codes)].sort())
})

/** The text is for the pages: sentences. The hint follows a message: a clause. */
function expectTold(table: CodeTable): void {
  for (const [code, { what, hint }] of Object.entries(table)) {
    expect(HEADINGS).toContain(code)
    expect([code, what]).toEqual([code, expect.stringMatching(/^[^\s].*\.$/)])
    expect([code, hint]).toEqual([code, expect.stringMatching(/^\S.*[^\s.]$/)])
  }
}
