import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, demoDir, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('runs the example of the README', async () => {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  cpSync(join(demoDir, 'feature-schema.json'), join(cwd, 'feature-schema.json'))
  const packageDir = fileURLToPath(new URL('..', import.meta.url))
  const [result] = await runReadmeExample(packageDir, cwd)
  expect(result).toMatchObject({ code: 0, stderr: '' })
  const lines = result?.stdout.trim().split('\n') ?? []
  expect(lines[0]).toBe('best: 2026-03-02_031009_run-8935')
  expect(lines.at(-1)).toBe('true better 0.02')
  expect(lines).toHaveLength(6)
  const report = JSON.parse(readFileSync(join(cwd, 'selection-report.json'), 'utf8'))
  expect(report).toMatchObject({ version: 1, best: '2026-03-02_031009_run-8935' })
})
