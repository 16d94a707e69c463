import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DATASET_ERROR_CODES } from '@taskclf/dataset'
import { demoDir, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const packageDir = fileURLToPath(new URL('..', import.meta.url))

it('runs as the README shows it', async () => {
  const dir = scratchDir()
  copyFileSync(join(demoDir, 'windows.csv'), join(dir, 'windows.csv'))
  const [result] = await runReadmeExample(packageDir, dir)
  expect(result).toMatchObject({ code: 0, stderr: '' })
  expect(result?.stdout).toMatch(/^\d+ rows read\n$/)
  const lines = readFileSync(join(dir, 'busy.csv'), 'utf8').trimEnd().split('\n')
  expect(lines[0]).toBe('window_start,label,keys_per_min')
  expect(lines.length).toBeGreaterThan(10)
  for (const line of lines.slice(1)) expect(Number(line.split(',')[2])).toBeGreaterThan(100)
  expect(readdirSync(dir).sort()).toEqual(['busy.csv', 'windows.csv'])
})

it('names every error code', () => {
  const readme = readFileSync(join(packageDir, 'README.md'), 'utf8')
  for (const code of DATASET_ERROR_CODES) expect(readme).toContain(`\`${code}\``)
})
