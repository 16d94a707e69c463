import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Run, type RunEvent, type RunSpec, readRun, startRun } from '@taskclf/runs'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { eventsOf, eventually, isRunning, train } from './helpers.js'

async function outcomeOf(run: Run) {
  const manifest = await run.done
  expect(await readRun(join(run.dir, '..'), run.id)).toMatchObject({ status: manifest.state, manifest })
  const events = await eventsOf(run.events)
  const ended = events.filter((event) => event.type === 'ended')
  expect(ended).toHaveLength(1)
  const { state, code, message } = manifest
  expect(ended[0]).toEqual({
    type: 'ended',
    seq: events.length,
    at: manifest.ended_at,
    state,
    ...(state !== 'succeeded' && { code: expect.any(String), message: expect.any(String) }),
  })
  expect(ended[0]).toMatchObject(state === 'succeeded' ? {} : { code, message })
  return { manifest, events, types: events.map((event) => event.type) }
}

const notes = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'note' ? [event.code] : []))

it('exits 1', async () => {
  const { manifest, events } = await outcomeOf(await train('exits', { runsDir: scratchDir() }))
  expect(manifest).toMatchObject({ state: 'failed', code: 'exited', exit: { code: 1, signal: null } })
  expect(events[0]).toMatchObject({ type: 'stderr', text: 'Traceback: it broke' })
})

it('is killed by a signal that is not ours', async () => {
  const { manifest } = await outcomeOf(await train('killed', { runsDir: scratchDir() }))
  expect(manifest).toMatchObject({
    state: 'killed',
    code: 'signalled',
    exit: { code: null, signal: 'SIGUSR2' },
  })
})

it('hangs beyond its limit and ignores SIGTERM', async () => {
  const run = await train('hangs', { runsDir: scratchDir(), timeLimitMs: 1500 })
  const { manifest, events } = await outcomeOf(run)
  expect(manifest).toMatchObject({
    state: 'timed_out',
    code: 'time_limit',
    exit: { code: null, signal: 'SIGKILL' },
  })
  expect(notes(events)).toEqual(['stopping', 'killing'])
  expect(events).toContainEqual(expect.objectContaining({ type: 'log', message: 'SIGTERM ignored' }))
  expect(isRunning(manifest.process?.pid as number)).toBe(false)
})

it('writes nothing, or removes the directory it was given', async () => {
  const removed = await outcomeOf(await train('removes', { runsDir: scratchDir() }))
  expect(removed.manifest).toMatchObject({ state: 'failed', code: 'no_bundle', exit: { code: 0 } })
  const { manifest } = await outcomeOf(await train('silent', { runsDir: scratchDir() }))
  expect(manifest).toMatchObject({ state: 'failed', code: 'no_bundle', exit: { code: 0 } })
})

it('writes an invalid bundle', async () => {
  const { manifest } = await outcomeOf(await train('invalid', { runsDir: scratchDir() }))
  expect(manifest).toMatchObject({ state: 'failed', code: 'invalid_bundle', exit: { code: 0 } })
  expect(manifest.bundle?.problems?.length).toBeGreaterThan(1)
  expect(manifest.bundle?.problems).toContainEqual(expect.objectContaining({ file: 'metrics.json' }))
})

it('floods stdout', async () => {
  const run = await train('flood', { runsDir: scratchDir(), maxOutputBytes: 100_000 })
  const { manifest, events } = await outcomeOf(run)
  expect(manifest).toMatchObject({ state: 'succeeded', output: { stderr_bytes: 100_000 } })
  expect(manifest.output?.stdout_bytes).toBeGreaterThan(30_000_000)
  expect(manifest.output?.cut_bytes).toBeGreaterThan(30_000_000)
  expect(readFileSync(join(run.dir, 'events.ndjson')).length).toBeLessThan(500_000)
  expect(notes(events)).toEqual(['output_cut', 'output_cut'])
  expect(events).toContainEqual(expect.objectContaining({ type: 'phase', name: 'after the flood' }))
})

