import { spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type {
  Completion,
  InferResolve,
  ModelHistory,
  ModelInspect,
  ModelSelect,
  ModelSwitch,
  ModelVerify,
  PolicyCheck,
  PolicyInit,
  PolicyShow,
  TrainList,
} from '@taskclf/documents'
import { acquireLock } from '@taskclf/durable-fs'
import { displayWidth } from '@taskclf/terminal'
import {
  copyDemoModels,
  copyRegistryModels,
  demoDir,
  scratchDir,
  spawnProgram,
  writeBundle,
} from '@taskclf/test-kit'
import { describe, expect, it, vi } from 'vitest'
import { binary, taskclf } from './support/taskclf.js'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'
const SECOND = '2026-02-16_031012_run-2286'
const THIRD = '2026-01-19_031044_run-0409'
const SCHEMA = ['--feature-schema', join(demoDir, 'feature-schema.json')]

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

describe('a registry of the Python project', () => {
  const ACTIVE = '2026-03-30_031401_run-0520'

  it('is read as it is: pointer, history, active row', async () => {
    const dir = scratchDir()
    copyRegistryModels(dir)
    const { json, code } = await binary<TrainList>(['train', 'list', '--json'], { cwd: dir })
    expect(code).toBe(0)
    expect(json.bundles).toHaveLength(12)
    expect(json.bundles.filter(({ active }) => active).map(({ model_id }) => model_id)).toEqual([ACTIVE])
    const plain = await binary(['train', 'list'], { cwd: dir })
    const row = plain.stdout.split('\n').find((line) => line.startsWith(ACTIVE))
    expect(row?.endsWith('true')).toBe(true)
    const history = await binary<ModelHistory>(['model', 'history', '--json'], { cwd: dir })
    expect(history.json.entries).toHaveLength(13)
    expect(history.json.entries[0]).toMatchObject({
      model_id: ACTIVE,
      note: 'manual set-active',
      revision: null,
    })
    const resolved = await binary(['infer', 'resolve'], { cwd: dir })
    expect(resolved.stdout).toBe(`${join(dir, 'models', ACTIVE)}\n`)
  })

  it('is written in its form: keys, model_dir, indentation, final newline', async () => {
    const dir = scratchDir()
    const models = copyRegistryModels(dir)
    const id = '2026-03-23_031038_run-6912'
    const { code } = await binary(['model', 'set-active', '--model-id', id, '--policy', 'ungated'], {
      cwd: dir,
    })
    expect(code).toBe(0)
    const text = readFileSync(join(models, 'active.json'), 'utf8')
    const pointer = JSON.parse(text) as Record<string, unknown>
    expect(text).toBe(`${JSON.stringify(pointer, null, 2)}\n`)
    expect(Object.keys(pointer).slice(0, 5)).toEqual([
      'model_dir',
      'selected_at',
      'policy_version',
      'model_id',
      'reason',
    ])
    expect(pointer).toMatchObject({
      model_dir: `models/${id}`,
      model_id: id,
      policy_version: 1,
      reason: { metric: 'macro_f1', macro_f1: 0.8935, weighted_f1: 0.8981, note: 'manual set-active' },
    })
  })

  it('reports which gate is to blame, and how to name the metrics that there are', async () => {
    const dir = scratchDir()
    const models = copyRegistryModels(dir)
    rmSync(join(models, 'active.json'))
    const select = await binary<ModelSelect>(['model', 'select', '--json'], { cwd: dir })
    expect([select.code, select.json.report.best]).toEqual([1, null])
    const said = await binary(['model', 'select'], { cwd: dir })
    expect(said.stderr).toMatch(/acceptance_pass.*12 of 12.*policy init/)
    expect(said.stderr).not.toContain('ungated')
    const ungated = await binary<ModelSelect>(['model', 'select', '--policy', 'ungated', '--json'], {
      cwd: dir,
    })
    expect([ungated.code, ungated.json.report.best]).toEqual([0, ACTIVE])
  })
})

describe('train list', () => {
  it('sorts, filters and says why', async () => {
    const dir = demo()
    const ids = async (...args: string[]) => {
      const { json } = await taskclf<TrainList>(['train', 'list', ...args, '--json'], { cwd: dir })
      return json.bundles.map(({ model_id }) => model_id.slice(-4))
    }
    expect(await ids()).toEqual(['0520', '8935', '9674', '2286', '0409', '4012', '1824'])
    expect(await ids('--sort', 'weighted_f1')).toEqual([
      '0520',
      '8935',
      '9674',
      '2286',
      '0409',
      '4012',
      '1824',
    ])
    expect(await ids('--sort', 'created_at')).toEqual([
      '0520',
      '9674',
      '8935',
      '2286',
      '4012',
      '0409',
      '1824',
    ])
    expect(await ids('--eligible')).toEqual(['8935', '9674', '2286', '0409'])
    expect(await ids('--eligible', ...SCHEMA)).toEqual(['8935', '2286', '0409'])
    expect(await ids('--schema-hash', '81c57b3d3f8f')).toEqual(['9674'])
    expect(await ids('--eligible', '--policy', 'ungated', ...SCHEMA)).toHaveLength(6)
    const { json } = await taskclf<TrainList>(['train', 'list', '--json'], { cwd: dir })
    expect(json.bundles.every(({ promoted, status }) => promoted && status === 'valid')).toBe(true)
    expect(json.bundles[0]?.exclusion).toMatchObject({ stage: 'gate', code: 'not_equal' })
    expect(json.bundles[1]).toMatchObject({ rank: 1, created_at_utc: '2026-03-02T03:10:09.000001Z' })
  })

  it('says so when there is nothing to show', async () => {
    const dir = demo()
    const none = await taskclf(['train', 'list', '--schema-hash', 'none'], { cwd: dir })
    expect([none.code, none.stdout]).toEqual([0, ''])
    expect(none.stderr).not.toBe('')
    const strict = { extends: 'default', gates: [{ metric: 'macro_f1', min: 0.99 }] }
    writeFileSync(join(dir, 'strict.json'), JSON.stringify(strict))
    const { code, stdout, stderr } = await taskclf(
      ['train', 'list', '--eligible', '--policy', 'strict.json'],
      { cwd: dir },
    )
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain('--all')
  })

  it.each([80, 160])('fits %i columns, with long names and every column', async (columns) => {
    const dir = demo()
    const long = `candidate-${'x'.repeat(100)}-final`
    writeBundle(join(dir, 'models'), long)
    writeBundle(join(dir, 'models'), 'broken', { files: { 'metrics.json': null } })
    for (const more of [[], ['--all']]) {
      const { stdout } = await taskclf(['train', 'list', ...more, '--no-color'], { cwd: dir, columns })
      const lines = stdout.trimEnd().split('\n')
      // An id is never cut; it stands alone where it is wider than the terminal.
      expect(lines).toContain(long)
      for (const line of lines)
        if (line !== long) expect(displayWidth(line), line).toBeLessThanOrEqual(columns)
      expect(stdout).toMatch(/min_class_precision 0\.\d{4}/)
    }
    const piped = await taskclf(['train', 'list'], { cwd: dir })
    expect(piped.stdout).toContain(long)
  })

  it('colours on a terminal only, and not against NO_COLOR, --no-color or a dumb one', async () => {
    const dir = demo()
    const said = async (args: string[], env: Record<string, string>, columns?: number) =>
      (
        await taskclf(['train', 'list', ...args], {
          cwd: dir,
          env,
          ...(columns !== undefined && { columns }),
        })
      ).stdout
    expect(await said([], {}, 120)).toContain('\u001b[')
    for (const plain of [
      said([], {}),
      said(['--no-color'], {}, 120),
      said([], { NO_COLOR: '1' }, 120),
      said([], { TERM: 'dumb' }, 120),
    ]) {
      expect(await plain).not.toContain('\u001b')
    }
  })

  it('shows a name that would act on the terminal escaped', async () => {
    const dir = demo()
    const evil = join(dir, 'models', 'evil\u001b[2J\nname')
    mkdirSync(evil)
    // Without a document of a bundle it would be no bundle at all.
    writeFileSync(join(evil, 'metadata.json'), '{}')
    for (const args of [
      ['train', 'list', '--all'],
      ['train', 'list', '--all', '--json'],
      ['doctor'],
      ['model', 'select'],
    ]) {
      const { stdout, stderr } = await taskclf(args, { cwd: dir })
      expect(stdout + stderr).not.toContain('\u001b')
    }
    const { stdout } = await taskclf(['train', 'list', '--all'], { cwd: dir })
    expect(stdout).toContain('evil\\x1b[2J\\x0aname')
  })
})

describe('model select', () => {
  it('activates what earns it, once', async () => {
    const dir = demo()
    const first = await binary<ModelSelect>(['model', 'select', '--activate', ...SCHEMA, '--json'], {
      cwd: dir,
    })
    expect(first.json.activated).toMatchObject({ model_id: BEST, revision: 1 })
    expect(first.json.report.excluded.map(({ model_id, stage }) => [model_id.slice(-4), stage])).toEqual([
      ['1824', 'gate'],
      ['4012', 'gate'],
      ['9674', 'incompatible'],
      ['0520', 'gate'],
    ])
    const again = await binary<ModelSelect>(['model', 'select', '--activate', ...SCHEMA, '--json'], {
      cwd: dir,
    })
    expect([again.code, again.json.activated, again.json.decision.code]).toEqual([0, null, 'same_model'])
    const history = await taskclf<ModelHistory>(['model', 'history', '--verbose', '--json'], { cwd: dir })
    expect(history.json.entries).toHaveLength(1)
    expect(history.json.entries[0]).toMatchObject({
      source: 'promotion',
      decision: { kind: 'select', candidate: { model_id: BEST }, excluded: { gate: 3, incompatible: 1 } },
    })
  })

  it('shows ranks, exclusions with their numbers, and the verdict', async () => {
    const { stdout, stderr, code } = await taskclf(['model', 'select', ...SCHEMA], { cwd: demo() })
    expect(code).toBe(0)
    expect(stdout).toMatch(/1 +2026-03-02_031009_run-8935 +0\.9071 +0\.9221/)
    expect(stdout).toContain('breakidle_precision is 0.7647, 0.1853 below the minimum 0.95')
    expect(stdout).toContain('[no_incumbent]')
    expect(stderr).toBe('')
  })

  it('keeps the champion when the gain is too small', async () => {
    const dir = demo()
    writeFileSync(join(dir, 'policy.json'), JSON.stringify({ extends: 'default', min_improvement: 0.05 }))
    await taskclf(['model', 'set-active', '--model-id', SECOND], { cwd: dir })
    const args = ['model', 'select', '--activate', '--policy', 'policy.json', ...SCHEMA]
    const { json } = await taskclf<ModelSelect>([...args, '--json'], { cwd: dir })
    expect(json.decision).toMatchObject({
      switch: false,
      code: 'gain_too_small',
      gain: '0.02',
      required: '0.05',
    })
    expect((await taskclf(args, { cwd: dir })).stderr).toContain('nothing was switched')
  })

  it('says that a pointer is broken, and does not write over whatever it said', async () => {
    const dir = demo()
    const active = join(dir, 'models', 'active.json')
    writeFileSync(active, '{')
    const looked = await taskclf<ModelSelect>(['model', 'select', '--json', ...SCHEMA], { cwd: dir })
    expect([looked.code, looked.json.report.best]).toEqual([0, BEST])
    expect(looked.stderr).toContain('active.json')
    const refused = await taskclf(['model', 'select', '--activate', '--json', ...SCHEMA], { cwd: dir })
    expect([refused.code, refused.json.error.code]).toEqual([1, 'pointer_corrupt'])
    expect(readFileSync(active, 'utf8')).toBe('{')
    await taskclf(['model', 'set-active', '--model-id', THIRD], { cwd: dir })
    const { json } = await taskclf<ModelSelect>(['model', 'select', '--activate', '--json', ...SCHEMA], {
      cwd: dir,
    })
    expect(json.activated?.model_id).toBe(BEST)
  })

  it('says so where the policy compares nothing', async () => {
    const dir = demo()
    const rank_by = [{ field: 'created_at', order: 'desc' }]
    writeFileSync(join(dir, 'newest.json'), JSON.stringify({ gates: [], rank_by }))
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const { json } = await taskclf<ModelSelect>(['model', 'select', '--policy', 'newest.json', '--json'], {
      cwd: dir,
    })
    expect(json.decision).toMatchObject({ switch: true, code: 'better' })
    expect(json.decision).not.toHaveProperty('gain')
    expect(json).toMatchObject({
      notes: expect.arrayContaining([expect.objectContaining({ code: 'not_compared' })]),
    })
  })
})

describe('many at once', () => {
  it('makes automatic selections and switches by persons with no error, no lost line, an unbroken chain', async () => {
    const dir = demo()
    const byHand = [THIRD, SECOND, BEST].map((id) => ['model', 'set-active', '--model-id', id])
    const automatic = Array.from({ length: 5 }, () => ['model', 'select', '--activate', ...SCHEMA])
    const all = await Promise.all(
      [...byHand, ...automatic].map((args) => binary([...args, '--json'], { cwd: dir })),
    )
    expect(all.map(({ code }) => code)).toEqual(all.map(() => 0))
    const { json } = await taskclf<ModelHistory>(['model', 'history', '--json'], { cwd: dir })
    const oldestFirst = json.entries.toReversed()
    expect(oldestFirst.map(({ revision }) => revision)).toEqual(oldestFirst.map((_, i) => i + 1))
    expect(oldestFirst.map(({ previous_model_id }) => previous_model_id)).toEqual([
      null,
      ...oldestFirst.slice(0, -1).map(({ model_id }) => model_id),
    ])
    expect(json.entries.filter(({ source }) => source === 'manual')).toHaveLength(3)
  })
})

describe('switching by hand', () => {
  it('withdraws the model left until it is named again; two rollbacks go further back', async () => {
    const dir = demo()
    for (const id of [THIRD, SECOND, BEST])
      await taskclf(['model', 'set-active', '--model-id', id], { cwd: dir })
    const first = await taskclf<ModelSwitch>(['model', 'rollback', '--steps', '1', '--json'], { cwd: dir })
    expect(first.json).toMatchObject({ source: 'rollback', previous: { model_id: BEST, revision: 3 } })
    const to = await taskclf<ModelSwitch>(['model', 'rollback', '--to', '1', '--json'], { cwd: dir })
    expect(to.json.model_id).toBe(THIRD)
    expect(to.json.withdrawn).toContain(BEST)
    const selected = await taskclf<ModelSelect>(['model', 'select', '--json', ...SCHEMA], { cwd: dir })
    expect(selected.json.report.excluded.find(({ model_id }) => model_id === BEST)?.stage).toBe('withdrawn')
    const back = await taskclf<ModelSwitch>(['model', 'set-active', '--model-id', BEST, '--json'], {
      cwd: dir,
    })
    expect(back.json.withdrawn).not.toContain(BEST)
  })

  it('records who and why', async () => {
    const dir = demo()
    const note = 'drift\u001b in Review'
    await taskclf(['model', 'set-active', '--model-id', SECOND, '--note', note, '--actor', 'ada'], {
      cwd: dir,
    })
    const { json } = await taskclf<ModelHistory>(['model', 'history', '--json'], { cwd: dir })
    expect(json.entries[0]).toMatchObject({
      actor: 'ada',
      note,
      source: 'manual',
      at_utc: '2026-04-01T12:00:00.000000Z',
    })
    const { stdout } = await taskclf(['model', 'history', '--verbose'], { cwd: dir, columns: 80 })
    expect(stdout).toContain('set-active')
    expect(stdout).not.toContain('\u001b in')
  })

  it('adopts the pointer of another program, and says so', async () => {
    const dir = demo()
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const foreign = {
      model_dir: `models/${THIRD}`,
      selected_at: '2026-05-01T00:00:00+00:00',
      policy_version: 1,
      model_id: THIRD,
    }
    writeFileSync(join(dir, 'models', 'active.json'), JSON.stringify(foreign))
    const { stderr, code } = await taskclf(['model', 'set-active', '--model-id', SECOND], { cwd: dir })
    expect([code, stderr]).toEqual([0, expect.stringContaining(THIRD)])
    const { json } = await taskclf<ModelHistory>(['model', 'history', '--json'], { cwd: dir })
    expect(json.entries.map(({ source }) => source)).toEqual(['manual', 'external', 'manual'])
  })

  it('cannot go back from nowhere', async () => {
    const dir = demo()
    expect((await taskclf(['model', 'rollback', '--json'], { cwd: dir })).json.error.code).toBe(
      'no_active_pointer',
    )
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const { code, json } = await taskclf(['model', 'rollback', '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([1, 'nothing_to_roll_back_to'])
    expect((await taskclf(['model', 'rollback', '--to', '9', '--json'], { cwd: dir })).json.error.code).toBe(
      'unknown_revision',
    )
  })
})

describe('model history, inspect and verify', () => {
  it('is empty at first, and survives a torn line', async () => {
    const dir = demo()
    const empty = await taskclf<ModelHistory>(['model', 'history', '--json'], { cwd: dir })
    expect([empty.code, empty.json.entries]).toEqual([0, []])
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    appendFileSync(join(dir, 'models', 'active_history.jsonl'), '{"at":"2026')
    const { code, json, stderr } = await taskclf<ModelHistory>(['model', 'history', '--json'], { cwd: dir })
    expect([code, json.entries.length, json.problems.map((problem) => problem.code)]).toEqual([
      0,
      1,
      ['torn_line'],
    ])
    expect(stderr).toContain('warning')
  })

  it('inspects a valid model', async () => {
    const dir = demo()
    const { json, code } = await taskclf<ModelInspect>(['model', 'inspect', BEST, '--json', ...SCHEMA], {
      cwd: dir,
    })
    expect(code).toBe(0)
    expect(json).toMatchObject({ status: 'valid', eligible: true, artifacts: ['model.txt'], problems: [] })
    expect(json.gates.map(({ passed }) => passed)).toEqual([true, true, true])
    const { stdout } = await taskclf(['model', 'inspect', BEST], { cwd: dir, columns: 80 })
    for (const part of ['0.9071', 'ReadResearch', '≥ 0.95']) expect(stdout).toContain(part)
  })

  it('marks what was derived, and what fails', async () => {
    const dir = scratchDir()
    copyRegistryModels(dir)
    const id = '2026-01-12_031007_run-1824'
    const { stdout, code } = await taskclf(['model', 'inspect', id], { cwd: dir })
    expect(code).toBe(0)
    expect(stdout).toContain('(derived)')
    expect(stdout).toContain('metric_absent')
  })

  it('shows what a model says of itself, and the task that its labels imply', async () => {
    const dir = scratchDir()
    const said = { description: 'churn, monthly', tags: ['eu'], source: { run: 'r-7' }, label_set: undefined }
    writeBundle(join(dir, 'models'), 'said', { metadata: { ...said, task: 'scores' } })
    writeBundle(join(dir, 'models'), 'silent')
    const show = async (id: string) => (await taskclf(['model', 'inspect', id], { cwd: dir })).stdout
    const stdout = await show('said')
    for (const line of [
      /description +churn, monthly/,
      /tags +\["eu"\]/,
      /source +\{"run":"r-7"\}/,
      /task +scores\n/,
    ])
      expect(stdout).toMatch(line)
    expect(await show('silent')).toMatch(/task +classification \(derived\)/)
  })

  it('accepts the beginning of an id wherever one goes, and says which it took', async () => {
    const dir = scratchDir()
    for (const id of ['alpha', 'beta', 'gamma', '12-delta']) writeBundle(join(dir, 'models'), id)
    const run = async (...args: string[]) => {
      const { code, json } = await taskclf<{
        model_id?: string
        bundles?: { model_id: string }[]
        notes?: { code: string }[]
      }>(['model', ...args, '--json'], { cwd: dir })
      const notes = (json.notes ?? []).filter(({ code: said }) => said === 'id_completed').length
      return [code, json.model_id ?? json.bundles?.map(({ model_id }) => model_id), notes]
    }
    expect(await run('set-active', 'al')).toEqual([0, 'alpha', 1])
    expect(await run('set-active', '--model-id', 'bet')).toEqual([0, 'beta', 1])
    expect(await run('set-active', 'alpha')).toEqual([0, 'alpha', 0])
    expect(await run('inspect', 'gam')).toEqual([0, 'gamma', 1])
    expect(await run('verify', 'gam', 'beta')).toEqual([0, ['gamma', 'beta'], 1])
    expect(await run('why', 'gam')).toEqual([0, 'gamma', 1])
    expect(await run('withdraw', 'gam', '--reason', 'old')).toEqual([0, 'gamma', 1])
    expect(await run('readmit', 'gam')).toEqual([0, 'gamma', 1])
    // A revision that there is, and the beginning of an id.
    expect(await run('why', '1')).toEqual([0, 'alpha', 0])
    expect(await run('why', '12')).toEqual([0, '12-delta', 1])
  })

  it('shows every number that was measured, whatever it is called', async () => {
    const dir = scratchDir()
    const metrics = { macro_f1: undefined, weighted_f1: undefined, breakidle_precision: undefined }
    const measured = { auc: 0.8412, eval: { log_loss: 0.31 }, curve: [0.1, 0.2], note: 'holdout' }
    writeBundle(join(dir, 'models'), 'churn', { metrics: { ...metrics, ...measured } })
    const { stdout } = await taskclf(['model', 'inspect', 'churn'], { cwd: dir })
    expect(stdout).toMatch(/Metrics\n(.+\n)*auc +0\.8412\neval\.log_loss +0\.3100\n/)
    expect(stdout).not.toContain('curve')
  })

  it('inspects an invalid model: exit 1 and everything wrong with it', async () => {
    const dir = scratchDir()
    writeBundle(join(dir, 'models'), 'bad', {
      metadata: { created_at: 'yesterday', schema_hash: '' },
      files: { 'model.txt': null },
    })
    const { json, code } = await taskclf<ModelInspect>(['model', 'inspect', 'bad', '--json'], { cwd: dir })
    expect([code, json.status]).toEqual([1, 'invalid'])
    expect(json.problems.map((problem) => problem.code)).toEqual(
      expect.arrayContaining(['bad_timestamp', 'schema_violation', 'missing_artifact']),
    )
    expect((await taskclf(['model', 'inspect', 'bad'], { cwd: dir })).stdout).toContain('yesterday')
  })

  it('verifies digests, and finds damage', async () => {
    const dir = demo()
    const whole = await taskclf<ModelVerify>(['model', 'verify', '--json'], { cwd: dir })
    expect([whole.code, whole.json.ok, whole.json.bundles.length]).toEqual([0, true, 7])
    expect(whole.json.bundles.map(({ verified }) => verified)).toEqual(Array(7).fill(false))
    const bare = await taskclf(['model', 'verify', BEST], { cwd: dir, columns: 80 })
    expect(bare.stdout).toContain('unverified')
    expect(bare.stdout + bare.stderr).not.toMatch(/\bok\b/)
    const models = join(dir, 'models')
    const manifest = { version: 1, files: { 'model.txt': { sha256: '0'.repeat(64), size: 1 } } }
    writeFileSync(join(models, BEST, 'manifest.json'), JSON.stringify(manifest))
    const { code, json } = await taskclf<ModelVerify>(['model', 'verify', BEST, SECOND, '--json'], {
      cwd: dir,
    })
    expect([code, json.bundles.map(({ ok }) => ok)]).toEqual([1, [false, true]])
    expect(json.bundles[0]?.problems.map((problem) => problem.code)).toContain('integrity_mismatch')
    const { stdout, stderr } = await taskclf(['model', 'verify', BEST], { cwd: dir, columns: 80 })
    expect(stdout).toContain('damaged')
    expect(stderr).toContain('1 of 1')
  })

  it('says of a name that leads nowhere what the scan says', async () => {
    const dir = demo()
    mkdirSync(Buffer.concat([Buffer.from(`${join(dir, 'models')}/x`), Buffer.from([0xff])]))
    const { code, json } = await taskclf<ModelVerify>(['model', 'verify', '--json'], { cwd: dir })
    const odd = json.bundles.find(({ model_id }) => model_id === 'x\\xff')
    expect([code, odd?.problems.map((problem) => problem.code)]).toEqual([1, ['unusable_name']])
  })
})

describe('infer resolve', () => {
  it('prints the path alone; the rest goes to standard error', async () => {
    const dir = demo()
    const { code, stdout, stderr } = await binary(['infer', 'resolve', ...SCHEMA], { cwd: dir })
    expect([code, stdout]).toEqual([0, `${join(dir, 'models', BEST)}\n`])
    expect(stderr).toContain('policy')
    const free = await binary(['infer', 'resolve'], { cwd: dir })
    expect(free.stderr).toContain('no schema hash')
  })

  it('does not fall back from a broken pointer and writes nothing, unless asked to', async () => {
    const dir = demo()
    const pointer = join(dir, 'models', 'active.json')
    writeFileSync(pointer, '{"model_dir": "../elsewhere"}')
    const refused = await binary<{ error: { code: string } }>(['infer', 'resolve', ...SCHEMA, '--json'], {
      cwd: dir,
    })
    expect([refused.code, refused.json.error.code]).toEqual([1, 'pointer_corrupt'])
    const asked = ['infer', 'resolve', '--on-broken', 'policy', ...SCHEMA, '--json']
    const looked = await binary<InferResolve>(asked, { cwd: dir })
    expect(looked.json).toMatchObject({
      source: 'selection',
      model_id: BEST,
      repaired: false,
      revision: null,
      degraded: { code: 'pointer_corrupt', wanted: null },
    })
    expect(looked.json.warnings.map(({ code }) => code)).toContain('pointer_corrupt')
    expect(looked.json.report?.best).toBe(BEST)
    expect(looked.stderr).toContain('active.json')
    expect(readFileSync(pointer, 'utf8')).toBe('{"model_dir": "../elsewhere"}')
    const repaired = await binary<InferResolve>(['infer', 'resolve', '--repair', ...SCHEMA, '--json'], {
      cwd: dir,
    })
    expect(repaired.json).toMatchObject({ repaired: true, revision: 1, degraded: null })
    const after = await binary<InferResolve>(['infer', 'resolve', ...SCHEMA, '--json'], { cwd: dir })
    expect(after.json).toMatchObject({ source: 'active', revision: 1, report: null, warnings: [] })
  })

  it('says that another model serves instead of a lost one, and does so only within its feature schema', async () => {
    const dir = demo()
    await taskclf(['model', 'set-active', '--model-id', SECOND], { cwd: dir })
    rmSync(join(dir, 'models', SECOND), { recursive: true })
    const { code, json, stderr } = await binary<InferResolve>(['infer', 'resolve', ...SCHEMA, '--json'], {
      cwd: dir,
    })
    expect([code, json.model_id, json.source]).toEqual([0, BEST, 'selection'])
    expect(json.degraded).toMatchObject({ code: 'active_bundle_missing', wanted: SECOND })
    expect(stderr).toContain(SECOND)
    const failed = await taskclf(['infer', 'resolve', '--on-broken', 'fail', ...SCHEMA, '--json'], {
      cwd: dir,
    })
    expect([failed.code, failed.json.error.code]).toEqual([1, 'active_bundle_missing'])
  })

  it('accepts an override, and refuses one that is not a bundle', async () => {
    const dir = demo()
    const given = ['infer', 'resolve', '--model-dir', `models/${THIRD}`, '--json']
    expect((await taskclf<InferResolve>(given, { cwd: dir })).json).toMatchObject({
      source: 'override',
      model_id: THIRD,
    })
    const { code, json } = await taskclf(['infer', 'resolve', '--model-dir', 'nowhere', '--json'], {
      cwd: dir,
    })
    expect([code, json.error.code]).toEqual([1, 'override_invalid'])
  })

  it('says of every model why it may not serve', async () => {
    const { code, json, stderr, stdout } = await taskclf(
      ['infer', 'resolve', '--schema-hash', 'none', '--json'],
      { cwd: demo() },
    )
    expect([code, json.error.code]).toEqual([1, 'no_eligible_model'])
    expect(json.error.details?.excluded).toHaveLength(7)
    expect(stderr).toContain(BEST)
    expect(stdout.trimStart().startsWith('{')).toBe(true)
  })

  it('escapes a path for a terminal, and only there', async () => {
    const base = scratchDir()
    const odd = join(base, 'odd\u001bdir')
    mkdirSync(odd)
    writeBundle(join(odd, 'models'), 'run-1')
    expect((await taskclf(['infer', 'resolve'], { cwd: odd })).stdout).toBe(
      `${join(odd, 'models', 'run-1')}\n`,
    )
    expect((await taskclf(['infer', 'resolve', '--no-color'], { cwd: odd, columns: 80 })).stdout).toContain(
      'odd\\x1bdir',
    )
  })
})

describe('policy', () => {
  it('shows, writes and checks', async () => {
    const dir = scratchDir()
    const shown = await taskclf<PolicyShow>(['policy', 'show', 'ungated', '--json'], { cwd: dir })
    expect(shown.json).toMatchObject({ source: 'ungated', policy: { gates: [] } })
    const init = ['policy', 'init', '--policy', 'default', '--json']
    const written = await taskclf<PolicyInit>(init, { cwd: dir })
    expect(written.json.file).toBe(join(dir, 'policy.json'))
    const { stdout } = await taskclf(['policy', 'show', 'policy.json'], { cwd: dir })
    expect(stdout).toBe(readFileSync(join(dir, 'policy.json'), 'utf8'))
    expect((await taskclf(['policy', 'show'], { cwd: dir })).stdout).toBe(stdout)
    const checked = await taskclf<PolicyCheck>(['policy', 'check', 'policy.json', '--json'], { cwd: dir })
    expect([checked.code, checked.json.valid]).toEqual([0, true])
    expect((await taskclf(['policy', 'check', 'policy.json'], { cwd: dir })).stdout).toContain('valid policy')
  })

  it('does not replace a file unasked', async () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'policy.json'), 'mine')
    const { code, json } = await taskclf(['policy', 'init', '--policy', 'latest', '--json'], { cwd: dir })
    expect([code, json.error.code, readFileSync(join(dir, 'policy.json'), 'utf8')]).toEqual([
      1,
      'file_exists',
      'mine',
    ])
    expect((await taskclf(['policy', 'init', '--force', '--policy', 'ungated'], { cwd: dir })).code).toBe(0)
    expect(JSON.parse(readFileSync(join(dir, 'policy.json'), 'utf8'))).toMatchObject({ gates: [] })
    const elsewhere = await taskclf(
      ['policy', 'init', 'no/such/dir/p.json', '--policy', 'latest', '--json'],
      { cwd: dir },
    )
    expect([elsewhere.code, elsewhere.json.error.code]).toEqual([3, 'system'])
  })
})

