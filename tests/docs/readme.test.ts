// The README's programs are the ones that tests/published installs and runs, word for word.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { blocksOf, ROOT } from './code-blocks.js'

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

it('the first program of the README is the one a stranger runs', () => {
  const block = blocksOf('README.md').find(({ file }) => file === 'first-model.mjs')
  expect(block?.text).toBe(read('tests/published/programs/first-model.mjs'))
  const code = (block?.text ?? '').split('\n').filter((line) => line.trim() !== '')
  expect(code.length).toBeLessThanOrEqual(20)
})

it('installs what the test of that path installs', () => {
  const [, list = ''] = /const PACKAGES = \[([^\]]+)\]/.exec(read('tests/published/steps/stranger.mjs')) ?? []
  const packages = [...list.matchAll(/'([\w-]+)'/g)].map(([, name]) => `@taskclf/${name}`)
  expect(packages.length).toBeGreaterThan(3)
  expect(read('README.md')).toContain(`npm i ${packages.join(' ')}`)
})
