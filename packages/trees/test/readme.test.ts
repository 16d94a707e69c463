import { fileURLToPath } from 'node:url'
import { runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('runs the README example, which prints what it says', async () => {
  const [run] = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), scratchDir())
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run?.stdout).toBe('0.25 -0.5\n-0.5\n')
})
