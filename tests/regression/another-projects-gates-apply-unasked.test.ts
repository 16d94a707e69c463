import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const RANK_BY = [{ metric: 'auc', order: 'desc' }]

/** A team with an AUC, whose trainer has never heard of BreakIdle, and its policy. */
function scene(policy: object) {
  const cwd = scratchDir()
  writeBundle(join(cwd, 'models'), 'run-1', { files: { 'metrics.json': '{"auc":0.9}' } })
  writeBundle(cwd, 'candidate', { files: { 'metrics.json': '{"auc":0.91}' } })
  writeFileSync(
    join(cwd, 'policy.json'),
    JSON.stringify({ version: 1, regression_tolerance: 0.01, ...policy }),
  )
  return async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli([...args, '--policy', 'policy.json'], { cwd })
    return { code, said: `${stdout}${stderr}` }
  }
}

it.each([[['model', 'select']], [['train', 'promote', 'candidate']], [['policy', 'show']]])(
  'refuses in %j a policy that names no gates, and says what to write',
  async (command) => {
    const { code, said } = await scene({ rank_by: RANK_BY })(...command)
    expect(code).toBe(2)
    expect(said).toContain('policy_incomplete')
    expect(said).toContain('"gates": []')
    expect(said).not.toContain('breakidle')
  },
)

it('names for a policy that ranks by nothing the metrics that there are', async () => {
  const { code, said } = await scene({ gates: [] })('model', 'select')
  expect(code).toBe(2)
  expect(said).toContain('auc')
  expect(said).not.toContain('macro_f1')
})

it('selects by what is written, without gates where none are wanted', async () => {
  const run = scene({ gates: [], rank_by: RANK_BY })
  expect(await run('model', 'select')).toMatchObject({ code: 0, said: expect.stringContaining('run-1') })
})

it('leads a team without a policy to one over its own metrics', async () => {
  const cwd = scratchDir()
  writeBundle(join(cwd, 'models'), 'run-1', { files: { 'metrics.json': '{"auc":0.9}' } })
  const select = await runCli(['model', 'select'], { cwd })
  expect([select.code, select.stderr]).toEqual([1, expect.stringContaining('taskclf policy init')])
  expect((await runCli(['policy', 'init'], { cwd })).code).toBe(0)
  expect((await runCli(['model', 'select', '--policy', 'policy.json'], { cwd })).code).toBe(0)
})
