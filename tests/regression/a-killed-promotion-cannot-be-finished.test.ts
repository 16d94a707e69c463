import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('finishes a promotion that was killed between publishing and switching by running it again', async () => {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-0', { metrics: { macro_f1: 0.8 } })
  await runCli(['model', 'set-active', '--model-id', 'run-0'], { cwd: dir })
  const metadata = { model_id: 'run-1' }
  const candidate = writeBundle(dir, 'candidate', { metadata, metrics: { macro_f1: 0.9 } })
  const promote = () => runCli(['train', 'promote', candidate, '--json'], { cwd: dir })
  expect((await promote()).code).toBe(0)
  // As the kill would have left it: the bundle is there, the switch was never made.
  for (const file of ['active.json', 'active_history.jsonl']) rmSync(join(dir, 'models', file))
  await runCli(['model', 'set-active', '--model-id', 'run-0'], { cwd: dir })
  const { code, stdout } = await promote()
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'promoted', active_model_id: 'run-1' })
  expect(readFileSync(join(dir, 'models', 'active.json'), 'utf8')).toContain('run-1')
})
