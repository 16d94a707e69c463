import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPredictor } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { fixturePath, runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const MODEL = readFileSync(fixturePath('pandas', 'texts.model.txt'), 'utf8')
const ROWS = ['Pro', 'basic', 'PRO', '', 'Pro'].map((plan) => ({ charge: 60, plan }))

function bundleIn(dir: string, files: Record<string, string> = {}): string {
  return writeBundle(join(dir, 'models'), 'run-1', { model: MODEL, files })
}

it('counts in a batch the rows with categories that the model does not know', async () => {
  const dir = scratchDir()
  bundleIn(dir)
  writeFileSync(
    join(dir, 'rows.csv'),
    ['charge,plan', ...ROWS.map((row) => `${row.charge},${row.plan}`), ''].join('\n'),
  )
  const args = ['infer', 'batch', '--input', 'rows.csv', '--output', 'out.csv', '--json']
  const data = JSON.parse((await runCli(args, { cwd: dir })).stdout)
  expect(data.unknown_categories).toEqual([{ column: 'plan', rows: 3, examples: ['Pro', 'PRO'] }])
  expect(data.notes).toContainEqual(expect.objectContaining({ level: 'warning', code: 'categories_unknown' }))
})

it('names the columns in each answer, unless the vocabulary has a code for what is unknown', async () => {
  const encoders = JSON.stringify({ plan: ['basic', 'family', 'pro', 'student', '__unknown__'] })
  const found = async (files: Record<string, string>) => {
    const bundle = await readBundle(bundleIn(scratchDir(), files))
    if (bundle.status !== 'valid') throw new Error('not valid')
    const answers = await (await loadPredictor(bundle)).predict(ROWS)
    return answers.map(({ unknownCategories }) => unknownCategories)
  }
  expect(await found({})).toEqual([['plan'], undefined, ['plan'], undefined, ['plan']])
  expect(await found({ 'categorical_encoders.json': encoders })).toEqual(ROWS.map(() => undefined))
})

it('names them in each line that is answered online', async () => {
  const dir = scratchDir()
  bundleIn(dir)
  const input = ROWS.map((row) => `${JSON.stringify(row)}\n`).join('')
  const { stdout } = await runCli(['infer', 'online'], { cwd: dir, input })
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).unknown_categories)
  expect(answers).toEqual([['plan'], undefined, ['plan'], undefined, ['plan']])
})

it('names of several model files the one that was loaded', async () => {
  const bundle = await readBundle(bundleIn(scratchDir(), { 'model.onnx': 'onnx' }))
  if (bundle.status !== 'valid') throw new Error('not valid')
  const { notes } = await loadPredictor(bundle)
  expect(notes).toContainEqual(expect.objectContaining({ code: 'artifact_chosen' }))
})
