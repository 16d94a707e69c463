import { spawnSync } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'
const OTHER = '2026-02-16_031012_run-2286'
const SCHEMA = ['--feature-schema', join(demoDir, 'feature-schema.json')]

function taskclf(models: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args, '--models-dir', models], {
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

it('does not report a candidate in a hidden directory of the models dir as promoted', () => {
  const models = copyDemoModels(scratchDir())
  renameSync(join(models, BEST), join(models, '.candidate'))
  const { status, said } = taskclf(models, 'train', 'promote', join(models, '.candidate'), ...SCHEMA)
  expect(said).not.toContain('already_promoted')
  expect(status).toBe(0)
})

it.each([
  ['names another model', JSON.stringify({ model_id: OTHER })],
  ['cannot be read', '{'],
])('says in a switch that the inference_policy.json of the Python project %s', (_, text) => {
  const models = copyDemoModels(scratchDir())
  writeFileSync(join(models, 'inference_policy.json'), text)
  const { status, said } = taskclf(models, 'model', 'set-active', '--model-id', BEST)
  expect(said).toContain('inference_policy.json')
  expect(status).toBe(0)
})
