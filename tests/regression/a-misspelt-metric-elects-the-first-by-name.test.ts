import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkRegression, type Policy, selectBest, shouldSwitchActive } from '@taskclf/selection-policy'
import { copyDemoModels, runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BEST = '2026-03-02_031009_run-8935'

/** A registry whose policy names a metric that no bundle has; the first by name is by no means the best. */
function scene() {
  const dir = scratchDir()
  const models = copyDemoModels(dir)
  const rank_by = [{ metric: 'macro_fl', order: 'desc' }]
  writeFileSync(
    join(dir, 'policy.json'),
    JSON.stringify({ version: 1, gates: [], rank_by, regression_tolerance: 0.02 }),
  )
  return { dir, models, policy: { gates: [], rank_by } as unknown as Policy }
}

it('selects nobody, and names the metric that was meant', async () => {
  const { dir } = scene()
  const { code, stdout, stderr } = await runCli(['model', 'select', '--policy', 'policy.json'], { cwd: dir })
  expect(code).toBe(1)
  expect(stdout).not.toMatch(/Eligible: [1-9]/)
  expect(`${stdout}${stderr}`).toContain('macro_f1')
})

it('does not report the policy as valid beside bundles that have nothing of the kind', async () => {
  const { dir } = scene()
  const { code, stdout } = await runCli(['policy', 'check', 'policy.json'], { cwd: dir })
  expect(code).toBe(1)
  expect(stdout).toContain('macro_f1')
})

it('activates nothing, and leaves who is active', async () => {
  const { dir, models } = scene()
  await runCli(['model', 'select', '--activate', '--policy', 'policy.json'], { cwd: dir })
  expect(existsSync(join(models, 'active.json'))).toBe(false)
  await runCli(['model', 'set-active', '--model-id', BEST], { cwd: dir })
  await runCli(['model', 'select', '--activate', '--policy', 'policy.json'], { cwd: dir })
  expect(readFileSync(join(models, 'active.json'), 'utf8')).toContain(BEST)
})

it('does not promote a bad candidate past the regression check, with a champion and without', async () => {
  for (const champion of [false, true]) {
    const { dir, models } = scene()
    if (champion) await runCli(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const bad = { metadata: { model_id: '0-first-by-name' }, metrics: { macro_f1: 0.01 } }
    writeBundle(dir, 'candidate', bad)
    const promote = ['train', 'promote', 'candidate', '--policy', 'policy.json']
    expect((await runCli(promote, { cwd: dir })).code).toBe(1)
    expect(existsSync(join(models, '0-first-by-name'))).toBe(false)
  }
})

it('lets nobody pass in the decisions themselves', async () => {
  const { dir, policy } = scene()
  const { listBundles } = await import('@taskclf/registry-core')
  const bundles = await listBundles(join(dir, 'models'))
  const [first, second] = bundles.filter((bundle) => bundle.status === 'valid')
  if (!first || !second) throw new Error('the demo holds valid bundles')
  const report = selectBest(bundles, policy, {})
  expect(report.best).toBeUndefined()
  expect(shouldSwitchActive(report, second, policy).switch).toBe(false)
  expect(checkRegression(first, second, policy).passed).toBe(false)
})
