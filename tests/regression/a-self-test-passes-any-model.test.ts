import { join } from 'node:path'
import { loadPredictor, runSelfTest } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

async function selfTest(tolerance: number): Promise<void> {
  const test = JSON.stringify({ version: 1, rows: [{ x: 1 }], expected: [[0.5, 0.5]], tolerance })
  const files = { 'self_test.json': test }
  const bundle = await readBundle(writeBundle(join(scratchDir(), 'models'), 'run-1', { files }))
  if (bundle.status !== 'valid') throw new Error('not valid')
  await runSelfTest(await loadPredictor(bundle), bundle)
}

it('rejects a self-test that nearly any answer passes', async () => {
  await expect(selfTest(0.49999)).rejects.toMatchObject({ code: 'self_test_invalid' })
  await expect(selfTest(0.25)).rejects.toMatchObject({ code: 'self_test_invalid' })
  await expect(selfTest(0.2)).resolves.toBeUndefined()
})
