import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'

function verify(models: string, ...more: string[]): { status: number | null; stdout: string } {
  return spawnSync(process.execPath, [BIN, 'model', 'verify', '--models-dir', models, ...more], {
    encoding: 'utf8',
  })
}

it('does not report a model without a manifest as ok', () => {
  const models = copyDemoModels(scratchDir())
  const { status, stdout } = verify(models, BEST)
  expect(stdout).not.toMatch(/\bok\b/)
  expect(stdout).toContain('unverified')
  expect(status).toBe(0)
})

it('does not report a directory whose name is not UTF-8 as removed', () => {
  const models = copyDemoModels(scratchDir())
  mkdirSync(Buffer.concat([Buffer.from(`${join(models, 'run-')}`), Buffer.from([0xff])]))
  const { status, stdout } = verify(models)
  expect(stdout).not.toContain('vanished')
  expect(stdout).toContain('unusable_name')
  expect(status).toBe(1)
})
