import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('runs the README example as written', async () => {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  const [run] = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), cwd)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  const [promoted, rejected, taken] = run?.stdout.split('\n') ?? []
  expect(promoted).toMatch(/^promoted run-better /)
  expect(rejected).toMatch(/^rejected /)
  expect(taken).toMatch(/^id_taken /)
  expect(existsSync(join(cwd, 'rejected_models', 'run-worse', 'rejection.json'))).toBe(true)
})
