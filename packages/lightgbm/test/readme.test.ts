import { fileURLToPath } from 'node:url'
import { copyDemoModels, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('runs the README’s example', async () => {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  const [run] = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), cwd)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  const lines = run?.stdout.trim().split('\n') ?? []
  expect(lines).toHaveLength(4)
  expect(lines[0]).toBe('208 trees, 16 features, multiclass')
  expect(lines[1]).toMatch(/^(0\.\d{3} ?){8}$/)
  expect(lines.slice(2)).toEqual(['true', 'truncated 4 Tree=0'])
})
