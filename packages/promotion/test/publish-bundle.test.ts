import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { publishBundle } from '@taskclf/promotion'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('publishes under the name of the directory, at the time that the clock says', async () => {
  const dir = scratchDir()
  mkdirSync(join(dir, 'models'))
  const candidateDir = writeBundle(join(dir, 'candidates'), 'run-1')
  const { modelId, path } = await publishBundle({ candidateDir, modelsDir: join(dir, 'models') })
  expect([modelId, path]).toEqual(['run-1', join(dir, 'models/run-1')])
})
