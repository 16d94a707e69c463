import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelHistory, TrainCheckRetrain, TrainPromote } from '@taskclf/documents'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary, taskclf } from './support/taskclf.js'
import { candidate, configure, noteCodes, place, seen } from './support/trainers.js'

describe('train promote', () => {
  it('publishes, switches, and refreshes the index', async () => {
    const { dir, models } = place()
    const path = candidate(dir, 'first', 0.88)
    const { code, json } = await binary<TrainPromote>(['train', 'promote', path, '--json'], { cwd: dir })
    expect(code).toBe(0)
    expect(json).toMatchObject({
      models_dir: models,
      outcome: 'promoted',
      published: { model_id: 'first', path: join(models, 'first') },
      switch: { model_id: 'first', from: null, revision: 1 },
      active_model_id: 'first',
      champion_model_id: null,
    })
    expect(noteCodes(json)).toContain('no_champion')
    expect(json.numbers.every(({ passed, champion }) => passed && champion === null)).toBe(true)
    expect(readFileSync(join(models, 'index.json'), 'utf8')).toContain('"best_model_id": "first"')
    const plain = await binary(['train', 'promote', candidate(dir, 'second', 0.9)], { cwd: dir })
    expect(plain.code).toBe(0)
    expect(plain.stdout).toMatch(/^promoted/)
    expect(plain.stdout).toMatch(/regression +macro_f1 +at most 0.02 worse +0.9000 +0.8800 +yes/)
    expect(plain.stderr).toContain('promote: publishing')
  })

  it('rejects at a gate with exit 1, with every number and the champion beside it', async () => {
    const { dir, models } = place()
    await taskclf(['train', 'promote', candidate(dir, 'champion')], { cwd: dir })
    const low = candidate(dir, 'low', 0.95, { metrics: { breakidle_precision: 0.9 } })
    const { code, json } = await binary<TrainPromote>(['train', 'promote', low, '--json'], { cwd: dir })
    expect(code).toBe(1)
    expect(json).toMatchObject({
      outcome: 'rejected',
      rejection: { stage: 'gate', code: 'below_min' },
      champion_model_id: 'champion',
      rejected_dir: join(dir, 'rejected_models', 'low'),
    })
    const row = json.numbers.find(({ metric }) => metric === 'breakidle_precision')
    expect(row).toEqual({
      check: 'gate',
      metric: 'breakidle_precision',
      bound: '≥ 0.95',
      candidate: 0.9,
      champion: 0.97,
      passed: false,
      short_by: '0.05',
    })
    const plain = await binary(['train', 'promote', low, '--no-color'], { cwd: dir })
    expect(plain.code).toBe(1)
    expect(plain.stdout).toMatch(/breakidle_precision +≥ 0.95 +0.9000 +0.9700 +NO +0.05/)
    expect(plain.stderr).toContain('0.05 below the minimum 0.95')
    expect(seen(models)).toEqual(['active.json', 'active_history.jsonl', 'champion', 'index.json'])
    expect(seen(join(dir, 'rejected_models'))).toEqual(['low', 'low-2'])
  })

  it('rejects what falls too far behind the champion, and says by how much too far', async () => {
    const { dir } = place()
    await taskclf(['train', 'promote', candidate(dir, 'champion', 0.9)], { cwd: dir })
    const worse = candidate(dir, 'worse', 0.85)
    const { code, json } = await taskclf<TrainPromote>(['train', 'promote', worse, '--json'], { cwd: dir })
    expect([code, json.rejection?.stage, json.rejection?.code]).toEqual([1, 'regression', 'regressed'])
    expect(json.numbers.at(-1)).toMatchObject({
      check: 'regression',
      candidate: 0.85,
      champion: 0.9,
      short_by: '0.03',
    })
    const { stdout } = await taskclf(['train', 'promote', worse, '--dry-run'], { cwd: dir, columns: 100 })
    expect(stdout).toContain('comparison with the champion')
    expect(stdout).toContain('champion (active)')
    expect(seen(join(dir, 'rejected_models'))).toEqual(['worse'])
  })

  it('leaves the active model where the gain is too small, which is not a failure', async () => {
    const { dir } = place()
    await taskclf(['train', 'promote', candidate(dir, 'champion', 0.9)], { cwd: dir })
    const args = ['train', 'promote', candidate(dir, 'close', 0.905), '--min-improvement', '0.01', '--json']
    const { code, json } = await taskclf<TrainPromote>(args, { cwd: dir })
    expect([code, json.outcome, json.active_model_id]).toEqual([0, 'published', 'champion'])
    expect(noteCodes(json)).toContain('gain_too_small')
    expect(json.selection).toMatchObject({ gain: '0.005', required: '0.01' })
  })

  it('writes nothing in a dry run', async () => {
    const { dir, models } = place()
    const path = candidate(dir, 'a')
    const { code, json } = await taskclf<TrainPromote>(['train', 'promote', path, '--dry-run', '--json'], {
      cwd: dir,
    })
    expect([code, json.outcome, json.dry_run]).toEqual([0, 'dry_run', true])
    expect(seen(models)).toEqual([])
    const { stdout } = await taskclf(['train', 'promote', path, '--dry-run'], { cwd: dir })
    expect(stdout).toContain('dry run')
  })

  it('stops at a champion that cannot be compared with, until told to ignore it', async () => {
    const { dir, models } = place()
    await taskclf(['train', 'promote', candidate(dir, 'champion')], { cwd: dir })
    rmSync(join(models, 'champion', 'model.txt'))
    const next = candidate(dir, 'next', 0.95)
    const stopped = await binary(['train', 'promote', next, '--json'], { cwd: dir })
    expect([stopped.code, stopped.json.error.code]).toEqual([1, 'champion_unusable'])
    expect(stopped.json.error.details?.problems).toContainEqual(
      expect.objectContaining({ code: 'missing_artifact' }),
    )
    writeFileSync(join(models, 'active.json'), '{')
    const corrupt = await binary(['train', 'promote', next, '--json'], { cwd: dir })
    expect([corrupt.code, corrupt.json.error.code]).toEqual([1, 'pointer_corrupt'])
    expect(seen(models)).not.toContain('next')
    const args = ['train', 'promote', next, '--ignore-champion', '--json']
    const { code, json } = await binary<TrainPromote>(args, { cwd: dir })
    expect([code, json.champion?.status, json.active_model_id]).toEqual([0, 'ignored', 'next'])
    const again = candidate(dir, 'again', 0.96)
    const said = await taskclf(['train', 'promote', again, '--ignore-champion'], { cwd: dir })
    expect(said.stdout).toMatch(/champion +ignored/)
  })

  it('does not compare with a champion of another feature schema, and says so', async () => {
    const { dir } = place()
    await taskclf(['train', 'promote', candidate(dir, 'champion')], { cwd: dir })
    const other = candidate(dir, 'other', 0.5, { metadata: { schema_hash: 'ffffffffffff' } })
    const { stdout, stderr } = await taskclf(['train', 'promote', other], { cwd: dir })
    expect(stdout).toContain('another feature schema')
    expect(stderr).toContain('warning:')
  })

  it.each([
    ['nothing there', 'absent', 1, 'candidate_invalid'],
    ['a promoted bundle', 'models/there', 1, 'already_promoted'],
    ['an id in use', 'candidates/there', 1, 'id_taken'],
  ])('refuses %s', async (_what, path, expected, errorCode) => {
    const { dir, models } = place()
    writeBundle(models, 'there')
    candidate(dir, 'there')
    const { code, json } = await taskclf(['train', 'promote', path, '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([expected, errorCode])
  })

  it('refuses nonsense for an improvement', async () => {
    const { dir } = place()
    const args = ['train', 'promote', 'x', '--min-improvement', 'much', '--json']
    const { code, json } = await taskclf(args, { cwd: dir })
    expect([code, json.error.code]).toEqual([2, 'invalid_value'])
    const over = await taskclf(['train', 'promote', 'x', '--min-improvement', '7', '--json'], { cwd: dir })
    expect([over.code, over.json.error.code]).toEqual([2, 'invalid_policy'])
  })

  it('reports what was done before it failed', async () => {
    const { dir, models } = place()
    // A file where the pointer's lock belongs: the bundle can be published, the switch cannot be made.
    mkdirSync(join(models, '.taskclf'))
    writeFileSync(join(models, '.taskclf', 'active.lock'), '')
    const { code, json } = await binary(['train', 'promote', candidate(dir, 'a'), '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([3, 'io'])
    expect(json.error.details?.promotion).toMatchObject({
      outcome: 'published',
      published: { model_id: 'a' },
    })
    expect(seen(models)).toContain('a')
  })

  it('leaves what it was decided on in the history', async () => {
    const { dir } = place()
    await taskclf(['train', 'promote', candidate(dir, 'old', 0.88)], { cwd: dir })
    await taskclf(['train', 'promote', candidate(dir, 'new', 0.9)], { cwd: dir })
    const { json } = await taskclf<ModelHistory>(['model', 'history', '--verbose', '--json'], { cwd: dir })
    expect(json.entries[0]?.decision).toMatchObject({
      kind: 'promotion',
      policy_digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      candidate: { model_id: 'new', score: { macro_f1: 0.9 }, gates: expect.any(Array) },
      incumbent: { model_id: 'old', score: { macro_f1: 0.88 } },
    })
    const { stdout } = await taskclf(['model', 'history', '--verbose'], { cwd: dir, columns: 100 })
    expect(stdout).toMatch(/champion +old \(macro_f1 0.88, weighted_f1 0.91\)/)
    expect(stdout).toMatch(/gain +0.02 \(minimum 0\)/)
    expect(stdout).toMatch(/breakidle_precision +≥ 0.95 +0.97 +true/)
  })
})

describe('train check-retrain', () => {
  it('is due, or exits 1', async () => {
    const { dir, models } = place()
    const check = async (...args: string[]) => {
      const { code, json } = await taskclf<TrainCheckRetrain>(['train', 'check-retrain', ...args, '--json'], {
        cwd: dir,
      })
      return [code, json.code, json.cadence]
    }
    expect(await check()).toEqual([0, 'no_model', 'weekly'])
    // The clock of these tests stands at 2026-04-01T12:00Z, a Wednesday.
    writeBundle(models, 'a', { metadata: { created_at: '2026-03-31T00:00:00Z' } })
    expect(await check()).toEqual([1, 'recent', 'weekly'])
    expect(await check('--cadence', 'daily')).toEqual([0, 'older_than_cadence', 'daily'])
    expect(await check('--cadence', '36h')).toEqual([0, 'older_than_cadence', '36h'])
    expect(await check('--cadence', '37h')).toEqual([1, 'recent', '37h'])
    configure(dir, { cadence: 'monthly' })
    expect(await check()).toEqual([0, 'older_than_cadence', 'monthly'])
    writeBundle(models, 'b', { metadata: { created_at: '2027-01-01T00:00:00Z' } })
    const { stdout, stderr } = await taskclf(['train', 'check-retrain', '--cadence', '2w'], { cwd: dir })
    expect(stdout).toMatch(/^not due \(2w\): /)
    expect(stderr).toMatch(/warning: .*: b\n/)
  })

  it('knows no other cadence', async () => {
    const { dir } = place()
    for (const cadence of ['0d', 'hourly', '7']) {
      const { code, json } = await taskclf(['train', 'check-retrain', '--cadence', cadence, '--json'], {
        cwd: dir,
      })
      expect([code, json.error.code], cadence).toEqual([2, 'invalid_value'])
    }
    configure(dir, { cadence: 'often' })
    const { json } = await taskclf(['train', 'check-retrain', '--json'], { cwd: dir })
    expect(json.error.code).toBe('config_invalid')
  })
})
