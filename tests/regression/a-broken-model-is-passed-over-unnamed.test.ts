import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('names in check-retrain the newest model, which nobody can read', async () => {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'old', { metadata: { created_at: '2020-01-01T00:00:00Z' } })
  writeFileSync(join(writeBundle(join(dir, 'models'), 'torn'), 'metrics.json'), '{')
  const { stdout } = await runCli(['train', 'check-retrain', '--json'], { cwd: dir })
  const { invalid, notes } = JSON.parse(stdout)
  expect(invalid).toEqual(['torn'])
  expect(notes).toContainEqual(expect.objectContaining({ level: 'warning', code: 'invalid_bundles' }))
})
