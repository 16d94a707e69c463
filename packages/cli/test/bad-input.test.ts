import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Doctor, ModelSwitch, PolicyCheck, TrainList } from '@taskclf/documents'
import { copyDemoModels, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary } from './support/taskclf.js'

const BEST = '2026-03-02_031009_run-8935'
const GOOD = '2026-02-16_031012_run-2286'
const FAILING = '2026-03-30_031401_run-0520'

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

/** Runs the built binary with --json and answers its error, which both streams tell of. */
async function refused(dir: string, ...args: string[]) {
  const { code, json, stderr } = await binary([...args, '--json'], { cwd: dir })
  expect(stderr).toContain(`[${json.error.code}]`)
  expect(stderr).not.toMatch(/^\s+at /m)
  return { exit: code, ...json.error }
}

describe('the models dir', () => {
  it('is missing', async () => {
    expect(await refused(scratchDir(), 'train', 'list')).toMatchObject({
      exit: 3,
      code: 'models_dir_missing',
    })
    expect(await refused(scratchDir(), 'infer', 'resolve')).toMatchObject({
      exit: 3,
      code: 'models_dir_missing',
    })
    expect(await refused(scratchDir(), 'doctor')).toMatchObject({ exit: 3, code: 'models_dir_missing' })
  })

  it('is empty', async () => {
    const dir = scratchDir()
    mkdirSync(join(dir, 'models'))
    const list = await binary<TrainList>(['train', 'list', '--json'], { cwd: dir })
    expect([list.code, list.json.bundles]).toEqual([0, []])
    expect(await refused(dir, 'infer', 'resolve')).toMatchObject({ exit: 1, code: 'no_eligible_model' })
    expect((await binary(['model', 'select'], { cwd: dir })).code).toBe(1)
    const doctor = await binary<Doctor>(['doctor', '--json'], { cwd: dir })
    expect([doctor.code, doctor.json.findings.map(({ code }) => code)]).toEqual([
      1,
      expect.arrayContaining(['no_bundles']),
    ])
  })

  it('is a file', async () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'models'), '')
    expect(await refused(dir, 'train', 'list')).toMatchObject({ exit: 3, code: 'models_dir_not_a_directory' })
  })

  it('refuses a models dir that cannot be read', async () => {
    const dir = demo()
    const models = join(dir, 'models')
    chmodSync(models, 0o000)
    // Root reads it all the same; a loop of links cannot be opened by anybody.
    symlinkSync('loop', join(dir, 'loop'))
    const unreadable = process.getuid?.() === 0 ? join(dir, 'loop') : models
    const answer = await refused(dir, 'train', 'list', '--models-dir', unreadable)
    expect(answer).toMatchObject({ exit: 3, code: 'models_dir_unreadable' })
  })
})

describe('the model id', () => {
  it('begins several: they are named, and nothing is done', async () => {
    const dir = demo()
    for (const command of ['set-active', 'inspect', 'verify', 'why', 'readmit']) {
      const answer = await refused(dir, 'model', command, '2026-0')
      expect(answer).toMatchObject({ exit: 2, code: 'ambiguous_model' })
      expect(answer.message).toContain(BEST)
    }
  })

  it('is given twice, or not at all', async () => {
    const dir = demo()
    const twice = ['model', 'set-active', BEST, '--model-id', BEST]
    expect(await refused(dir, ...twice)).toMatchObject({ exit: 2, code: 'usage' })
    expect(await refused(dir, 'model', 'set-active')).toMatchObject({ exit: 2, code: 'missing_argument' })
  })

  it('is unknown: the nearest is named', async () => {
    const answer = await refused(demo(), 'model', 'set-active', '--model-id', `${BEST}0`)
    expect(answer).toMatchObject({ exit: 1, code: 'unknown_model' })
    expect(answer.message).toContain(BEST)
    expect(await refused(demo(), 'model', 'inspect', 'nope')).toMatchObject({
      exit: 1,
      code: 'unknown_model',
    })
    expect(await refused(demo(), 'model', 'verify', BEST, 'nope')).toMatchObject({
      exit: 1,
      code: 'unknown_model',
    })
  })

  it.each(['..', '../models', `x/../${BEST}`, '.hidden', 'a\\b', './x'])(
    'refuses a model id that could lead elsewhere: %s',
    async (id) => {
      for (const args of [
        ['model', 'set-active', `--model-id=${id}`],
        ['model', 'inspect', id],
        ['model', 'verify', id],
      ]) {
        expect(await refused(demo(), ...args)).toMatchObject({ exit: 2, code: 'unusable_name' })
      }
    },
  )

  it('carries control characters: shown escaped, in JSON too', async () => {
    const dir = demo()
    const evil = 'x\u001b[2J\u202e'
    const { stdout, stderr } = await binary(['model', 'inspect', evil, '--json'], { cwd: dir })
    expect(stdout + stderr).not.toContain('\u001b')
    expect((JSON.parse(stdout) as { error: { message: string } }).error.message).toContain('u001b')
  })
})

