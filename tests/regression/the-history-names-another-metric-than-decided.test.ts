import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** Two models, the better by auc being the worse by macro F1. */
function scene() {
  const dir = scratchDir()
  const models = join(dir, 'models')
  const rank_by = [{ metric: 'auc', order: 'desc' }]
  writeFileSync(
    join(dir, 'policy.json'),
    JSON.stringify({ version: 1, gates: [], rank_by, regression_tolerance: 0 }),
  )
  writeBundle(models, 'run-1', { metrics: { auc: 0.9, macro_f1: 0.1, weighted_f1: 0.2 } })
  writeBundle(models, 'run-2', { metrics: { auc: 0.8, macro_f1: 0.9, weighted_f1: 0.9 } })
  const reason = () => JSON.parse(readFileSync(join(models, 'active.json'), 'utf8')).reason
  const run = (...args: string[]) => runCli([...args, '--policy', 'policy.json'], { cwd: dir })
  return { dir, run, reason }
}

it('says in the pointer which metric decided, and by what figure', async () => {
  const { dir, run, reason } = scene()
  const figures = { metric: 'auc', auc: 0.9, macro_f1: 0.1, weighted_f1: 0.2 }
  await run('model', 'select', '--activate')
  expect(reason()).toEqual(figures)
  await run('model', 'set-active', '--model-id', 'run-1')
  expect(reason()).toMatchObject(figures)
  const candidate = {
    metadata: { model_id: 'run-3' },
    metrics: { auc: 0.95, macro_f1: 0.3, weighted_f1: 0.4 },
  }
  writeBundle(dir, 'candidate', candidate)
  await run('train', 'promote', 'candidate')
  expect(reason()).toEqual({ metric: 'auc', auc: 0.95, macro_f1: 0.3, weighted_f1: 0.4 })
})

it('distinguishes in the history a selection that was requested from a promotion', async () => {
  const { run } = scene()
  await run('model', 'select', '--activate')
  const { stdout } = await run('model', 'history')
  expect(stdout).toContain('select')
  expect(JSON.parse((await run('model', 'history', '--json')).stdout).entries).toMatchObject([
    { kind: 'select', source: 'promotion' },
  ])
})
