// The README's first path with the built packages; tests/published walks it with the published ones.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { blocksOf } from './code-blocks.js'
import { readersFolder } from './readers-folder.js'
import { runProgram } from './run-program.js'

const BLOCKS = blocksOf('README.md')
const PROGRAM = BLOCKS.find(({ file }) => file === 'first-model.mjs')?.text ?? ''

it('has a first program of at most twenty lines, which installs what it imports', () => {
  const code = PROGRAM.split('\n').filter((line) => line.trim() !== '')
  expect(code.length).toBeLessThanOrEqual(20)
  const imported = [...PROGRAM.matchAll(/from '(@taskclf\/[\w-]+)/g)].map(([, name]) => name)
  const install = BLOCKS.find(({ text }) => text.startsWith('npm i '))?.text ?? ''
  expect(new Set(install.trim().split(' ').slice(2))).toEqual(new Set(imported))
})

it('has the same program in the first guide', () => {
  expect(blocksOf('docs/guides/first-registry.md').map(({ text }) => text)).toContain(PROGRAM)
})

it('shows what that program says', async () => {
  const cwd = readersFolder()
  writeFileSync(join(cwd, 'first-model.mjs'), PROGRAM)
  const shown = BLOCKS.find(({ text }) => text.startsWith('$ node first-model.mjs\n'))?.text ?? ''
  const { code, stdout, stderr } = await runProgram(
    process.execPath,
    ['first-model.mjs'],
    cwd,
    process.env.PATH ?? '',
  )
  expect([code, stderr]).toEqual([0, ''])
  expect(`$ node first-model.mjs\n${stdout}`).toBe(shown)
})