it('prints lines longer than are kept', async () => {
  const { manifest, events } = await outcomeOf(await train('long', { runsDir: scratchDir() }))
  expect(manifest).toMatchObject({ state: 'succeeded', bundle: {} })
  expect(manifest.bundle?.model_id).toBeUndefined()
  const kept = events
    .filter((event) => 'cut' in event && event.cut)
    .map((event) => [event.type, 'text' in event && String(event.text).length])
  expect(kept.sort()).toEqual([
    ['malformed', 64 * 1024],
    ['stderr', 64 * 1024],
  ])
})

it('prints half a JSON line and dies', async () => {
  const { manifest, events } = await outcomeOf(await train('torn', { runsDir: scratchDir() }))
  expect(manifest).toMatchObject({ state: 'failed', code: 'exited', exit: { code: 3 } })
  expect(events[0]).toMatchObject({
    type: 'malformed',
    reason: 'not_json',
    torn: true,
    text: '{"type":"progress","curr',
  })
})

it('forks a grandchild that lives on', async () => {
  const start = performance.now()
  const { manifest, events } = await outcomeOf(await train('grandchild', { runsDir: scratchDir() }))
  const pid = Number(events.find((event) => event.type === 'log')?.message)
  expect(manifest.state).toBe('succeeded')
  expect(notes(events)).toEqual(['left_behind'])
  expect(await eventually(() => !isRunning(pid))).toBe(true)
  expect(performance.now() - start).toBeLessThan(10_000)
})

it('leaves a process outside its group that keeps the pipe open: the run ends all the same', async () => {
  const { manifest, events } = await outcomeOf(await train('escaped', { runsDir: scratchDir() }))
  process.kill(Number(events.find((event) => event.type === 'log')?.message), 'SIGKILL')
  expect(manifest.state).toBe('succeeded')
  expect(notes(events)).toEqual(['pipe_held'])
})

it('is missing, not executable, without a directory to run in, or cannot be started', async () => {
  const runsDir = scratchDir()
  const file = join(scratchDir(), 'train.sh')
  writeFileSync(file, '#!/bin/sh\nexit 0\n')
  chmodSync(file, 0o644)
  const cases: [RunSpec, string][] = [
    [{ command: 'no-such-program-anywhere' }, 'command_not_found'],
    [{ command: './no/such/program' }, 'command_not_found'],
    [{ command: file }, 'command_not_executable'],
    [{ command: process.execPath, cwd: '/no/such/dir' }, 'cwd_missing'],
    [{ command: process.execPath, args: ['x'.repeat(4 << 20)] }, 'spawn_failed'],
  ]
  for (const [spec, code] of cases) {
    const run = await startRun(spec, { runsDir })
    expect(run.cancel()).toBe(false)
    const { manifest, types } = await outcomeOf(run)
    expect(manifest).toMatchObject({ state: 'spawn_failed', code })
    expect(manifest.process).toBeUndefined()
    expect(types).toEqual(['ended'])
  }
})

it('leaves a bundle directory that contains what the trainer wrote, and nothing else anywhere', async () => {
  const runsDir = scratchDir()
  const run = await train('invalid', { runsDir, id: 'r1' })
  await run.done
  expect(readdirSync(runsDir)).toEqual(['r1'])
  expect(readdirSync(run.dir).sort()).toEqual(['bundle', 'events.ndjson', 'manifest.json', 'spec.json'])
  expect(readdirSync(run.bundleDir).sort()).toEqual(['metadata.json', 'metrics.json', 'model.txt'])
})

it('has exactly one outcome when cancel, limit and exit race', async () => {
  const runsDir = scratchDir()
  const states = new Set<string>()
  for (let i = 0; i < 24; i += 1) {
    const run = await train('silent', { runsDir, timeLimitMs: 1000 })
    await new Promise((resolve) => setTimeout(resolve, i * 4))
    const accepted = run.cancel()
    const { manifest } = await outcomeOf(run)
    expect(manifest.state).toBe(accepted ? 'cancelled' : 'failed')
    expect(run.cancel()).toBe(false)
    states.add(manifest.state)
  }
  expect(states.has('cancelled')).toBe(true)
}, 120_000)
