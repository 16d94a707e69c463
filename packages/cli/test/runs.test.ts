import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Doctor, RunsCancel, RunsList, RunsShow, RunsTail, TrainRetrain } from '@taskclf/documents'
import { runEventText } from '@taskclf/terminal'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { binary, taskclf } from './support/taskclf.js'
import {
  configure,
  hangingRun,
  isThere,
  noteCodes,
  place,
  profile,
  started,
  trainer,
  trainerPid,
} from './support/trainers.js'

/** A finished run of the test trainer. */
async function finished(dir: string, what = 'train'): Promise<string> {
  const args = ['train', 'retrain', '--trainer', trainer(what), '--json']
  const { json } = await binary<TrainRetrain>(args, { cwd: dir })
  return json.run?.run_id ?? ''
}

/** A run whose runner is killed while its trainer works on. */
async function orphan(dir: string): Promise<{ id: string; pid: number }> {
  const retrain = started(['train', 'retrain', '--trainer', trainer('hang')], dir)
  const id = await hangingRun(dir)
  const pid = trainerPid(dir, id)
  onTestFinished(() => {
    if (isThere(pid)) process.kill(pid, 'SIGKILL')
  })
  retrain.child.kill('SIGKILL')
  await retrain.ended
  return { id, pid }
}

describe('runs list', () => {
  it('has nothing to list, which is not a failure', async () => {
    const { dir } = place()
    const { code, stdout, stderr } = await taskclf(['runs', 'list'], { cwd: dir })
    expect([code, stdout]).toEqual([0, ''])
    expect(stderr).toContain('no runs')
  })

  it('lists the newest first, whatever became of them', async () => {
    const { dir } = place()
    const first = await finished(dir, 'fail')
    await finished(dir)
    mkdirSync(join(dir, 'runs', 'damaged'))
    const { json } = await binary<RunsList>(['runs', 'list', '--json'], { cwd: dir })
    expect(json.runs.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'damaged'])
    expect(json.runs[1]).toMatchObject({ run_id: first, code: 'exited', model_id: null })
    const { stdout } = await binary(['runs', 'list', '--runs-dir', 'runs'], { cwd: dir })
    expect(stdout.split('\n')[1]).toMatch(/succeeded/)
  })
})

describe('a run by its beginning', () => {
  it('is found where one id alone begins so, and that is said', async () => {
    const { dir } = place()
    const id = await finished(dir)
    const { code, json } = await taskclf<RunsShow>(['runs', 'show', id.slice(0, 4), '--json'], { cwd: dir })
    expect([code, json.run_id, noteCodes(json)]).toEqual([0, id, ['id_completed']])
    const tail = await taskclf<RunsTail>(['runs', 'tail', id.slice(0, 4), '--json'], { cwd: dir })
    expect(tail.json.run_id).toBe(id)
    const over = await taskclf(['runs', 'cancel', id.slice(0, 4), '--json'], { cwd: dir })
    expect(over.json.error.code).toBe('not_running')
  })

  it('is refused where several begin so, and where none does', async () => {
    const { dir } = place()
    for (let n = 10; n < 22; n++) mkdirSync(join(dir, 'runs', `run-${n}`), { recursive: true })
    const many = await taskclf(['runs', 'show', 'run', '--json'], { cwd: dir })
    expect([many.code, many.json.error.code]).toEqual([2, 'ambiguous_run'])
    expect(many.json.error.message).toContain('and 2 more')
    expect((await taskclf(['runs', 'show', 'other', '--json'], { cwd: dir })).json.error.code).toBe(
      'run_not_found',
    )
    expect((await taskclf(['runs', 'show', '../x', '--json'], { cwd: dir })).json.error.code).toBe(
      'invalid_run_id',
    )
  })
})