describe('the policy', () => {
  const BAD = {
    extends: 'default',
    gates: [{ metric: 'macro_f1', minn: 0.8 }],
    min_improvment: 0,
    regression_tolerance: 'much',
  }

  it('is malformed: all violations at once, each unknown key with the nearest known one', async () => {
    const dir = demo()
    writeFileSync(join(dir, 'bad.json'), JSON.stringify(BAD))
    const answer = await refused(dir, 'model', 'select', '--policy', 'bad.json')
    expect(answer).toMatchObject({ exit: 2, code: 'policy_invalid' })
    const violations = answer.details?.violations as { at: string; nearest?: string }[]
    expect(violations.map(({ at }) => at)).toEqual(
      expect.arrayContaining(['min_improvment', 'regression_tolerance']),
    )
    expect(violations.map(({ nearest }) => nearest)).toEqual(
      expect.arrayContaining(['min', 'min_improvement']),
    )
    const check = await binary<PolicyCheck>(['policy', 'check', 'bad.json', '--json'], { cwd: dir })
    expect([check.code, check.json.valid, check.json.violations.length]).toEqual([
      1,
      false,
      violations.length,
    ])
    const said = await binary(['policy', 'check', 'bad.json'], { cwd: dir })
    expect(said.stdout).toContain('min_improvment')
  })

  it('is incomplete: the answer says what to write, with the metrics of the bundles', async () => {
    const dir = demo()
    writeFileSync(join(dir, 'few.json'), '{"version":1,"min_improvement":0.01}')
    const answer = await refused(dir, 'model', 'select', '--policy', 'few.json')
    expect(answer).toMatchObject({ exit: 2, code: 'policy_incomplete' })
    const violations = answer.details?.violations as { at: string; code: string; message: string }[]
    expect(violations.map(({ at, code }) => [at, code])).toEqual([
      ['gates', 'policy_incomplete'],
      ['rank_by', 'policy_incomplete'],
    ])
    expect(violations[0]?.message).toContain('"extends": "default"')
    expect(violations[1]?.message).toContain('macro_f1')
    const check = await binary<PolicyCheck & { notes: object[] }>(['policy', 'check', 'few.json', '--json'], {
      cwd: dir,
    })
    expect(check.json).toMatchObject({ valid: false, violations, notes: [{ code: 'policy_incomplete' }] })
    const elsewhere = await refused(dir, 'policy', 'show', 'few.json', '--models-dir', 'none')
    expect(elsewhere).toMatchObject({ exit: 2, code: 'policy_incomplete' })
  })

  it('is missing, no JSON, or holds a key twice', async () => {
    const dir = demo()
    expect(await refused(dir, 'model', 'select', '--policy', 'defualt')).toMatchObject({
      exit: 2,
      code: 'policy_missing',
    })
    writeFileSync(join(dir, 'torn.json'), '{"version":1')
    expect(await refused(dir, 'model', 'select', '--policy', 'torn.json')).toMatchObject({
      exit: 2,
      code: 'policy_invalid',
    })
    writeFileSync(join(dir, 'twice.json'), '{"version":1,"gates":[],"gates":[]}')
    const check = await binary<PolicyCheck>(['policy', 'check', 'twice.json', '--json'], { cwd: dir })
    expect([check.code, check.json.valid]).toEqual([1, false])
  })
})

describe('words and keys', () => {
  it('refuses an unknown flag, command or configuration key', async () => {
    const dir = demo()
    expect(await refused(dir, 'train', 'list', '--sotr', 'macro_f1')).toMatchObject({
      exit: 2,
      code: 'unknown_flag',
    })
    expect(await refused(dir, 'train', 'lst')).toMatchObject({ exit: 2, code: 'unknown_command' })
    expect(await refused(dir, 'train', 'list', '--all', '--eligible')).toMatchObject({
      exit: 2,
      code: 'usage',
    })
    expect(await refused(dir, 'model', 'rollback', '--to', '1', '--steps', '1')).toMatchObject({
      exit: 2,
      code: 'usage',
    })
    expect(await refused(dir, 'policy', 'show', 'default', '--policy', 'default')).toMatchObject({
      exit: 2,
      code: 'usage',
    })
    writeFileSync(join(dir, 'taskclf.config.json'), '{"model_dir":"models"}')
    const answer = await refused(dir, 'train', 'list')
    expect(answer).toMatchObject({ exit: 2, code: 'config_invalid' })
    expect(answer.message).toContain('models_dir')
  })
})

