import { fileURLToPath } from 'node:url'
import { copyDemoModels, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('runs the README examples as written', async () => {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  const [run, activated, served] = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), cwd)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run?.stdout).toContain('2026-03-02_031009_run-8935 (selection)')
  expect(run?.stdout).toContain('no_pointer')
  expect(activated).toMatchObject({ code: 0, stderr: '' })
  expect(activated?.stdout).toBe('2026-03-02_031009_run-8935 3 no_incumbent\n2026-03-02_031009_run-8935\n')
  expect(served).toMatchObject({ code: 0, stderr: '' })
  expect(served?.stdout).toContain('2026-03-02_031009_run-8935 [')
})
