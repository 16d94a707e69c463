import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelSelect, PolicyCheck, PolicyInit } from '@taskclf/documents'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { type Failure, taskclf } from './support/taskclf.js'

type Noted<D> = D & { notes: { level: string; code: string; message: string }[] }

/** Two models of a team that has never heard of F1. */
function churn() {
  const dir = scratchDir()
  for (const [id, val_auc] of [
    ['run-1', 0.81],
    ['run-2', 0.84],
  ] as const) {
    const files = { 'metrics.json': JSON.stringify({ val_auc, log_loss: 0.4, latency: 3 }) }
    writeBundle(join(dir, 'models'), id, { files })
  }
  return dir
}

const init = <D = Noted<PolicyInit>>(cwd: string, ...args: string[]) =>
  taskclf<D>(['policy', 'init', ...args, '--json'], { cwd })

describe('policy init', () => {
  it('writes over the models a policy that the check accepts and that selects, and says why', async () => {
    const cwd = churn()
    const { code, json } = await init(cwd)
    expect(code).toBe(0)
    expect(json.policy.rank_by.slice(0, 2)).toEqual([
      { metric: 'val_auc', order: 'desc' },
      { metric: 'log_loss', order: 'asc' },
    ])
    expect(json.notes.map((note) => note.code)).toEqual(['ranking', 'ranking', 'no_gates', 'tolerance'])
    const check = await taskclf<Noted<PolicyCheck>>(['policy', 'check', 'policy.json', '--json'], { cwd })
    expect([check.code, check.json.valid]).toEqual([0, true])
    const select = ['model', 'select', '--policy', 'policy.json', '--json']
    const { json: selected } = await taskclf<ModelSelect>(select, { cwd })
    expect(selected.report.best).toBe('run-2')
  })

  it('explains on the standard error, and prints the file', async () => {
    const cwd = churn()
    const { stdout, stderr } = await taskclf(['policy', 'init', 'ours.json'], { cwd })
    expect(stdout).toBe(`${join(cwd, 'ours.json')}\n`)
    expect(stderr).toContain('regression_tolerance 0.02: 2 % of the 0.84 of run-2')
  })

  it('writes what is asked for', async () => {
    const cwd = scratchDir()
    const flags = ['--metric', 'rmse', '--lower', '--gate', 'rmse <= 5', '--gate', 'r2 >= 0.2']
    const { code, json } = await init(cwd, 'regressor.json', ...flags)
    expect(code).toBe(0)
    expect(json.policy).toEqual({
      version: 1,
      gates: [
        { metric: 'rmse', max: 5 },
        { metric: 'r2', min: 0.2 },
      ],
      rank_by: [
        { metric: 'rmse', order: 'asc' },
        { field: 'created_at', order: 'desc' },
      ],
      min_improvement: 0,
      regression_tolerance: 0,
      same_eval_dataset: false,
    })
    expect(JSON.parse(readFileSync(join(cwd, 'regressor.json'), 'utf8'))).toEqual(json.policy)
  })

  it.each<[string, string[], number, string]>([
    ['a metric without its order', ['--metric', 'auc'], 2, 'usage'],
    ['a metric with both orders', ['--metric', 'auc', '--higher', '--lower'], 2, 'usage'],
    ['an order without a metric', ['--higher'], 2, 'usage'],
    ['a preset and a metric', ['--policy', 'default', '--metric', 'auc', '--higher'], 2, 'usage'],
    ['a preset and a gate', ['--policy', 'default', '--gate', 'auc >= 1'], 2, 'usage'],
    ['a gate that is none', ['--gate', 'auc > 0.7'], 2, 'invalid_gate'],
    ['a bound that no fraction reaches', ['--gate', 'macro_f1 >= 5'], 2, 'policy_invalid'],
    ['a metric that no model has', ['--metric', 'val_acu', '--higher'], 1, 'metric_absent'],
    ['models that are not there', ['--models-dir', 'none'], 3, 'models_dir_missing'],
  ])('refuses %s, and writes nothing', async (_, flags, exit, error) => {
    const cwd = churn()
    const { code, json } = await init<Failure>(cwd, ...flags)
    expect([code, json.error.code]).toEqual([exit, error])
    expect(existsSync(join(cwd, 'policy.json'))).toBe(false)
  })

  it('refuses to invent a policy where there are no models, and names the ways', async () => {
    const { code, json } = await init<Failure>(scratchDir())
    expect([code, json.error.code]).toEqual([1, 'no_models'])
    expect(json.error.hint).toContain('--metric')
  })
})

describe('model select, where no model has the metric of the policy', () => {
  it('names that metric, the nearest, what they have, and the command that writes a policy', async () => {
    const cwd = churn()
    const gates = ['--metric', 'auc', '--higher']
    await init(cwd, '--models-dir', cwd, ...gates)
    const { code, stdout, stderr } = await taskclf(['model', 'select', '--policy', 'policy.json'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain('auc is absent, and the policy ranks by it; it has val_auc; did you mean that?')
    for (const fact of [
      'auc, which the policy ranks by',
      'did you mean val_auc by auc?',
      'val_auc, log_loss, latency',
    ])
      expect(stderr).toContain(fact)
    expect(stderr).toContain('taskclf policy init')
  })

  it('names what they have where nothing is near', async () => {
    const { stderr } = await taskclf(['model', 'select'], { cwd: churn() })
    expect(stderr).toContain('macro_f1, which the policy ranks by')
    expect(stderr).toContain(
      'policy init writes a policy over what the bundles have: val_auc, log_loss, latency',
    )
    expect(stderr).not.toMatch(/ungated|"gates": \[\]/)
  })
})
