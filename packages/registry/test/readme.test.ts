import { fileURLToPath } from 'node:url'
import { copyDemoModels, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('runs the examples of the README as written', async () => {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  const [run, tested] = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), cwd)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run?.stdout).toMatch(/^1 \S+$/m)
  expect(run?.stdout).toContain('nothing was active then')
  expect(run?.stdout).toMatch(/serve \S+ from \S+/)
  expect(tested).toMatchObject({ code: 0, stderr: '', stdout: 'old\n' })
})