describe('the program', () => {
  it('prints version and help', async () => {
    const dir = scratchDir()
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect((await binary(['--version'], { cwd: dir })).stdout).toBe(`${version}\n`)
    const help = await binary(['model', 'select', '--help'], { cwd: dir })
    expect([help.code, help.stderr]).toEqual([0, ''])
    const none = await binary([], { cwd: dir })
    expect([none.code, none.stdout]).toEqual([0, (await binary(['--help'], { cwd: dir })).stdout])
  })

  it('shows a stack with --debug only', async () => {
    const dir = scratchDir()
    expect((await binary(['train', 'list'], { cwd: dir })).stderr).not.toContain('    at ')
    expect((await binary(['train', 'list', '--debug'], { cwd: dir })).stderr).toContain('    at ')
  })

  it('ends quietly when its reader goes away', async () => {
    const dir = scratchDir()
    for (let i = 0; i < 400; i++) writeBundle(join(dir, 'models'), `run-${i}-${'x'.repeat(80)}`)
    const child = spawn(process.execPath, [BIN, 'train', 'list', '--json'], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.once('data', () => child.stdout.destroy())
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect([code, stderr]).toEqual([0, ''])
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends on %s with %i, and leaves nothing that blocks the next', async (signal, code) => {
    const dir = demo()
    const work = join(dir, 'models', '.taskclf')
    mkdirSync(work)
    const lock = await acquireLock(join(work, 'active.lock'))
    const child = spawnProgram(BIN, ['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const ended = new Promise((resolve) => child.once('close', resolve))
    const waits = () => readdirSync(work).some((name) => name.startsWith('active.lock.new-'))
    await vi.waitUntil(waits, { timeout: 20_000 })
    child.kill(signal)
    expect(await ended).toBe(code)
    await lock.release()
    expect((await binary(['model', 'set-active', '--model-id', BEST], { cwd: dir })).code).toBe(0)
  })

  it('completes in bash', async () => {
    const dir = demo()
    const { json } = await taskclf<Completion>(['completion', 'bash', '--json'], { cwd: dir })
    const ask = `${json.script}
taskclf() { "${process.execPath}" "${BIN}" "$@"; }
COMP_WORDS=(taskclf model inspect 2026-03-0); COMP_CWORD=3; _taskclf; echo "\${COMPREPLY[@]}"
COMP_WORDS=(taskclf model set-active --model-id 2026-01); COMP_CWORD=4; _taskclf; echo "\${COMPREPLY[@]}"
COMP_WORDS=(taskclf tr); COMP_CWORD=1; _taskclf; echo "\${COMPREPLY[@]}"`
    const child = spawn('bash', ['-c', ask], { cwd: dir })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    await new Promise((resolve) => child.once('close', resolve))
    expect(said.trim().split('\n')).toEqual([BEST, `2026-01-05_031007_run-1824 ${THIRD}`, 'train'])
    const zsh = await taskclf(['completion'], { cwd: dir, env: { SHELL: '/bin/zsh' } })
    expect(zsh.stdout).toContain('#compdef taskclf')
  })
})
