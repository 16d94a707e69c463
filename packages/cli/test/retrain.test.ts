import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelInspect, RunsShow, TrainRetrain } from '@taskclf/documents'
import { splitCommand } from '@taskclf/runs'
import { createProgress, RunProgress, terminalOf } from '@taskclf/terminal'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it, vi } from 'vitest'
import type { Context } from '../src/command.js'
import { createInterrupts } from '../src/interrupts.js'
import { binary, taskclf } from './support/taskclf.js'
import {
  configure,
  hangingRun,
  isThere,
  manifestOf,
  noteCodes,
  place,
  profile,
  seen,
  started,
  trainer,
  trainerPid,
} from './support/trainers.js'

describe('train retrain', () => {
  it('trains, promotes, switches, and shows how it goes in plain lines', async () => {
    const { dir, models } = place()
    const { code, stdout, stderr } = await binary(['train', 'retrain', '--trainer', trainer()], { cwd: dir })
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(/state +succeeded/)
    expect(stdout).toMatch(/trainer says +loss 0.2500/)
    expect(stdout).toContain('promoted')
    for (const line of ['train: train', '4/4 trees (100%)', 'warning: few rows', 'stderr: said on stderr'])
      expect(stderr).toContain(line)
    expect(stderr).toContain('plain \\x1b[31mtext')
    expect(stderr).not.toContain('\u001b')
    expect(seen(models)).toHaveLength(4)
  })

  it('answers one document and keeps silent with --json', async () => {
    const { dir } = place()
    const args = ['train', 'retrain', '--trainer', trainer(), '--json', '--schema-hash', '8776f20dbb8f']
    const { code, json, stderr } = await binary<TrainRetrain>(args, { cwd: dir })
    expect([code, json.outcome, json.check]).toEqual([0, 'promoted', null])
    expect(json.run).toMatchObject({ state: 'succeeded', code: null, metrics: { loss: 0.25 } })
    expect(json.run?.dir).toBe(join(dir, 'runs', json.run?.run_id ?? ''))
    expect(json.promotion?.active_model_id).toBe(json.promotion?.candidate.model_id)
    expect(stderr).not.toContain('train:')
  })

  it('reads a profile from where the configuration is, and flags before it', async () => {
    const { dir } = place()
    const below = join(dir, 'below')
    mkdirSync(below)
    configure(dir, {
      models_dir: 'models',
      runs_dir: 'elsewhere',
      profiles: { nightly: profile('train', '0.9', { seed: 3, env: { MODEL_ID: 'nightly-1' } }) },
    })
    const flags = ['--profile', 'nightly', '--seed', '5', '--time-limit', '60', '--json']
    // One found further up is not trusted with commands.
    const refused = await binary(['train', 'retrain', ...flags], { cwd: below })
    expect([refused.code, refused.json.error.message]).toEqual([2, expect.stringContaining(dir)])
    const args = ['train', 'retrain', '--config', '../taskclf.config.json', ...flags]
    const { code, json } = await binary<TrainRetrain>(args, { cwd: below })
    expect([code, json.promotion?.published?.model_id]).toEqual([0, 'nightly-1'])
    const inspected = await taskclf<ModelInspect>(['model', 'inspect', 'nightly-1', '--json'], { cwd: dir })
    expect(inspected.json.metadata).toMatchObject({ params: { seed: 5, cwd: dir } })
    const shown = await taskclf<RunsShow>(['runs', 'show', json.run?.run_id ?? '', '--json'], { cwd: dir })
    expect(shown.json).toMatchObject({ status: 'succeeded', profile: 'nightly', trainer: 'gone' })
    expect(shown.json.manifest).toMatchObject({ spec: { seed: 5, time_limit_ms: 60_000 } })
  })

  it('trains only when it is due', async () => {
    const { dir, models } = place()
    writeBundle(models, 'recent', { metadata: { created_at: new Date().toISOString() } })
    configure(dir, { cadence: '7d', profiles: { p: profile('train', '0.95') } })
    const args = ['train', 'retrain', '--profile', 'p']
    const { code, json } = await binary<TrainRetrain>([...args, '--json'], { cwd: dir })
    expect([code, json.outcome, json.check?.code, json.run]).toEqual([1, 'not_due', 'recent', null])
    const plain = await binary(args, { cwd: dir })
    expect([plain.code, plain.stdout.slice(0, 9)]).toEqual([1, 'not due: '])
    expect(plain.stderr).toContain('--force')
    expect(existsSync(join(dir, 'runs'))).toBe(false)
    const forced = await binary<TrainRetrain>([...args, '--force', '--json'], { cwd: dir })
    expect([forced.code, forced.json.outcome]).toEqual([0, 'promoted'])
  })

  it('trains, and publishes nothing, in a dry run', async () => {
    const { dir, models } = place()
    const args = ['train', 'retrain', '--trainer', trainer(), '--dry-run', '--json']
    const { code, json } = await binary<TrainRetrain>(args, { cwd: dir })
    expect([code, json.outcome, seen(models)]).toEqual([0, 'dry_run', []])
    expect(json.run?.state).toBe('succeeded')
  })

  it('rejects what it trained, with exit 1 and the numbers', async () => {
    const { dir } = place()
    await taskclf(['train', 'retrain', '--trainer', trainer('train', '0.9')], { cwd: dir })
    const { code, stdout } = await binary(['train', 'retrain', '--trainer', trainer('train', '0.8')], {
      cwd: dir,
    })
    expect(code).toBe(1)
    expect(stdout).toMatch(/regression +macro_f1 +at most 0.02 worse +0.8000 +0.9000 +NO +0.08/)
    expect(seen(join(dir, 'rejected_models'))).toHaveLength(1)
  })

  it.each([
    ['that fails', trainer('fail'), 'exited'],
    ['that is not there', 'no-such-trainer', 'command_not_found'],
  ])('publishes nothing of a trainer %s', async (_what, command, expected) => {
    const { dir, models } = place()
    const { code, json } = await binary<TrainRetrain>(['train', 'retrain', '--trainer', command, '--json'], {
      cwd: dir,
    })
    expect([code, json.outcome, json.run?.code]).toEqual([1, 'trainer_failed', expected])
    expect(noteCodes(json).at(-1)).toBe(expected)
    expect(seen(models)).toEqual([])
    const plain = await taskclf(['train', 'retrain', '--trainer', command], { cwd: dir })
    expect(plain.stdout).toContain('the trainer failed')
    expect(plain.stderr).toContain('taskclf runs show')
  })

  it('ends a trainer at its time limit', async () => {
    const { dir } = place()
    const args = ['train', 'retrain', '--trainer', trainer('hang'), '--time-limit', '1', '--json']
    const { code, json } = await binary<TrainRetrain>(args, { cwd: dir })
    expect([code, json.run?.state, json.run?.code]).toEqual([1, 'timed_out', 'time_limit'])
  })

  it.each([
    [['--trainer', 'x', '--profile', 'y'], 'usage'],
    [[], 'usage'],
    [['--trainer', '"open'], 'invalid_spec'],
    [['--profile', 'none'], 'unknown_profile'],
    [['--profile', 'bad'], 'invalid_profile'],
  ])('is used wrongly with %j', async (args, expected) => {
    const { dir } = place()
    configure(dir, { profiles: { bad: { program: 'x' } } })
    const { code, json } = await taskclf(['train', 'retrain', ...args, '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([2, expected])
  })

  it('stops at an unusable champion before it trains', async () => {
    const { dir, models } = place()
    mkdirSync(join(models, 'active.json'))
    const { code, json } = await taskclf(['train', 'retrain', '--trainer', trainer(), '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([1, 'pointer_corrupt'])
    expect(existsSync(join(dir, 'runs'))).toBe(false)
  })
})

describe('an interrupt during train retrain', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('cancels the run on %s, publishes nothing and exits %i', async (signal, expected) => {
    const { dir, models } = place()
    const retrain = started(['train', 'retrain', '--trainer', trainer('hang'), '--json'], dir)
    const id = await hangingRun(dir)
    const pid = trainerPid(dir, id)
    retrain.child.kill(signal)
    expect(await retrain.ended).toEqual([expected, null])
    expect(JSON.parse(retrain.stdout())).toMatchObject({
      outcome: 'trainer_failed',
      run: { state: 'cancelled' },
    })
    expect(isThere(pid)).toBe(false)
    expect(seen(models)).toEqual([])
  })

  it('ends a trainer that will not, after its grace', async () => {
    const { dir } = place()
    configure(dir, { profiles: { p: profile('stubborn', '', { grace_s: 0.3 }) } })
    const retrain = started(['train', 'retrain', '--profile', 'p'], dir)
    const pid = trainerPid(dir, await hangingRun(dir))
    retrain.child.kill('SIGINT')
    expect(await retrain.ended).toEqual([130, null])
    expect(retrain.stdout()).toContain('cancelled')
    expect(isThere(pid)).toBe(false)
  })

  it('ends at once at the second, and takes the trainer along', async () => {
    const { dir } = place()
    configure(dir, { profiles: { p: profile('stubborn', '', { grace_s: 60 }) } })
    const retrain = started(['train', 'retrain', '--profile', 'p'], dir)
    const pid = trainerPid(dir, await hangingRun(dir))
    retrain.child.kill('SIGINT')
    await vi.waitFor(() => expect(retrain.stderr()).toContain('note:'), { timeout: 10_000 })
    retrain.child.kill('SIGINT')
    expect(await retrain.ended).toEqual([130, null])
    await vi.waitFor(() => expect(isThere(pid)).toBe(false), { timeout: 5_000 })
  })

  it('promotes nothing when it comes too late to cancel, or before anything is started', async () => {
    const { watchTrainer } = await import('../src/commands/train/retrain/watch-trainer.js')
    const { dir } = place()
    const runsDir = join(dir, 'runs')
    const interrupts = createInterrupts(() => {})
    // Shown last, when the outcome is on disk and not yet told.
    const isOver = () => readdirSync(runsDir).some((id) => manifestOf(dir, id).state === 'succeeded')
    const step = () => {
      if (existsSync(runsDir) && isOver()) interrupts.notify(143)
    }
    const progress = { ...createProgress({ write: () => {} }, false), step }
    const context = { interrupts, progress, now: () => new Date() } as unknown as Context
    const [command, ...args] = splitCommand(trainer())
    const late = watchTrainer({ command, args, cwd: dir }, runsDir, context)
    await expect((await late.start()).done).rejects.toMatchObject({ code: 'terminated' })
    const early = watchTrainer({ command }, runsDir, context)
    interrupts.notify(130)
    await expect(early.start()).rejects.toMatchObject({ code: 'interrupted' })
    expect(readdirSync(runsDir)).toHaveLength(1)
  })
})

describe('the progress of a run', () => {
  const at = (second: number) => new Date(second * 1000).toISOString()
  const events = [
    { type: 'phase', name: 'train', seq: 1, at: at(0) },
    { type: 'progress', current: 1, total: 4, unit: 'trees', seq: 2, at: at(0.1) },
    { type: 'metrics', values: { loss: 0.5 }, seq: 3, at: at(0.2) },
    { type: 'progress', current: 2, total: 4, unit: 'trees', seq: 4, at: at(0.3) },
    { type: 'text', text: 'hello', seq: 5, at: at(0.4) },
    { type: 'progress', current: 3, total: 4, unit: 'trees', seq: 6, at: at(1.5) },
    { type: 'progress', current: 7, seq: 7, at: at(1.6) },
    { type: 'bundle', model_id: 'x', seq: 8, at: at(1.7) },
    { type: 'ended', state: 'succeeded', seq: 9, at: at(2) },
  ] as const

  function shown(isTTY: boolean): string {
    const written: string[] = []
    const stream = { write: (text: string) => written.push(text), isTTY, columns: 60 }
    const progress = createProgress(stream, true)
    const view = new RunProgress(progress)
    for (const event of events) view.show(event)
    progress.clear()
    return written.join('')
  }

  it('is one changing line on a terminal, above which stays what was said', () => {
    const text = shown(true)
    const screen = text.split('\n').map((line) => line.split('\r\u001b[K').at(-1))
    expect(screen).toEqual(['hello', ''])
    expect(text).toContain('train: train · 2/4 trees (50%) · loss 0.5000')
  })

  it('is a line now and then elsewhere', () => {
    expect(shown(false).trimEnd().split('\n')).toEqual([
      'train: train',
      'train: train · 1/4 trees (25%)',
      'hello',
      'train: train · 3/4 trees (75%) · loss 0.5000',
      'train: train · 7 · loss 0.5000',
    ])
  })

  it('takes a terminal that does not know its width for one of 80 columns', () => {
    const written: string[] = []
    const stream = { write: (text: string) => written.push(text), isTTY: true, columns: 0 }
    createProgress(stream, true).update('x'.repeat(100))
    expect(written.join('')).toBe(`${'x'.repeat(78)}…`)
    expect(terminalOf(stream, {}, true).columns).toBe(80)
  })

  it('is silence where the answer is a document', () => {
    const written: string[] = []
    const progress = createProgress({ write: (text) => written.push(text), isTTY: true }, false)
    for (const say of [progress.update, progress.line, progress.step]) say('x')
    progress.clear()
    expect(written).toEqual([])
  })
})
