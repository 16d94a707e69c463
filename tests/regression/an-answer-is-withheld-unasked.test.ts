import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

async function labelOf(metadata: Record<string, unknown>): Promise<string | undefined> {
  const dir = scratchDir()
  // A probability of 0.523.
  const model = TINY_MODEL.replace('leaf_value=0.25', 'leaf_value=0.09')
  writeBundle(join(dir, 'models'), 'run-1', { model, metadata })
  writeFileSync(join(dir, 'rows.csv'), 'x\n1\n')
  const { code, stderr } = await runCli(['infer', 'batch', '--input', 'rows.csv', '--output', 'out.csv'], {
    cwd: dir,
  })
  expect(code, stderr).toBe(0)
  return readFileSync(join(dir, 'out.csv'), 'utf8').split('\n')[1]?.split(',')[1]
}

it('rejects nothing in a bundle that states no threshold, or null', async () => {
  expect(await labelOf({})).toBe('Build')
  expect(await labelOf({ reject_threshold: null })).toBe('Build')
  expect(await labelOf({ reject_threshold: 0.55 })).toBe('Mixed/Unknown')
})
