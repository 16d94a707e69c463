import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPredictor } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { runCli, scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const ROWS = 64

async function notesOf(cell: (i: number) => string): Promise<string[]> {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1', { model: TINY_MODEL })
  const lines = Array.from({ length: ROWS }, (_, i) => `${cell(i)},${i}`)
  writeFileSync(join(dir, 'rows.csv'), `x,id\n${lines.join('\n')}\n`)
  const args = ['infer', 'batch', '--input', 'rows.csv', '--output', 'out.csv', '--json']
  const { code, stdout } = await runCli(args, { cwd: dir })
  expect(code).toBe(0)
  return JSON.parse(stdout).notes.map((note: { level: string; code: string }) => `${note.level} ${note.code}`)
}

it('warns of rows that differ and all get one and the same probabilities', async () => {
  expect(await notesOf((i) => String(i))).toContain('warning constant_output')
  expect(await notesOf(() => '7')).not.toContain('warning constant_output')
})

it('warns of a column that has no value in any row', async () => {
  expect(await notesOf(() => '')).toContain('warning column_empty')
})

it('names a column that a program gives for no row in an error', async () => {
  const bundle = await readBundle(writeBundle(join(scratchDir(), 'models'), 'run-1'))
  if (bundle.status !== 'valid') throw new Error('not valid')
  const predictor = await loadPredictor(bundle)
  const mapped = Array.from({ length: ROWS }, (_, i) => ({ x: undefined, id: i }))
  const error = await predictor.predict(mapped).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'missing_columns', columns: ['x'] })
})
