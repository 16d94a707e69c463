import { copyFileSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

const GOOD = '2026-02-16_031012_run-2286'
const BAD = '2026-03-02_031009_run-8935'

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

/** The demo, with half of the best model's file and no manifest that could tell. */
function withHalfAModel(): string {
  const dir = demo()
  rmSync(join(dir, 'models', BAD, 'manifest.json'), { force: true })
  truncateSync(join(dir, 'models', BAD, 'model.txt'), 60_000)
  return dir
}

const pointerOf = (dir: string) => {
  try {
    return (JSON.parse(readFileSync(join(dir, 'models', 'active.json'), 'utf8')) as { model_id: string })
      .model_id
  } catch {
    return undefined
  }
}

describe('a model that does not load', () => {
  it.each([
    ['set-active', ['model', 'set-active', '--model-id', BAD, '--force']],
    ['select', ['model', 'select', '--activate', '--feature-schema', join(demoDir, 'feature-schema.json')]],
  ])('is not activated by %s', async (_, args) => {
    const dir = withHalfAModel()
    const { code, json } = await taskclf<{ error: { code: string } }>([...args, '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([1, 'load_failed'])
    expect(pointerOf(dir)).toBeUndefined()
  })

  it.each(['no', 'an empty'])('is not written into %s pointer by a repair', async (what) => {
    const dir = withHalfAModel()
    if (what === 'an empty') writeFileSync(join(dir, 'models', 'active.json'), '')
    const args = ['infer', 'resolve', '--repair', '--feature-schema', join(demoDir, 'feature-schema.json')]
    const { code, json } = await taskclf<{ error: { code: string } }>([...args, '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([1, 'load_failed'])
    expect(pointerOf(dir)).toBeUndefined()
  })

  it('is named by verify and by doctor', async () => {
    const dir = withHalfAModel()
    const verify = await taskclf(['model', 'verify', BAD], { cwd: dir })
    expect(verify.code).toBe(1)
    expect(verify.stdout).toContain('[load_failed]')
    const doctor = await taskclf(['doctor'], { cwd: dir })
    expect(doctor.stdout).toContain('load_failed')
  })

  it('is not promoted, and is kept with the reason', async () => {
    const dir = demo()
    const candidate = join(dir, 'candidate')
    cpSync(join(dir, 'models', BAD), candidate, { recursive: true })
    rmSync(join(candidate, 'manifest.json'), { force: true })
    rmSync(join(dir, 'models', BAD), { recursive: true })
    truncateSync(join(candidate, 'model.txt'), 60_000)
    const args = [
      'train',
      'promote',
      candidate,
      '--feature-schema',
      join(demoDir, 'feature-schema.json'),
      '--json',
    ]
    const { code, json } = await taskclf<{ rejection: { stage: string; code: string } }>(args, { cwd: dir })
    expect([code, json.rejection.stage, json.rejection.code]).toEqual([1, 'check', 'load_failed'])
    expect(pointerOf(dir)).toBeUndefined()
  })
})

describe('a model that nothing here loads', () => {
  it('goes live only with --unchecked, which the history records', async () => {
    const dir = demo()
    const bundle = join(dir, 'models', GOOD)
    rmSync(join(bundle, 'manifest.json'), { force: true })
    copyFileSync(join(bundle, 'model.txt'), join(bundle, 'model.onnx'))
    rmSync(join(bundle, 'model.txt'))
    const args = ['model', 'set-active', '--model-id', GOOD]
    const refused = await taskclf<{ error: { code: string } }>([...args, '--json'], { cwd: dir })
    expect([refused.code, refused.json.error.code]).toEqual([1, 'not_checked'])
    const allowed = await taskclf([...args, '--unchecked'], { cwd: dir })
    expect(allowed.code).toBe(0)
    expect(allowed.stderr).toContain('not tried')
    const line = readFileSync(join(dir, 'models', 'active_history.jsonl'), 'utf8')
    expect(JSON.parse(line).decision.checks).toEqual({ status: 'not_checked', code: 'not_checked' })
    writeFileSync(join(dir, 'taskclf.config.json'), '{"checks":"if_possible"}')
    const { code } = await taskclf(args, { cwd: dir })
    expect(code).toBe(0)
  })
})

describe('an active model that was changed since', () => {
  it('is named by verify and by doctor, and one that only has a note more is not', async () => {
    const dir = demo()
    const bundle = join(dir, 'models', GOOD)
    expect((await taskclf(['model', 'set-active', '--model-id', GOOD], { cwd: dir })).code).toBe(0)
    writeFileSync(join(bundle, 'notes.txt'), 'looked at on Monday')
    expect((await taskclf(['model', 'verify', GOOD], { cwd: dir })).code).toBe(0)
    const metrics = join(bundle, 'metrics.json')
    writeFileSync(metrics, `${readFileSync(metrics, 'utf8')}\n`)
    const { code, stdout } = await taskclf(['model', 'verify', GOOD], { cwd: dir })
    expect([code, stdout.includes('[integrity_mismatch]')]).toEqual([1, true])
    expect((await taskclf(['doctor'], { cwd: dir })).stdout).toContain('[integrity_mismatch]')
  })
})
