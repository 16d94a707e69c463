import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelWhy } from '@taskclf/documents'
import { copyRegistryModels, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary, taskclf } from './support/taskclf.js'
import { candidate, configure, place } from './support/trainers.js'

const why = async (dir: string, ...args: string[]) =>
  (await taskclf<ModelWhy>(['model', 'why', ...args, '--json'], { cwd: dir })).json

/** `old` was active, then `new` was promoted over it. */
async function promoted() {
  const { dir, models } = place()
  await taskclf(['train', 'promote', candidate(dir, 'old', 0.88)], { cwd: dir })
  await taskclf(['train', 'promote', candidate(dir, 'new', 0.9), '--actor', 'ci'], { cwd: dir })
  return { dir, models }
}

describe('model why, of the active model', () => {
  it('reports which switch, by whom, on what score and gates, over whom and by how much', async () => {
    const { dir } = await promoted()
    const { code, stdout } = await binary(['model', 'why'], { cwd: dir })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^new was made active at \S+, by ci \(revision 2\): its promotion\.\n/)
    expect(stdout).toContain('It replaced old (macro_f1 0.88, weighted_f1 0.91), gaining 0.02 (minimum 0).')
    expect(stdout).toContain('Its score: macro_f1 0.9, weighted_f1 0.91.')
    expect(stdout).toContain('breakidle_precision 0.97 (≥ 0.95)')
    expect(stdout).toContain('Today it is the best of 2 eligible.')
    const data = await why(dir)
    expect(data).toMatchObject({
      subject: 'active',
      verdict: 'active',
      model_id: 'new',
      active: true,
      switch: {
        revision: 2,
        actor: 'ci',
        source: 'promotion',
        previous_model_id: 'old',
        decision: { kind: 'promotion', code: 'better', gain: '0.02', promoted: 'new' },
      },
      today: { eligible: true, rank: 1, of: 2 },
    })
    expect(await why(dir, 'new')).toEqual({ ...data, subject: 'model' })
  })

  it('has no answer where nothing is active', async () => {
    const { dir, models } = place()
    const none = await binary<ModelWhy>(['model', 'why', '--json'], { cwd: dir })
    expect([none.code, none.json.verdict]).toEqual([1, 'no_pointer'])
    writeBundle(models, 'a')
    expect((await why(dir)).explanation.join()).toContain(': a.')
    writeFileSync(join(models, 'active.json'), '{')
    expect((await why(dir)).verdict).toBe('pointer_corrupt')
  })

  it('reports when it would not be chosen today', async () => {
    const { dir, models } = await promoted()
    writeBundle(models, 'rival', { metrics: { macro_f1: 0.905 } })
    writeFileSync(join(dir, 'strict.json'), '{"extends":"default","min_improvement":0.01}')
    const second = await why(dir, '--policy', 'strict.json')
    expect(second.explanation.at(-1)).toMatch(/^Today it is number 2 of 3 .*0\.005.*0\.01/)
    writeFileSync(join(dir, 'high.json'), '{"extends":"default","gates":[{"metric":"macro_f1","min":0.905}]}')
    const out = await why(dir, '--policy', 'high.json')
    expect(out.explanation.at(-1)).toMatch(/not eligible.*0\.005 below.*replaces it/)
    rmSync(join(models, 'new'), { recursive: true })
    const gone = await why(dir)
    expect([gone.today, gone.explanation.at(-1)]).toEqual([null, expect.stringContaining('cannot serve')])
  })

  it('knows the switches of another program as such', async () => {
    const { dir, models } = place()
    copyRegistryModels(dir)
    const data = await why(dir, '--policy', 'ungated')
    expect(data).toMatchObject({ verdict: 'active', switch: { revision: null, decision: null } })
    expect(data.explanation[0]).toContain('another program')
    rmSync(join(models, 'active_history.jsonl'))
    expect((await why(dir)).switch).toBeNull()
  })
})

