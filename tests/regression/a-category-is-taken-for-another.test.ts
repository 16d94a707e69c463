import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPredictor } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { fixturePath, runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const read = (file: string) => readFileSync(fixturePath('pandas', file), 'utf8')
const PLANS = ['basic', 'family', 'pro', 'student']

/** A bundle of a model that LightGBM trained on pandas columns, with these vocabularies. */
function bundleOf(name: string, encoders?: Record<string, string[]>): string {
  const files = encoders && { files: { 'categorical_encoders.json': JSON.stringify(encoders) } }
  return writeBundle(join(scratchDir(), 'models'), 'run-1', { model: read(`${name}.model.txt`), ...files })
}

async function predictorOf(path: string) {
  const bundle = await readBundle(path)
  if (bundle.status !== 'valid') throw new Error('not valid')
  return loadPredictor(bundle)
}

it.each([
  ['another order', { plan: [...PLANS].reverse() }],
  ['__unknown__ first, which shifts every code by one', { plan: ['__unknown__', ...PLANS] }],
  ['a text too few', { plan: PLANS.slice(0, 3) }],
  ['no text at all', { plan: [] }],
  ['a misspelt column', { plann: PLANS }],
])('refuses a vocabulary with %s, and does not serve it with other codes', async (_, encoders) => {
  const path = bundleOf('texts', encoders)
  await expect(predictorOf(path)).rejects.toMatchObject({ code: 'encoders_invalid' })
  const dir = scratchDir()
  mkdirSync(join(dir, 'models'))
  const { code, stdout } = await runCli(['train', 'promote', path, '--json'], { cwd: dir })
  expect(JSON.parse(stdout).rejection).toMatchObject({ code: 'load_failed' })
  expect(code).toBe(1)
})

it.each(['integers', 'floats', 'booleans', 'texts'])(
  'reads %s without vocabularies as the categories of the model, not its codes',
  async (name) => {
    const { rows, expected } = JSON.parse(read(`${name}.json`))
    const answers = await (await predictorOf(bundleOf(name))).predict(rows)
    for (const [r, { probabilities }] of answers.entries())
      expect(probabilities?.[1]).toBeCloseTo(expected[r], 9)
  },
)

it('says that a batch got the categories from the model', async () => {
  const models = join(bundleOf('integers'), '..')
  const rows = join(models, '..', 'rows.csv')
  writeFileSync(rows, 'region,charge\n10.0,20\n40,60\n')
  const args = [
    'infer',
    'batch',
    '--models-dir',
    models,
    '--input',
    rows,
    '--output',
    `${rows}.out.csv`,
    '--json',
  ]
  const { code, stdout } = await runCli(args)
  expect(code).toBe(0)
  expect(JSON.parse(stdout).notes).toContainEqual(
    expect.objectContaining({ level: 'note', code: 'categories_from_model' }),
  )
})
