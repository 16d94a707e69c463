import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('runs the README example as written', async () => {
  const cwd = scratchDir()
  const [run] = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), cwd)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run?.stdout).toContain('"state": 1')
  expect(existsSync(join(cwd, 'log.jsonl'))).toBe(true)
})
