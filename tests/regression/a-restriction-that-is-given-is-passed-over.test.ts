import { join } from 'node:path'
import { copyDemoModels, demoDir, runCli, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const FILE = join(demoDir, 'feature-schema.json')

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

// An empty list restricted nothing, and of two schemas one was never looked at: any model was eligible.
it.each<[string[], Record<string, string>]>([
  [['--label-set', ','], {}],
  [[], { TASKCLF_LABEL_SET: ' , ' }],
  [[], { TASKCLF_SCHEMA_HASH: ',' }],
  [['--schema-hash', '8776f20dbb8f', '--feature-schema', FILE], {}],
  [[], { TASKCLF_SCHEMA_HASH: '8776f20dbb8f', TASKCLF_FEATURE_SCHEMA: FILE }],
])('refuses what names nothing, or two things: %j %j', async (flags, env) => {
  const { code, stdout } = await runCli(['model', 'select', ...flags, '--json'], { cwd: demo(), env })
  expect([code, JSON.parse(stdout).error.code]).toEqual([2, 'usage'])
})

it('takes an empty variable for one that is not set', async () => {
  const env = { TASKCLF_LABEL_SET: '', TASKCLF_SCHEMA_HASH: '' }
  const { code } = await runCli(['train', 'list', '--json'], { cwd: demo(), env })
  expect(code).toBe(0)
})