describe('the bundle', () => {
  it('has NaN in metrics.json: invalid, and no reason to stop', async () => {
    const dir = scratchDir()
    writeBundle(join(dir, 'models'), 'good')
    writeBundle(join(dir, 'models'), 'bad', {
      files: { 'metrics.json': '{"macro_f1": NaN, "weighted_f1": 0.9}' },
    })
    const list = await binary<TrainList>(['train', 'list', '--all', '--json'], { cwd: dir })
    expect(list.code).toBe(0)
    expect(list.json.bundles.map(({ model_id, status, macro_f1 }) => [model_id, status, macro_f1])).toEqual([
      ['good', 'valid', 0.9],
      ['bad', 'invalid', null],
    ])
    expect(list.json.bundles[1]?.exclusion).toMatchObject({ stage: 'invalid', code: 'malformed_json' })
    const plain = await binary(['train', 'list'], { cwd: dir })
    expect(plain.stdout).not.toContain('bad')
    expect(plain.stderr).toContain('--all')
  })

  it('is invalid: never active, not even by force', async () => {
    const dir = demo()
    writeFileSync(join(dir, 'models', GOOD, 'metrics.json'), '{"macro_f1":2,"weighted_f1":"high"}')
    for (const force of [[], ['--force']]) {
      const answer = await refused(dir, 'model', 'set-active', '--model-id', GOOD, ...force)
      expect(answer).toMatchObject({ exit: 1, code: 'invalid_bundle' })
      expect(answer.details?.problems).toHaveLength(2)
    }
  })

  it('fails a gate, or does not fit: refused, except by force', async () => {
    const dir = demo()
    const args = ['model', 'set-active', '--model-id', FAILING]
    expect(await refused(dir, ...args)).toMatchObject({ exit: 1, code: 'gate_failed' })
    expect(
      await refused(dir, 'model', 'set-active', '--model-id', BEST, '--schema-hash', 'other'),
    ).toMatchObject({
      exit: 1,
      code: 'incompatible',
    })
    const forced = await binary<ModelSwitch>([...args, '--force', '--json'], { cwd: dir })
    expect([forced.code, forced.json.model_id]).toEqual([0, FAILING])
    expect(forced.json.forced).toMatchObject([{ stage: 'gate', code: 'not_equal' }])
    const [line = ''] = readFileSync(join(dir, 'models', 'active_history.jsonl'), 'utf8').split('\n')
    expect(JSON.parse(line)).toMatchObject({ decision: { forced: [{ code: 'not_equal' }] } })
  })
})

describe('the pointer moved', () => {
  async function activated(): Promise<{ dir: string; version: string }> {
    const dir = demo()
    const { json } = await binary<ModelSwitch>(['model', 'set-active', '--model-id', BEST, '--json'], {
      cwd: dir,
    })
    expect(json.revision).toBe(1)
    return { dir, version: json.pointer_version }
  }
  const again = (...more: string[]) => ['model', 'set-active', '--model-id', GOOD, ...more]

  it('reports a stale revision or version as a conflict, and the right one not', async () => {
    const { dir, version } = await activated()
    expect(await refused(dir, ...again('--expect-revision', '0'))).toMatchObject({
      exit: 4,
      code: 'conflict',
    })
    expect(await refused(dir, ...again('--expect-revision', '2'))).toMatchObject({
      exit: 4,
      code: 'conflict',
    })
    expect(await refused(dir, ...again('--expect-version', 'sha256:0'))).toMatchObject({
      exit: 4,
      code: 'conflict',
    })
    const right = again('--expect-revision', '1', '--expect-version', version, '--json')
    const { code, json } = await binary<ModelSwitch>(right, { cwd: dir })
    expect([code, json.revision]).toEqual([0, 2])
    expect(await refused(dir, ...again('--expect-revision', '1'))).toMatchObject({
      exit: 4,
      code: 'conflict',
    })
  })

  it('expects with revision 0 that nothing is active yet', async () => {
    const { code } = await binary(again('--expect-revision', '0'), { cwd: demo() })
    expect(code).toBe(0)
  })

  it.each([
    ['keeps', (pointer: object) => pointer],
    ['drops', ({ revision, write_id, source, withdrawn, ...rest }: Record<string, unknown>) => rest],
  ])('reports two writes by the Python project in between, which %s our keys', async (_, keep) => {
    const { dir, version } = await activated()
    const path = join(dir, 'models', 'active.json')
    const pointer = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    for (const [second, id] of [GOOD, BEST].entries()) {
      const selected_at = `2026-04-02T00:00:0${second}+00:00`
      const written = { ...keep(pointer), model_dir: `models/${id}`, model_id: id, selected_at }
      writeFileSync(path, `${JSON.stringify(written, null, 2)}\n`)
    }
    const before = readFileSync(path, 'utf8')
    expect(await refused(dir, ...again('--expect-revision', '1'))).toMatchObject({
      exit: 4,
      code: 'conflict',
    })
    expect(await refused(dir, ...again('--expect-version', version))).toMatchObject({
      exit: 4,
      code: 'conflict',
    })
    expect(readFileSync(path, 'utf8')).toBe(before)
  })

  it('is not readable: expecting a revision is a conflict', async () => {
    const { dir } = await activated()
    writeFileSync(join(dir, 'models', 'active.json'), '{')
    expect(await refused(dir, ...again('--expect-revision', '1'))).toMatchObject({
      exit: 4,
      code: 'conflict',
    })
  })
})
