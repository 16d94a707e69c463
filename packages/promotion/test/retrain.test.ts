import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunSpec, startRun } from '@taskclf/runs'
import { writeBundle } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Cadence, checkRetrainDue, retrain } from '../src/index.js'
import { activeId, at, errorOf, expectWhole, place, pointTo, seen } from './support.js'

const TRAINER = fileURLToPath(new URL('programs/trainer.mjs', import.meta.url))
const spec = (...args: string[]): RunSpec => ({ command: process.execPath, args: [TRAINER, ...args] })

describe('retrain', () => {
  it('trains, promotes and tells everything', async () => {
    const { base, models } = place()
    const runs: string[] = []
    const result = await retrain({
      spec: spec('0.9'),
      runsDir: join(base, 'runs'),
      modelsDir: models,
      cadence: { everyMs: 1000 },
      onRun: ({ id }) => runs.push(id),
      signal: new AbortController().signal,
    })
    expect(result).toMatchObject({
      outcome: 'promoted',
      check: { due: true, code: 'no_model' },
      run: { state: 'succeeded', run_id: runs[0] },
      promotion: { outcome: 'promoted', candidate: { generatedId: true } },
    })
    expect(await expectWhole(models)).toEqual([result.promotion?.published?.modelId])
  })

  it('does nothing when it is not due, unless forced', async () => {
    const { base, models } = place()
    const ask = { runsDir: join(base, 'runs'), modelsDir: models, cadence: { everyMs: 60_000 } }
    await retrain({ ...ask, spec: spec('0.9') })
    const idle = await retrain({ ...ask, spec: spec('0.95') })
    expect(idle).toEqual({
      outcome: 'not_due',
      check: expect.objectContaining({ due: false, code: 'recent' }),
    })
    const forced = await retrain({ ...ask, spec: spec('0.95'), force: true })
    expect(forced).toMatchObject({ outcome: 'promoted' })
    expect(forced.check).toBeUndefined()
  })

  it('publishes nothing when the trainer fails', async () => {
    const { base, models, rejected } = place()
    const result = await retrain({ spec: spec('0.9', '3'), runsDir: join(base, 'runs'), modelsDir: models })
    expect(result).toMatchObject({ outcome: 'trainer_failed', run: { state: 'failed', exit: { code: 3 } } })
    expect([seen(models), seen(rejected), result.promotion]).toEqual([[], [], undefined])
  })

  it('keeps what the gates refuse, and a dry run keeps nothing', async () => {
    const { base, models, rejected } = place()
    writeBundle(models, 'run-a', { metrics: { macro_f1: 0.95 } })
    const runsDir = join(base, 'runs')
    const ask = { spec: spec('0.5'), runsDir, modelsDir: models }
    expect((await retrain({ ...ask, dryRun: true })).outcome).toBe('rejected')
    expect(seen(rejected)).toEqual([])
    expect(await retrain(ask)).toMatchObject({
      outcome: 'rejected',
      promotion: { rejection: { code: 'regressed' } },
    })
    expect(seen(rejected)).toHaveLength(1)
    expect((await retrain({ ...ask, spec: spec('0.96'), dryRun: true })).outcome).toBe('dry_run')
    expect([seen(models), activeId(models)]).toEqual([['run-a'], undefined])
  })

  it('takes any way to start a run', async () => {
    const { base, models } = place()
    const startTrainer = () => startRun(spec('0.9'), { runsDir: join(base, 'elsewhere'), id: 'mine' })
    expect(await retrain({ startTrainer, modelsDir: models })).toMatchObject({
      outcome: 'promoted',
      run: { run_id: 'mine' },
    })
  })

  it.each([
    ['an unusable champion', 'champion_unusable', {}],
    ['a policy that cannot be used', 'invalid_policy', { minImprovement: -1 }],
    ['a cadence that cannot be kept', 'invalid_cadence', { cadence: { everyMs: 0 } }],
  ])('finds %s before hours of training', async (_what, code, ask) => {
    const { base, models } = place()
    writeBundle(models, 'run-a', { files: { 'metrics.json': '{' } })
    pointTo(models, 'run-a')
    const runsDir = join(base, 'runs')
    const error = await errorOf(retrain({ spec: spec(), runsDir, modelsDir: models, ...ask }))
    expect([error.code, existsSync(runsDir)]).toEqual([code, false])
    const past = retrain({ spec: spec(), runsDir, modelsDir: models, ignoreChampion: true })
    expect(await past).toMatchObject({ outcome: 'promoted' })
  })
})

