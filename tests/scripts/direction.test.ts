import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scratchDir } from '@taskclf/test-kit'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const CONFIG = join(root, '.dependency-cruiser.cjs')
const RULES = (createRequire(import.meta.url)(CONFIG) as { forbidden: { name: string }[] }).forbidden
const NAMES = RULES.flatMap(({ name }) => name.match(/^direction-(.*)/)?.[1] ?? [])

/** Imports that break a rule: which, in which file, and what it imports. */
const PLANTED: readonly [rule: string, file: string, imported: string][] = [
  // Nobody may use the command line, which is furthest left.
  ...NAMES.map((name): [string, string, string] => [
    `direction-${name}`,
    `packages/${name}/src/leftward.ts`,
    '../../cli/src/index.js',
  ]),
  ['direction-active-pointer', 'packages/active-pointer/src/sideways.ts', '@taskclf/selection-policy'],
  ['no-circular', 'packages/runs/src/circle-back.ts', './circle.js'],
  ['no-foreign-src', 'packages/registry/src/reach.ts', '../../promotion/src/deep.js'],
  ['no-own-index', 'packages/registry/src/table.ts', './index.js'],
  ['pure-selection', 'packages/selection-policy/src/clock.ts', 'node:os'],
  ['format-without-node', 'packages/registry-core/src/format/node.ts', 'node:crypto'],
  ['format-without-node', 'packages/active-pointer/src/format/bare-name.ts', 'fs'],
  ['format-without-npm', 'packages/registry-core/src/format/npm.ts', 'left-pad'],
  ['format-without-files', 'packages/registry-core/src/format/other-half.ts', '../local/read.js'],
  ['format-without-files', 'packages/registry-core/src/format/type-of-files.ts', '@taskclf/durable-fs'],
  ['format-without-their-files', 'packages/active-pointer/src/format/a-value.ts', '@taskclf/registry-core'],
  ['pure-lightgbm', 'packages/lightgbm/src/files.ts', 'node:fs'],
  ['pure-trees', 'packages/trees/src/files.ts', 'node:fs'],
  ['pure-report', 'packages/report/src/files.ts', 'node:fs'],
  ['report-takes-documents-as-types', 'packages/report/src/schema.ts', '@taskclf/documents'],
  ['test-kit-stands-alone', 'internal/test-kit/src/uses.ts', '@taskclf/errors'],
  ['conformance-imports-types', 'internal/conformance/src/value.ts', '@taskclf/errors'],
  ['not-to-unresolvable', 'packages/errors/src/nowhere.ts', './gone.js'],
]

/** Imports that look much the same, and are as they should be. */
const SOUND: readonly [file: string, imported: string][] = [
  ['packages/registry-core/src/format/errors.ts', '@taskclf/errors'],
  ['packages/registry-core/src/format/schema.ts', 'zod'],
  ['packages/registry-core/src/format/refuse.ts', '../errors.js'],
  ['internal/conformance/src/type-of-it.ts', '@taskclf/registry-core'],
  ['packages/registry-core/src/local/files.ts', 'node:fs'],
  ['packages/registry-core/src/local/both.ts', '../format/schema.js'],
  ['packages/active-pointer/src/format/another.ts', '@taskclf/registry-core/format'],
  ['packages/active-pointer/src/format/type-of-it.ts', '@taskclf/registry-core'],
]

let violations: string[]

beforeAll(() => {
  const tree = scratchDir(undefined, afterAll)
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(tree, file)), { recursive: true })
    writeFileSync(join(tree, file), text)
  }
  for (const name of [...NAMES, 'cli']) write(`packages/${name}/src/index.ts`, 'export const a = 1\n')
  write('packages/registry-core/src/format.ts', 'export const a = 1\n')
  write('packages/registry-core/src/local/read.ts', 'export const a = 1\n')
  write('packages/promotion/src/deep.ts', 'export const a = 1\n')
  for (const name of ['zod', 'left-pad']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'export const a = 1\n')
  }
  write('package.json', JSON.stringify({ dependencies: { zod: '*', 'left-pad': '*' } }))
  const paths = {
    '@taskclf/registry-core/format': ['./packages/registry-core/src/format.ts'],
    '@taskclf/*': ['./packages/*/src/index.ts'],
  }
  write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'NodeNext', paths } }))
  write('packages/registry-core/src/errors.ts', 'export const a = 1\n')
  write('packages/runs/src/circle.ts', "export { a } from './circle-back.js'\n")
  for (const [file, imported] of [...PLANTED.map(([, ...planted]) => planted), ...SOUND])
    write(
      file,
      `${file.includes('/type-') ? 'import type' : 'import'} { a } from '${imported}'\nexport { a }\n`,
    )
  violations = cruise(tree)
})

function cruise(tree: string): string[] {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const asked = ['--config', CONFIG, '--output-type', 'json', 'packages', 'internal']
  const said = execFileSync(process.execPath, [program, ...asked], { cwd: tree, maxBuffer: 1 << 26 })
  const { summary } = JSON.parse(said.toString()) as {
    summary: { violations: { from: string; rule: { name: string } }[] }
  }
  return summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`)
}

it.each(PLANTED)('notices, by %s, that %s imports %s', (rule, file) => {
  expect(violations).toContain(`${rule}: ${file}`)
})

it.each(SOUND)('passes over %s that imports %s', (file) => {
  expect(violations.filter((violation) => violation.endsWith(`: ${file}`))).toEqual([])
})

it('has every rule broken by something', () => {
  const broken = new Set(PLANTED.map(([rule]) => rule))
  expect(RULES.map(({ name }) => name).filter((name) => !broken.has(name))).toEqual([])
})
