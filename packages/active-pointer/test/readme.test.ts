import { fileURLToPath } from 'node:url'
import { copyDemoModels, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('runs the README example as written', async () => {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  const [run] = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), cwd)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run?.stdout).toContain('revision 2: 2026-03-02_031009_run-8935')
  expect(run?.stdout).toContain('3 rollback 2026-02-16_031012_run-2286 visible')
})
