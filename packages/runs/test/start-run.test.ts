import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RunEvent, readRun, startRun } from '@taskclf/runs'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { eventsOf, train, until } from './helpers.js'

const brief = (event: RunEvent) => {
  const { seq: _seq, at: _at, ...rest } = event
  return rest
}

it('gives the trainer everything, records what it says, and finds its bundle', async () => {
  const runsDir = join(scratchDir(), 'new', 'runs')
  const cwd = scratchDir()
  const stderr: Buffer[] = []
  const run = await train(
    'good',
    {
      runsDir,
      id: 'r1',
      onStderr: (chunk) => stderr.push(chunk),
      env: { ...process.env, TASKCLF_SEED: 'not this', OURS_1: 'inherited' },
    },
    {
      cwd,
      seed: 7,
      params: { trees: 3, nested: { a: [1, null] } },
      data: { train: 'a.csv', test: '/b.csv' },
      env: { OURS_2: 'set' },
    },
  )
  const dir = join(runsDir, 'r1')
  expect({ id: run.id, dir: run.dir, bundleDir: run.bundleDir }).toEqual({
    id: 'r1',
    dir,
    bundleDir: join(dir, 'bundle'),
  })
  const manifest = await run.done
  expect(manifest).toMatchObject({
    version: 1,
    run_id: 'r1',
    state: 'succeeded',
    exit: { code: 0, signal: null },
    bundle: { model_id: 'm1' },
    runner: { pid: process.pid },
  })
  expect(manifest.code).toBeUndefined()
  expect(manifest.process?.pid).toBeGreaterThan(0)
  expect(manifest.duration_ms).toBeGreaterThan(0)
  expect(JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'))).toEqual(manifest)
  expect(run.cancel()).toBe(false)
  expect(await run.done).toBe(manifest)

  const spec = JSON.parse(readFileSync(join(dir, 'spec.json'), 'utf8'))
  expect(manifest.spec).toEqual(spec)
  expect(spec).toMatchObject({
    version: 1,
    run_id: 'r1',
    output_dir: run.bundleDir,
    seed: 7,
    params: { trees: 3, nested: { a: [1, null] } },
    data: { train: join(cwd, 'a.csv'), test: '/b.csv' },
    grace_ms: 300,
  })

  const events = await eventsOf(run.events)
  expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1))
  expect(manifest.events).toBe(events.length - 1)
  expect(Buffer.concat(stderr).toString()).toBe('a warning\n')
  expect(events.filter((event) => event.type === 'stderr').map(brief)).toEqual([
    { type: 'stderr', text: 'a warning' },
  ])
  const said = events.filter((event) => event.type !== 'stderr').map(brief)
  const custom = said.find((event) => event.type === 'text' && event.text.includes('custom'))
  expect(custom?.type === 'text' && JSON.parse(custom.text)).toEqual({
    type: 'custom',
    spec,
    cwd,
    env: {
      OURS_1: 'inherited',
      OURS_2: 'set',
      TASKCLF_PROTOCOL: '1',
      TASKCLF_RUN_ID: 'r1',
      TASKCLF_SPEC: join(dir, 'spec.json'),
      TASKCLF_OUTPUT_DIR: run.bundleDir,
      TASKCLF_SEED: '7',
    },
  })
  expect(said.filter((event) => event !== custom)).toEqual([
    { type: 'phase', name: 'train' },
    { type: 'progress', current: 1, total: 2, unit: 'trees' },
    { type: 'metrics', step: 1, values: { loss: 0.5 }, extra: 'kept' },
    { type: 'log', message: 'half way', level: 'info' },
    { type: 'text', text: 'plain text' },
    { type: 'text', text: 'bar 2' },
    { type: 'malformed', text: '{not json', reason: 'not_json', message: expect.any(String) },
    {
      type: 'malformed',
      text: '{"type":"progress","current":-1}',
      reason: 'schema_violation',
      message: expect.any(String),
    },
    { type: 'bundle', model_id: 'm1' },
    { type: 'text', text: 'no newline at the end' },
    { type: 'ended', state: 'succeeded' },
  ])
})