describe('checkRetrainDue', () => {
  const check = (models: string, cadence: Cadence, now: string) =>
    checkRetrainDue({ modelsDir: models, now: at(now), ...cadence })

  it.each<[Cadence, string, string]>([
    [{ everyMs: 86_400_000 }, '2026-03-12T13:59:59.999Z', '2026-03-12T14:00:00.000Z'],
    [{ everyMs: 1 }, '2026-03-11T14:00:00Z', '2026-03-11T14:00:00.001Z'],
    [{ calendar: 'daily' }, '2026-03-11T23:59:59.999Z', '2026-03-12T00:00:00.000Z'],
    [{ calendar: 'weekly' }, '2026-03-15T23:59:59.999Z', '2026-03-16T00:00:00.000Z'],
    [{ calendar: 'monthly' }, '2026-03-31T23:59:59.999Z', '2026-04-01T00:00:00.000Z'],
  ])('is due for %j: not at %s, from %s', async (cadence, early, due) => {
    const { models } = place()
    // A Wednesday; newest by the instant, not by the name or the text.
    writeBundle(models, 'run-a', { metadata: { created_at: '2026-03-11T15:00:00+01:00' } })
    writeBundle(models, 'run-b', { metadata: { created_at: '2026-03-11T14:30:00+01:00' } })
    writeBundle(models, 'run-c', {
      metadata: { created_at: '2026-03-11T23:00:00Z' },
      files: { 'model.txt': null },
    })
    expect(await check(models, cadence, early)).toMatchObject({ due: false, code: 'recent' })
    expect(await check(models, cadence, due)).toMatchObject({
      due: true,
      code: 'older_than_cadence',
      newest: { modelId: 'run-a' },
      dueAt: new Date(due),
    })
  })

  /** A run that ended with a candidate, or in another way. */
  function writeRun(runsDir: string, id: string, state: string, started: string, ended: string): void {
    const runner = { host: 'h', machine: 'm', boot: 'b', pid_namespace: 'p', pid: 1, start_time: '1' }
    const files = {
      output_dir: '/nowhere',
      cwd: '/nowhere',
      command: 'true',
      args: [],
      env: {},
      data: {},
      params: {},
    }
    const spec = { version: 1, run_id: id, seed: 0, grace_ms: 1, ...files }
    const manifest = { version: 1, spec, run_id: id, state, started_at: started, ended_at: ended, runner }
    mkdirSync(join(runsDir, id), { recursive: true })
    writeFileSync(join(runsDir, id, 'manifest.json'), JSON.stringify(manifest))
  }

  it('counts a run whose candidate was not taken, and none that failed or led to the newest bundle', async () => {
    const { base, models } = place()
    const runsDir = join(base, 'runs')
    writeBundle(models, 'run-a', { metadata: { created_at: '2026-03-02T00:30:00Z' } })
    const asked = { modelsDir: models, runsDir, everyMs: 7 * 86_400_000 }
    const at9 = (more: object = {}) => checkRetrainDue({ ...asked, ...more, now: at('2026-03-09T12:00:00Z') })
    writeRun(runsDir, 'r1', 'succeeded', '2026-03-02T00:00:00Z', '2026-03-02T01:00:00Z')
    writeRun(runsDir, 'r2', 'failed', '2026-03-09T00:00:00Z', '2026-03-09T01:00:00Z')
    expect(await at9()).toMatchObject({ due: true, code: 'older_than_cadence', damagedRuns: [] })
    writeRun(runsDir, 'r3', 'succeeded', '2026-03-09T02:00:00Z', '2026-03-09T03:00:00Z')
    expect(await at9()).toMatchObject({ due: false, code: 'trained_recently', lastRun: { runId: 'r3' } })
    expect(await at9({ retryAfterMs: 3_600_000 })).toMatchObject({ due: true, lastRun: { runId: 'r3' } })
    writeFileSync(join(runsDir, 'r2', 'manifest.json'), '{')
    // Neither times that are none nor a clock that was ahead may put it off for ever.
    writeRun(runsDir, 'r4', 'succeeded', 'noon', 'later')
    writeRun(runsDir, 'r5', 'succeeded', '2027-03-09T00:00:00Z', '2027-03-09T01:00:00Z')
    expect(await at9()).toMatchObject({
      damagedRuns: ['r2', 'r4'],
      fromTheFuture: ['r5'],
      lastRun: { runId: 'r3' },
    })
  })

  it('ends the week in one and in seven days on a Sunday and on a Monday', async () => {
    const { models } = place()
    writeBundle(models, 'run-a', { metadata: { created_at: '2026-03-15' } })
    const sunday = await check(models, { calendar: 'weekly' }, '2026-03-15T12:00:00Z')
    expect(sunday.dueAt?.toISOString()).toBe('2026-03-16T00:00:00.000Z')
    writeBundle(models, 'run-b', { metadata: { created_at: '2026-03-16' } })
    const monday = await check(models, { calendar: 'weekly' }, '2026-03-16T12:00:00Z')
    expect(monday.dueAt?.toISOString()).toBe('2026-03-23T00:00:00.000Z')
  })

  it.each([
    ['a day ahead at most is another clock', '2026-03-12T00:00:00Z', []],
    ['more is the future', '2026-03-12T00:00:00.001Z', ['run-a']],
  ])('considers that %s', async (_, created_at, fromTheFuture) => {
    const { models } = place()
    writeBundle(models, 'run-a', { metadata: { created_at } })
    const found = await check(models, { everyMs: 1000 }, '2026-03-11T00:00:00Z')
    expect(found.fromTheFuture).toEqual(fromTheFuture)
  })

  it('is not delayed by a model of the future', async () => {
    const { models } = place()
    writeBundle(models, 'run-a', { metadata: { created_at: '2099-01-01' } })
    const now = '2026-03-11T00:00:00Z'
    expect(await check(models, { everyMs: 1000 }, now)).toMatchObject({
      code: 'no_model',
      fromTheFuture: ['run-a'],
    })
    writeBundle(models, 'run-b', { metadata: { created_at: '2026-03-11T09:00:00' } })
    expect(await check(models, { everyMs: 1000 }, now)).toMatchObject({
      code: 'recent',
      newest: { modelId: 'run-b' },
    })
  })

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'cannot keep a cadence of %d ms',
    async (everyMs) => {
      const { models } = place()
      const error = await errorOf(checkRetrainDue({ modelsDir: models, everyMs }))
      expect(error.code).toBe('invalid_cadence')
    },
  )

  it('knows no other calendar', async () => {
    const { models } = place()
    const error = await errorOf(checkRetrainDue({ modelsDir: models, calendar: 'hourly' as 'daily' }))
    expect(error.code).toBe('invalid_cadence')
  })

  it('keeps the law: what is due at one moment is due at every later one', async () => {
    const { models } = place()
    writeFileSync(join(models, 'note'), '')
    writeBundle(models, 'run-a', { metadata: { created_at: '2026-01-01' } })
    const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
    const cadence = fc.oneof(
      fc.record({ everyMs: fc.integer({ min: 1, max: 40 * 86_400_000 }) }),
      fc.record({ calendar: fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const) }),
    )
    await fc.assert(
      fc.asyncProperty(cadence, instant, instant, async (kept, a, b) => {
        const [first, second] = a < b ? [a, b] : [b, a]
        const due = async (now: Date) => (await check(models, kept, now.toISOString())).due
        expect(!(await due(first)) || (await due(second))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})
