import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it.each(['why', 'verify', 'inspect'])('does not take lost+found for a model: model %s', async (verb) => {
  const dir = scratchDir()
  const models = join(dir, 'models')
  writeBundle(models, 'run-a')
  mkdirSync(join(models, 'lost+found'))
  const { code, stdout } = await runCli(['model', verb, 'lost+found', '--json'], { cwd: dir })
  expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'unknown_model'])
})

it.each([
  ['a\\b', ['model', 'inspect']],
  ['Active.json', ['model', 'verify']],
  ['channel-eu.json', ['model', 'set-active', '--model-id']],
])('gives %s the code of the scan in every command', async (name, command) => {
  const dir = scratchDir()
  const models = join(dir, 'models')
  writeBundle(models, 'run-a')
  writeBundle(models, name)
  const listed = await runCli(['model', 'select', '--json'], { cwd: dir })
  const { excluded } = JSON.parse(listed.stdout).report
  expect(excluded).toMatchObject([{ model_id: name, code: 'unusable_name' }])
  const { stdout } = await runCli([...command, name, '--json'], { cwd: dir })
  expect(JSON.parse(stdout).error.code).toBe('unusable_name')
})