describe('model why, of a model that is not active', () => {
  it('is outranked: by whom, on which metric, by how much', async () => {
    const { dir } = await promoted()
    const data = await why(dir, 'old')
    expect(data).toMatchObject({
      verdict: 'outranked',
      today: { eligible: true, rank: 2, of: 2 },
      outranked_by: { model_id: 'new', metric: 'macro_f1', theirs: 0.9, its: 0.88, gap: '0.02' },
    })
    expect(data.explanation[0]).toContain(
      'the active model new ranks before it, by macro_f1 0.9 against 0.88',
    )
  })

  it('names whatever differs first, and the best where the active one is behind', async () => {
    const { dir, models } = await promoted()
    writeBundle(models, 'x', {
      metrics: { macro_f1: 0.95 },
      metadata: { created_at: '2026-03-01T00:00:00Z' },
    })
    writeBundle(models, 'y', {
      metrics: { macro_f1: 0.95 },
      metadata: { created_at: '2026-03-01T00:00:00+00:00' },
    })
    const { outranked_by } = await why(dir, 'y')
    expect(outranked_by).toEqual({ model_id: 'x', metric: 'model_id', theirs: 'x', its: 'y', gap: null })
    const best = await why(dir, 'x')
    expect([best.verdict, best.outranked_by]).toEqual(['not_switched', null])
    writeFileSync(join(dir, 'strict.json'), '{"extends":"default","min_improvement":0.1}')
    expect((await why(dir, 'x', '--policy', 'strict.json')).verdict).toBe('gain_too_small')
  })

  it('is excluded: by which gate with the numbers, as incompatible, or as invalid', async () => {
    const { dir, models } = await promoted()
    writeBundle(models, 'low', { metrics: { breakidle_precision: 0.9 } })
    writeBundle(models, 'bad', { files: { 'metrics.json': '{' } })
    const low = await why(dir, 'low')
    expect([low.verdict, low.today?.score?.macro_f1]).toEqual(['gate', 0.9])
    expect(low.explanation[1]).toBe(
      'It falls at a gate: breakidle_precision is 0.9, 0.05 below the minimum 0.95.',
    )
    expect(low.explanation.at(-1)).toBe('The active model is new.')
    const bad = await why(dir, 'bad')
    expect([bad.verdict, bad.today?.score]).toEqual(['invalid', null])
    expect((await why(dir, 'old', '--schema-hash', 'ffffffffffff')).verdict).toBe('incompatible')
    rmSync(join(models, 'active.json'))
    expect((await why(dir, 'low')).explanation.at(-1)).toBe('Nothing is active.')
  })

  it('is withdrawn: since when, by whom', async () => {
    const { dir } = await promoted()
    await taskclf(['model', 'rollback', '--actor', 'kim'], { cwd: dir })
    const data = await why(dir, 'new')
    expect(data).toMatchObject({
      verdict: 'withdrawn',
      switch: { revision: 3, actor: 'kim', source: 'rollback' },
    })
    expect(data.explanation[1]).toMatch(
      /withdrawn since a rollback went back from it to old at .*by kim \(revision 3\)/,
    )
    await taskclf(['model', 'set-active', '--model-id', 'new', '--note', 'fine after all'], { cwd: dir })
    const old = await why(dir, 'old')
    expect(old.explanation[1]).toMatch(/a person switched from it to new \(fine after all\)/)
  })

  it('was rejected, or removed', async () => {
    const { dir, models } = await promoted()
    const low = candidate(dir, 'low', 0.95, { metrics: { breakidle_precision: 0.9 } })
    await taskclf(['train', 'promote', low, '--actor', 'ci'], { cwd: dir })
    const worse = candidate(dir, 'worse', 0.5)
    await taskclf(['train', 'promote', worse], { cwd: dir })
    await taskclf(['train', 'promote', worse], { cwd: dir })
    mkdirSync(join(dir, 'rejected_models', 'worse-x'))
    mkdirSync(join(dir, 'rejected_models', 'worse-9'))
    const rejected = await why(dir, 'low')
    expect(rejected.verdict).toBe('rejected')
    expect(rejected.explanation[0]).toContain('by ci')
    expect(rejected.explanation[1]).toContain('0.05 below the minimum')
    const again = await why(dir, 'worse')
    expect(again.explanation).toContain('The champion was new.')
    expect(again.explanation.at(-1)).toMatch(/rejected_models\/worse(-2)?\.$/)
    rmSync(join(models, 'old'), { recursive: true })
    expect(await why(dir, 'old')).toMatchObject({ verdict: 'removed', switch: { revision: 1 } })
    const { code, json } = await taskclf(['model', 'why', 'nwe', '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([1, 'unknown_model'])
    expect(json.error.message).toContain('new')
  })
})

describe('model why, of a revision', () => {
  it('reports what that switch was decided on', async () => {
    const { dir } = await promoted()
    const first = await why(dir, '1')
    expect(first).toMatchObject({ subject: 'revision', verdict: 'switched', model_id: 'old', active: false })
    expect(first.explanation).toContain('Nothing was active before.')
    await taskclf(['model', 'rollback'], { cwd: dir })
    expect((await why(dir, '3')).explanation[0]).toContain('a rollback')
    const { code, json } = await taskclf(['model', 'why', '9', '--json'], { cwd: dir })
    expect([code, json.error.code]).toEqual([1, 'unknown_revision'])
  })

  it('reports what kind of switch it was, and what --force went past', async () => {
    const { dir, models } = await promoted()
    writeBundle(models, 'low', { metrics: { breakidle_precision: 0.9 } })
    await taskclf(['model', 'set-active', '--model-id', 'low', '--force', '--note', 'to compare'], {
      cwd: dir,
    })
    const forced = (await why(dir, '3')).explanation.join('\n')
    expect(forced).toContain('a person chose it: to compare')
    expect(forced).toContain('Its score: macro_f1 0.9')
    expect(forced).toMatch(/--force went past: .*0.05 below/)
    rmSync(join(models, 'active.json'))
    await taskclf(['infer', 'resolve', '--repair'], { cwd: dir })
    expect((await why(dir, '4')).explanation[0]).toContain('written again')
    writeBundle(models, 'best', { metrics: { macro_f1: 0.99 } })
    await taskclf(['model', 'select', '--activate'], { cwd: dir })
    expect((await why(dir, '5')).explanation[0]).toContain('a selection that a person requested')
    const { stdout } = await taskclf(['model', 'history', '--verbose'], { cwd: dir })
    expect(stdout).toMatch(/forced +breakidle_precision/)
  })

  it('takes a name of digits for the name', async () => {
    const { dir, models } = await promoted()
    writeBundle(models, '1', { metrics: { macro_f1: 0.5 } })
    expect((await why(dir, '1')).subject).toBe('model')
  })

  it('explains a promotion that another model won', async () => {
    const { dir, models } = place()
    writeBundle(models, 'best', { metrics: { macro_f1: 0.95 } })
    await taskclf(['train', 'promote', candidate(dir, 'late', 0.94)], { cwd: dir })
    const { switch: made, explanation } = await why(dir)
    expect([made?.model_id, made?.decision?.promoted]).toEqual(['best', 'late'])
    expect(explanation[0]).toContain('the promotion of late')
  })

  it('survives what other programs write into a decision', async () => {
    const { dir, models } = await promoted()
    const pointer = {
      model_dir: 'models/old',
      model_id: 'old',
      selected_at: '2026-05-01T00:00:00Z',
      policy_version: 1,
      revision: 7,
      write_id: 'w7',
    }
    const line = {
      at: 'some day',
      old: null,
      new: pointer,
      revision: 7,
      write_id: 'w7',
      decision: ['because'],
    }
    appendFileSync(join(models, 'active_history.jsonl'), `${JSON.stringify(line)}\n`)
    const data = await why(dir, '7')
    expect(data.switch).toMatchObject({ at: 'some day', at_utc: null, decision: null })
    expect(data.explanation[0]).toContain('was to be made active, and was not')
    const odd = {
      ...line,
      revision: 8,
      write_id: 'w8',
      decision: { kind: 5, gates: 'all', candidate: { model_id: 1 } },
    }
    appendFileSync(join(models, 'active_history.jsonl'), `${JSON.stringify(odd)}\n`)
    expect((await why(dir, '8')).switch?.decision).toMatchObject({ kind: null, gates: [], score: null })
    const { stdout } = await taskclf(['model', 'history', '--verbose'], { cwd: dir })
    expect(stdout).toContain('"because"')
    configure(dir, {})
  })
})