it('has events to follow while it runs, by anybody and again', async () => {
  const run = await train('obeys', { runsDir: scratchDir() })
  expect(await until(run, 'phase')).toMatchObject({ type: 'phase', name: 'wait', seq: 1 })
  expect((await readRun(join(run.dir, '..'), run.id)).status).toBe('running')
  const following = eventsOf(run.events)
  expect(run.cancel('enough')).toBe(true)
  expect(run.cancel('again')).toBe(false)
  const manifest = await run.done
  expect(manifest).toMatchObject({ state: 'cancelled', code: 'cancelled', exit: { code: 0, signal: null } })
  expect(manifest.message).toContain('enough')
  const events = await following
  expect(events.map((event) => event.type)).toEqual(['phase', 'note', 'log', 'ended'])
  expect(await eventsOf(run.events)).toEqual(events)
})

it('is cancelled by a signal, before it began or later', async () => {
  const runsDir = scratchDir()
  await expect(train('obeys', { runsDir, signal: AbortSignal.abort() })).rejects.toThrow()
  const controller = new AbortController()
  const run = await train('obeys', { runsDir, signal: controller.signal })
  await until(run, 'phase')
  controller.abort(new Error('by the caller'))
  const manifest = await run.done
  expect(manifest.state).toBe('cancelled')
  expect(manifest.message).toContain('by the caller')
  const during = new AbortController()
  const starting = train('hangs', { runsDir, signal: during.signal })
  during.abort('while starting')
  expect(await (await starting).done).toMatchObject({ state: 'cancelled' })
})

it('takes time and limits from the caller', async () => {
  let tick = 0
  const now = () => new Date(Date.UTC(2026, 3, 1, 9, 0, tick++))
  const run = await train(
    'hangs',
    { runsDir: scratchDir(), now, timeLimitMs: 200, graceMs: 50 },
    { timeLimitMs: 60_000 },
  )
  expect(run.id).toMatch(/^20260401T090000Z-[0-9a-f]{8}$/)
  const manifest = await run.done
  expect(manifest).toMatchObject({ state: 'timed_out', spec: { time_limit_ms: 200, grace_ms: 50 } })
  expect(manifest.started_at).toBe('2026-04-01T09:00:01.000Z')
})

it('refuses a spec that cannot run, with every violation, before anything is made', async () => {
  const runsDir = join(scratchDir(), 'runs')
  const bad = { command: '', seed: -1, timeLimitMs: 2 ** 31, args: ['a\0b'], typo: 1 }
  const error = await startRun(bad as never, { runsDir }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'invalid_spec' })
  expect((error as { violations: { at: string }[] }).violations.map((each) => each.at).sort()).toEqual(
    ['', 'args.0', 'command', 'seed', 'timeLimitMs'].sort(),
  )
  for (const id of ['', '..', '.hidden', 'a/b', 'a\0', 'x'.repeat(129)]) {
    await expect(train('good', { runsDir, id })).rejects.toMatchObject({ code: 'invalid_run_id' })
  }
  await expect(readRun(runsDir, 'r1')).rejects.toMatchObject({ code: 'run_not_found' })
})

it('never writes into a run that is there', async () => {
  const runsDir = scratchDir()
  const first = await train('silent', { runsDir, id: 'r1' })
  const manifest = await first.done
  await expect(train('good', { runsDir, id: 'r1' })).rejects.toMatchObject({ code: 'run_exists' })
  expect(await readRun(runsDir, 'r1')).toMatchObject({ status: 'failed', manifest })
})

it('says so when its files cannot be made', async () => {
  await expect(train('good', { runsDir: '/dev/null/runs' })).rejects.toMatchObject({ code: 'store_failed' })
})
