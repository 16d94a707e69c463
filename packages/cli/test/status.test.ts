import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Status } from '@taskclf/documents'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

/** A folder with two families that are well, and what else is given. */
async function shop(more: Record<string, object> = {}): Promise<string> {
  const dir = scratchDir()
  writeBundle(join(dir, 'churn'), 'churn-1')
  writeBundle(join(dir, 'upsell'), 'upsell-1')
  const models = { churn: { models_dir: 'churn' }, upsell: { models_dir: 'upsell' }, ...more }
  writeFileSync(join(dir, 'taskclf.config.json'), JSON.stringify({ policy: 'ungated', models }))
  const activate = ['model', 'set-active', '--model-id', 'churn-1', '--model', 'churn', '--actor', 'ada']
  expect((await taskclf(activate, { cwd: dir })).code).toBe(0)
  return dir
}

const status = (cwd: string, ...flags: string[]) => taskclf<Status>(['status', '--json', ...flags], { cwd })

describe('status', () => {
  it('has a line for each family', async () => {
    const { code, json } = await status(await shop())
    expect([code, json.ok]).toEqual([0, true])
    expect(json.families).toMatchObject([
      {
        family: 'churn',
        active: { model_id: 'churn-1', revision: 1, actor: 'ada', source: 'manual' },
        eligible: 1,
        total: 1,
        newest: { model_id: 'churn-1' },
        problems: [],
      },
      { family: 'upsell', active: null, eligible: 1, problems: [] },
    ])
  })

  it('reports a family that fails beside the others, and fails a monitor', async () => {
    const dir = await shop({
      gone: { models_dir: 'gone' },
      odd: { models_dir: 'odd', policy: 'absent.json' },
    })
    mkdirSync(join(dir, 'odd'))
    const { code, json } = await status(dir)
    expect([code, json.ok]).toEqual([0, false])
    expect(json.families.map(({ family, problems }) => [family, problems.map((each) => each.code)])).toEqual([
      ['churn', []],
      ['upsell', []],
      ['gone', ['models_dir_missing']],
      ['odd', ['policy_missing']],
    ])
    expect((await status(dir, '--fail-on', 'problem')).code).toBe(1)
    expect((await status(dir, '--fail-on', 'problem', '--model', 'churn')).code).toBe(0)
    const { stdout } = await taskclf(['status'], { cwd: dir })
    expect(stdout).toMatch(/churn +churn-1 +1 .*ada.*none/)
    expect(stdout).toContain('error: gone: ')
  })

  it('has one line where the configuration names no families, or one registry is named', async () => {
    const dir = await shop()
    expect((await status(dir, '--model', 'upsell')).json.families.map(({ family }) => family)).toEqual([
      'upsell',
    ])
    const plain = scratchDir()
    writeBundle(join(plain, 'models'), 'run-1')
    expect((await status(plain)).json.families).toMatchObject([{ family: null, total: 1 }])
    expect((await status(scratchDir(), '--fail-on', 'problem')).code).toBe(1)
  })

  it('names every models dir that a configuration above decides', async () => {
    const dir = await shop()
    mkdirSync(join(dir, 'deep'))
    const { stderr } = await taskclf(['status'], { cwd: join(dir, 'deep') })
    expect(stderr).toContain(`${join(dir, 'churn')}, ${join(dir, 'upsell')}`)
    expect((await taskclf(['status'], { cwd: dir, env: { TASKCLF_MODEL: 'chrun' } })).code).toBe(2)
  })
})
