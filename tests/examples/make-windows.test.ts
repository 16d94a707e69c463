import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readFeatureSchema } from '@taskclf/registry-core'
import { demoDir, runNode, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { MAKE_WINDOWS, makeWindows, SCHEMA } from './example-trainers.js'

const read = async (options: { rows: number; seed: number; noise?: number }) =>
  readFileSync(await makeWindows(join(scratchDir(), 'windows.csv'), options), 'utf8')
const lines = (csv: string) => csv.trimEnd().split('\n')
const labels = (csv: string) =>
  lines(csv)
    .slice(1)
    .map((line) => line.split(',').at(-1))

it('makes the columns and the labels of the demo registry', async () => {
  const csv = await read({ rows: 2000, seed: 1 })
  const demo = readFileSync(join(demoDir, 'windows.csv'), 'utf8')
  expect(lines(csv)[0]).toBe(lines(demo)[0])
  const { columns } = await readFeatureSchema(SCHEMA)
  expect(lines(csv)[0]?.split(',').slice(1, -1)).toEqual(columns.map(([name]) => name))
  expect([...new Set(labels(csv))].sort()).toEqual([...new Set(labels(demo))].sort())
  expect(lines(csv)).toHaveLength(2001)
})

it('makes the same bytes of the same options, and others of another seed', async () => {
  const options = { rows: 50, seed: 3, noise: 0.2 }
  expect(await read(options)).toBe(await read(options))
  expect(await read(options)).not.toBe(await read({ ...options, seed: 4 }))
})

it('changes labels, and nothing but labels, by the share that noise says', async () => {
  const clean = await read({ rows: 4000, seed: 5 })
  const noisy = await read({ rows: 4000, seed: 5, noise: 0.3 })
  const features = (csv: string) => lines(csv).map((line) => line.slice(0, line.lastIndexOf(',')))
  expect(features(noisy)).toEqual(features(clean))
  const before = labels(clean)
  const changed = labels(noisy).filter((label, i) => label !== before[i]).length
  expect(changed / 4000).toBeGreaterThan(0.27)
  expect(changed / 4000).toBeLessThan(0.33)
})

it.each([
  ['no --out', []],
  ['a row count that is none', ['--out', 'x.csv', '--rows', 'many']],
  ['a seed that is none', ['--out', 'x.csv', '--seed', '-1']],
  ['noise above 1', ['--out', 'x.csv', '--noise', '2']],
  ['an option it does not know', ['--out', 'x.csv', '--rowz', '2']],
])('refuses %s as wrong usage', async (_, args) => {
  const { code, stdout, stderr } = await runNode(MAKE_WINDOWS, args, { cwd: scratchDir() })
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('usage:')
})
