import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cancelRun, listRuns, type RunManifest, readRun, tailEvents } from '@taskclf/runs'
import { scratchDir, spawnProgram } from '@taskclf/test-kit'
import { expect, it, onTestFinished } from 'vitest'
import { eventsOf, eventually, isRunning, RUNNER, TRAINER, train, until } from './helpers.js'

/** Another process that runs a trainer; resolves when the trainer has begun. */
async function startElsewhere(runsDir: string, mode: string, ...more: string[]): Promise<ChildProcess> {
  const child = spawnProgram(RUNNER, [runsDir, 'r1', TRAINER, mode, ...more])
  await new Promise<void>((resolve) => child.stdout?.once('data', () => resolve()))
  return child
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise<void>((resolve) => child.once('exit', () => resolve()))

async function manifestOf(runsDir: string): Promise<RunManifest> {
  const run = await readRun(runsDir, 'r1')
  if (run.status === 'damaged') throw new Error(run.problem)
  return run.manifest
}

/** A run whose runner was killed; its trainer lives on, until the test ends. */
async function orphan(mode: string): Promise<{ runsDir: string; pid: number }> {
  const runsDir = scratchDir()
  const runner = await startElsewhere(runsDir, mode)
  const pid = (await manifestOf(runsDir)).process?.pid as number
  onTestFinished(() => {
    if (isRunning(pid)) process.kill(-pid, 'SIGKILL')
  })
  runner.kill('SIGKILL')
  await ended(runner)
  return { runsDir, pid }
}

it('is cancelled and followed from another process', async () => {
  const runsDir = scratchDir()
  const runner = await startElsewhere(runsDir, 'hangs')
  const following = eventsOf(tailEvents(runsDir, 'r1', { follow: true, pollMs: 20 }))
  expect((await listRuns(runsDir)).map(({ id, status }) => [id, status])).toEqual([['r1', 'running']])
  expect(await cancelRun(runsDir, 'r1', { reason: 'from elsewhere' })).toBe('requested')
  await ended(runner)
  const manifest = await manifestOf(runsDir)
  expect(manifest).toMatchObject({ state: 'cancelled', code: 'cancelled', exit: { signal: 'SIGKILL' } })
  expect(manifest.message).toContain('from elsewhere')
  expect((await following).map((event) => event.type)).toEqual(['phase', 'note', 'log', 'note', 'ended'])
  await expect(cancelRun(runsDir, 'r1')).rejects.toMatchObject({ code: 'not_running' })
})

it('is cancelled by a file that a person made', async () => {
  for (const text of ['', '7', '{"reason":7}']) {
    const run = await train('obeys', { runsDir: scratchDir() })
    writeFileSync(join(run.dir, 'cancel.json'), text)
    expect(await run.done).toMatchObject({ state: 'cancelled' })
  }
})

it('does not leave a trainer behind when the program that started it exits', async () => {
  const runsDir = scratchDir()
  const runner = await startElsewhere(runsDir, 'hangs', 'exit')
  await ended(runner)
  expect(runner.exitCode).toBe(7)
  const pid = (await manifestOf(runsDir)).process?.pid as number
  expect(await eventually(() => !isRunning(pid))).toBe(true)
  expect((await readRun(runsDir, 'r1')).status).toBe('orphaned')
})

it('is an orphan when its runner was killed; cancel ends the trainer that lives on, once', async () => {
  const { runsDir, pid } = await orphan('hangs')
  expect((await readRun(runsDir, 'r1')).status).toBe('orphaned')
  expect(isRunning(pid)).toBe(true)
  const events = await eventsOf(tailEvents(runsDir, 'r1', { follow: true }))
  expect(events.map((event) => event.type)).toEqual(['phase', 'ended'])
  expect(events.at(-1)).toMatchObject({ state: 'orphaned' })
  expect(await cancelRun(runsDir, 'r1', { graceMs: 100 })).toBe('ended')
  expect(await eventually(() => !isRunning(pid))).toBe(true)
  expect(await cancelRun(runsDir, 'r1')).toBe('gone')
  expect((await readRun(runsDir, 'r1')).status).toBe('orphaned')
})

it('leaves alone a process that only has the number of an orphaned trainer', async () => {
  const { runsDir, pid } = await orphan('hangs')
  process.kill(-pid, 'SIGKILL')
  const bystander = spawn(process.execPath, ['-e', 'setInterval(()=>{},1000)'], {
    detached: true,
    stdio: 'ignore',
  })
  onTestFinished(() => void bystander.kill('SIGKILL'))
  const manifest = await manifestOf(runsDir)
  const path = join(runsDir, 'r1', 'manifest.json')
  const withProcess = (process: object | undefined) =>
    writeFileSync(path, JSON.stringify({ ...manifest, process }))
  withProcess({ ...manifest.process, pid: bystander.pid })
  expect(await cancelRun(runsDir, 'r1', { graceMs: 0 })).toBe('gone')
  withProcess({ ...manifest.process, pid: bystander.pid, start_time: '' })
  expect(await cancelRun(runsDir, 'r1', { graceMs: 0 })).toBe('unverified')
  withProcess(undefined)
  expect(await cancelRun(runsDir, 'r1', { graceMs: 0 })).toBe('gone')
  expect(isRunning(bystander.pid as number)).toBe(true)
})

it('lists every run, also damaged ones, and no other entries', async () => {
  const runsDir = scratchDir()
  for (const id of ['b', 'a']) await (await train('silent', { runsDir, id })).done
  mkdirSync(join(runsDir, 'c-empty'))
  mkdirSync(join(runsDir, '.hidden'))
  writeFileSync(join(runsDir, 'file'), '')
  for (const [id, text] of Object.entries({ d: '{', e: '{"version":1}', f: '[]' })) {
    mkdirSync(join(runsDir, id))
    writeFileSync(join(runsDir, id, 'manifest.json'), text)
  }
  const runs = await listRuns(runsDir)
  expect(runs.map(({ id, status }) => [id, status])).toEqual([
    ['a', 'failed'],
    ['b', 'failed'],
    ['c-empty', 'damaged'],
    ['d', 'damaged'],
    ['e', 'damaged'],
    ['f', 'damaged'],
  ])
  await expect(cancelRun(runsDir, 'd')).rejects.toMatchObject({ code: 'run_damaged' })
  expect(await eventsOf(tailEvents(runsDir, 'd', { follow: true }))).toMatchObject([
    { type: 'ended', state: 'damaged', seq: 1 },
  ])
  expect(await listRuns(join(runsDir, 'none'))).toEqual([])
  await expect(listRuns(join(runsDir, 'file'))).rejects.toMatchObject({ code: 'store_failed' })
  await expect(readRun(runsDir, 'file')).rejects.toMatchObject({ code: 'run_not_found' })
  await expect(eventsOf(tailEvents(runsDir, 'none'))).rejects.toMatchObject({ code: 'run_not_found' })
})

it('tails what is there, survives damaged records, and stops when asked', async () => {
  const runsDir = scratchDir()
  const run = await train('obeys', { runsDir, id: 'r1' })
  await until(run, 'phase')
  expect((await eventsOf(tailEvents(runsDir, 'r1'))).map((event) => event.type)).toEqual(['phase'])
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 50)
  const followed = await eventsOf(tailEvents(runsDir, 'r1', { follow: true, signal: controller.signal }))
  expect(followed.map((event) => event.type)).toEqual(['phase'])
  run.cancel()
  await run.done
  writeFileSync(
    join(run.dir, 'events.ndjson'),
    '{"seq":1,"at":"t","type":"phase","name":"p"}\nnot json\n{"type":"x"}\n{"torn',
  )
  expect(await eventsOf(tailEvents(runsDir, 'r1'))).toMatchObject([
    { type: 'phase', seq: 1 },
    { type: 'malformed', reason: 'damaged_record', text: 'not json', seq: 2 },
    { type: 'malformed', reason: 'damaged_record', text: '{"type":"x"}', seq: 3 },
    { type: 'ended', state: 'cancelled', seq: 4 },
  ])
  rmSync(join(run.dir, 'events.ndjson'))
  expect(await eventsOf(tailEvents(runsDir, 'r1'))).toMatchObject([{ type: 'ended', seq: 1 }])
  mkdirSync(join(run.dir, 'events.ndjson'))
  await expect(eventsOf(tailEvents(runsDir, 'r1'))).rejects.toThrow()
})

it('is not an orphan for a program that cannot see its runner: one in another container may be at work', async () => {
  const { runsDir, pid } = await orphan('hangs')
  const manifest = await manifestOf(runsDir)
  const away = { ...manifest, runner: { ...manifest.runner, pid_namespace: '1' } }
  writeFileSync(join(runsDir, 'r1', 'manifest.json'), JSON.stringify(away))
  expect((await readRun(runsDir, 'r1')).status).toBe('running')
  expect(await cancelRun(runsDir, 'r1')).toBe('requested')
  expect(isRunning(pid)).toBe(true)
})
