// The README's paths with the built packages; tests/published walks the first with the published ones.
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixturePath } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { blocksOf } from './code-blocks.js'
import { readersFolder } from './readers-folder.js'
import { typeConsole, typeLines } from './type-console.js'

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

it('shows what its commands and its first program print', async () => {
  const shown = BLOCKS.filter(({ language }) => language === 'console')
  expect(shown).toHaveLength(2)
  for (const block of shown) {
    const cwd = readersFolder('examples/churn')
    writeFileSync(join(cwd, 'first-model.mjs'), PROGRAM)
    await typeConsole(block, cwd)
  }
})

it('leads a model of a reader from three files to its predictions', async () => {
  const cwd = readersFolder()
  const model = fixturePath('lightgbm', 'breast-cancer-binary-gbdt')
  const json = (name: string) => JSON.parse(readFileSync(join(model, name), 'utf8'))
  const { feature_names: columns, prediction } = json('expected.json')
  const rows: (number | null)[][] = json('rows.json')
  cpSync(join(model, 'model.txt'), join(cwd, 'model.txt'))
  writeFileSync(join(cwd, 'rows.csv'), [columns, ...rows].map((row) => row.join(',')).join('\n'))
  const { code, stderr } = await typeLines(
    BLOCKS.find(({ text }) => text.startsWith('mkdir'))?.text ?? '',
    cwd,
  )
  expect(code, stderr).toBe(0)
  const [header = '', ...answers] = readFileSync(join(cwd, 'predictions.csv'), 'utf8').trim().split('\n')
  const leaves = header.split(',').indexOf('prob_leaves')
  expect(answers).toHaveLength(rows.length)
  for (const [i, answer] of answers.entries())
    expect(Number(answer.split(',')[leaves])).toBeCloseTo(prediction[i], 14)
})
