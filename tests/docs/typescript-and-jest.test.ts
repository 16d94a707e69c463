// docs/guides/typescript-and-jest.md, with the packages as npm installs them: Jest decides by paths below node_modules.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { blocksOf, isRunnable, ROOT } from './code-blocks.js'
import { readersFolder } from './readers-folder.js'
import { runBlock } from './run-block.js'

const TOOLS = { typescript: 'bin/tsc', jest: 'bin/jest.js', vitest: 'vitest.mjs' }

it('runs typescript-and-jest.md as written', async () => {
  const cwd = readersFolder('examples/churn')
  install(cwd)
  const blocks = blocksOf('docs/guides/typescript-and-jest.md')
  expect(blocks.filter(isRunnable).length).toBeGreaterThan(5)
  for (const block of blocks) {
    if (block.file !== undefined) writeFileSync(join(cwd, block.file), block.text)
    else if (isRunnable(block)) await runBlock(block, cwd)
  }
}, 120_000)

it.each([
  ['finds the types as bundlers do', 'service.ts', ['esnext', 'bundler'], undefined],
  ['finds the types as Node 16 did', 'service.mts', ['node16', 'node16'], undefined],
  [
    'does not find the types as Node 10 did',
    'service.ts',
    ['esnext', 'node10', '--ignoreDeprecations', '6.0'],
    'TS2307',
  ],
  ['accepts imports in CommonJS under nodenext', 'common.cts', ['nodenext', 'nodenext'], undefined],
  ['refuses imports in CommonJS under node16', 'common.cts', ['node16', 'node16'], 'TS1479'],
])('%s', (_, file, [module = '', resolution = '', ...rest], code) => {
  const cwd = readersFolder('examples/churn')
  install(cwd)
  const service =
    blocksOf('docs/guides/typescript-and-jest.md').find((block) => block.file === 'service.ts')?.text ?? ''
  const text =
    file === 'common.cts' ? "import { openRegistry } from '@taskclf/registry'\nvoid openRegistry\n" : service
  writeFileSync(join(cwd, file), text)
  const flags = ['--noEmit', '--strict', '--target', 'es2022', '--types', 'node', '--module', module]
  const args = [
    join(cwd, 'node_modules/typescript/bin/tsc'),
    ...flags,
    '--moduleResolution',
    resolution,
    ...rest,
    file,
  ]
  const { stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  expect(/TS\d+/.exec(stdout)?.[0], stdout).toBe(code)
})

/** Copies in place of links to the sources, what they depend on, and an npx that finds the tools. */
function install(cwd: string): void {
  const modules = join(cwd, 'node_modules')
  rmSync(join(modules, '@taskclf'), { recursive: true })
  for (const name of readdirSync(join(ROOT, 'packages'))) {
    const from = join(ROOT, 'packages', name)
    const { dependencies = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'))
    if (name === 'cli' || !readdirSync(from).includes('dist')) continue
    for (const part of ['package.json', 'dist'])
      cpSync(join(from, part), join(modules, '@taskclf', name, part), { recursive: true })
    for (const other of Object.keys(dependencies).filter((each) => !each.startsWith('@taskclf/')))
      link(join(from, 'node_modules', other), join(modules, other))
  }
  for (const name of [...Object.keys(TOOLS), 'esbuild', '@types'])
    link(join(ROOT, 'node_modules', name), join(modules, name))
  const cases = Object.entries({ ...TOOLS, tsc: TOOLS.typescript }).map(
    ([name, bin]) =>
      `${name}) shift; exec "${process.execPath}" "${join(modules, name === 'tsc' ? 'typescript' : name, bin)}" "$@";;`,
  )
  writeFileSync(join(cwd, 'bin/npx'), `#!/bin/sh\ncase $1 in ${cases.join(' ')} esac\nexit 9\n`)
  chmodSync(join(cwd, 'bin/npx'), 0o755)
}

function link(from: string, to: string): void {
  mkdirSync(join(to, '..'), { recursive: true })
  rmSync(to, { force: true })
  symlinkSync(from, to)
}