describe('runs show', () => {
  it('shows how a run ended, why, and what was said last', async () => {
    const { dir } = place()
    const id = await finished(dir, 'fail')
    const { code, stdout } = await binary(['runs', 'show', id], { cwd: dir })
    expect(code).toBe(0)
    expect(stdout).toMatch(/status +failed \(exited\)/)
    expect(stdout).toContain('stderr: no such column: idle')
    const done = await finished(dir)
    const { json } = await taskclf<RunsShow>(['runs', 'show', done, '--json'], { cwd: dir })
    expect(json).toMatchObject({
      status: 'succeeded',
      phase: 'train',
      metrics: { loss: 0.25 },
      trainer: 'gone',
    })
    expect(json.last_events).toHaveLength(10)
    expect(json.last_events.at(-1)?.type).not.toBe('ended')
  })

  it('shows an orphan, and that its trainer works on', async () => {
    const { dir } = place()
    const { id, pid } = await orphan(dir)
    const { json, code } = await binary<RunsShow>(['runs', 'show', id, '--json'], { cwd: dir })
    expect([code, json.status, json.trainer]).toEqual([0, 'orphaned', 'alive'])
    expect(noteCodes(json)).toEqual(['orphaned'])
    const alive = await taskclf<Doctor>(['doctor', '--json'], { cwd: dir })
    expect(alive.json.findings.find(({ code }) => code === 'orphaned_run')?.message).toContain(id)
    process.kill(pid, 'SIGKILL')
    await vi.waitFor(() => expect(isThere(pid)).toBe(false))
    const { stderr, stdout } = await taskclf(['runs', 'show', id], { cwd: dir })
    expect(stdout).toMatch(/status +orphaned/)
    expect(stderr).toContain('gone')
    const gone = await taskclf<Doctor>(['doctor', '--json'], { cwd: dir })
    expect(gone.json.findings.map(({ code }) => code)).toContain('abandoned_run')
  })

  it('shows what there is of a damaged one, and knows no others', async () => {
    const { dir } = place()
    mkdirSync(join(dir, 'runs', 'damaged'), { recursive: true })
    const { json } = await taskclf<RunsShow>(['runs', 'show', 'damaged', '--json'], { cwd: dir })
    expect(json).toMatchObject({ status: 'damaged', manifest: null, trainer: 'none', last_events: [] })
    expect(
      (await taskclf<Doctor>(['doctor', '--json'], { cwd: dir })).json.findings.map(({ code }) => code),
    ).toContain('damaged_run')
    const none = await taskclf(['runs', 'show', 'none', '--json'], { cwd: dir })
    expect([none.code, none.json.error.code]).toEqual([1, 'run_not_found'])
    const bad = await taskclf(['runs', 'show', '../x', '--json'], { cwd: dir })
    expect([bad.code, bad.json.error.code]).toEqual([2, 'invalid_run_id'])
  })
})

describe('runs tail', () => {
  it('prints what was said, escaped, or the last of it', async () => {
    const { dir } = place()
    const id = await finished(dir)
    const { code, stdout } = await binary(['runs', 'tail', id], { cwd: dir })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d\d:\d\d:\d\d {2}phase: train\n/)
    expect(stdout).toContain('step 4: loss 0.2500')
    expect(stdout).toContain('plain \\x1b[31mtext')
    expect(stdout).toMatch(/ended: succeeded\n$/)
    const last = await binary(['runs', 'tail', id, '--lines', '2'], { cwd: dir })
    expect(last.stdout).toBe(stdout.trimEnd().split('\n').slice(-2).join('\n').concat('\n'))
    const { json } = await taskclf<RunsTail>(['runs', 'tail', id, '--lines', '1', '--json'], { cwd: dir })
    expect(json).toMatchObject({ run_id: id, ended: 'succeeded', events: [{ type: 'ended' }] })
    const plain = await taskclf(['runs', 'tail', id], { cwd: dir })
    expect(plain.stdout).toBe(stdout)
  })

  it('follows to the end of the run, which another process cancels', async () => {
    const { dir } = place()
    configure(dir, { profiles: { p: profile('stubborn', '', { grace_s: 0.2 }) } })
    const retrain = started(['train', 'retrain', '--profile', 'p', '--json'], dir)
    const id = await hangingRun(dir)
    const now = await taskclf<RunsTail>(['runs', 'tail', id, '--json'], { cwd: dir })
    expect([now.json.ended, now.json.events.length]).toEqual([null, 1])
    const tail = started(['runs', 'tail', id, '--follow'], dir)
    await vi.waitFor(() => expect(tail.stdout()).toContain('phase: hang'), { timeout: 20_000 })
    const args = ['runs', 'cancel', id, '--reason', 'wrong data', '--json']
    const { code, json } = await binary<RunsCancel>(args, { cwd: dir })
    expect([code, json.result, json.status]).toEqual([0, 'requested', 'cancelled'])
    expect(await tail.ended).toEqual([0, null])
    expect(tail.stdout()).toMatch(/ended: cancelled: .*wrong data\n$/)
    expect(await retrain.ended).toEqual([1, null])
    expect(JSON.parse(retrain.stdout())).toMatchObject({ run: { state: 'cancelled' } })
  })

  it('stops following when asked to', async () => {
    const { dir } = place()
    const retrain = started(['train', 'retrain', '--trainer', trainer('hang')], dir)
    const id = await hangingRun(dir)
    const tail = started(['runs', 'tail', id, '--follow'], dir)
    await vi.waitFor(() => expect(tail.stdout()).toContain('phase: hang'), { timeout: 20_000 })
    tail.child.kill('SIGINT')
    expect(await tail.ended).toEqual([130, null])
    retrain.child.kill('SIGINT')
    await retrain.ended
  })
})

