import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PREDICTOR_ERROR_CODES } from '@taskclf/predictor'
import { copyDemoModels, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const packageDir = fileURLToPath(new URL('..', import.meta.url))

it('runs as the README shows it', async () => {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  const [run] = await runReadmeExample(packageDir, cwd)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  const readme = readFileSync(join(packageDir, 'README.md'), 'utf8')
  expect(readme).toContain(`It prints \`${run?.stdout.trim()}\``)
})

it('names every error code', () => {
  const readme = readFileSync(join(packageDir, 'README.md'), 'utf8')
  for (const code of PREDICTOR_ERROR_CODES) expect(readme).toContain(`\`${code}\``)
})