describe('runs cancel', () => {
  it('ends the trainer of an orphan, and finds nothing to end a second time', async () => {
    const { dir } = place()
    const { id, pid } = await orphan(dir)
    const { code, json } = await binary<RunsCancel>(['runs', 'cancel', id, '--json'], { cwd: dir })
    expect([code, json.result, json.status]).toEqual([0, 'ended', 'orphaned'])
    await vi.waitFor(() => expect(isThere(pid)).toBe(false))
    const again = await taskclf(['runs', 'cancel', id], { cwd: dir })
    expect(again.stdout).toMatch(/trainer +gone/)
    expect(again.stderr).toContain('nothing left to end')
  })

  it('does not wait endlessly for a watcher that was stopped, and the request remains', async () => {
    const { dir } = place()
    configure(dir, { profiles: { p: profile('hang', '', { grace_s: 0.1 }) } })
    const retrain = started(['train', 'retrain', '--profile', 'p'], dir)
    const id = await hangingRun(dir)
    retrain.child.kill('SIGSTOP')
    const { code, json } = await binary<RunsCancel>(['runs', 'cancel', id, '--json'], { cwd: dir })
    expect([code, json.result, json.status]).toEqual([1, 'requested', 'running'])
    expect(json).toMatchObject({ notes: [{ level: 'warning', code: 'not_over_yet' }] })
    retrain.child.kill('SIGCONT')
    expect(await retrain.ended).toEqual([1, null])
    const { json: shown } = await taskclf<RunsShow>(['runs', 'show', id, '--json'], { cwd: dir })
    expect(shown.status).toBe('cancelled')
  })

  it('waits for as long a grace as there may be', async () => {
    const { dir } = place()
    configure(dir, { profiles: { p: profile('hang', '', { grace_s: 2_147_483 }) } })
    const retrain = started(['train', 'retrain', '--profile', 'p'], dir)
    const id = await hangingRun(dir)
    const { code, stderr, json } = await binary<RunsCancel>(['runs', 'cancel', id, '--json'], { cwd: dir })
    expect([code, json.status]).toEqual([0, 'cancelled'])
    expect(stderr).not.toContain('Warning')
    await retrain.ended
  })

  it('leaves alone what may be another process', async () => {
    const { dir } = place()
    const { id, pid } = await orphan(dir)
    const path = join(dir, 'runs', id, 'manifest.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8'))
    manifest.process.start_time = ''
    writeFileSync(path, JSON.stringify(manifest))
    const { code, json } = await taskclf<RunsCancel>(['runs', 'cancel', id, '--json'], { cwd: dir })
    expect([code, json.result]).toEqual([1, 'unverified'])
    expect(isThere(pid)).toBe(true)
  })

  it('has nothing to cancel in a run that is over', async () => {
    const { dir } = place()
    const id = await finished(dir)
    const { code, json } = await taskclf(['runs', 'cancel', id, '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([1, 'not_running'])
  })
})

describe('an event of a run', () => {
  const stamp = { seq: 1, at: '' }
  it.each([
    [{ type: 'log', message: 'm' } as const, 'm'],
    [{ type: 'bundle', model_id: 'x' } as const, 'the bundle is written: x'],
    [{ type: 'bundle' } as const, 'the bundle is written'],
    [{ type: 'note', code: 'killing', message: 'm' } as const, 'note: m'],
    [{ type: 'malformed', text: '{', reason: 'not_json', message: 'm' } as const, 'malformed (m): {'],
    [{ type: 'progress', current: 9, total: 8 } as const, '9/8 (100%)'],
  ])('renders %j in words', (event, expected) => {
    expect(runEventText({ ...stamp, ...event })).toBe(expected)
  })
})
