import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readHistory, rollbackActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, expectUnbrokenChain, linesOf, modelsWith, pointerOf } from './support.js'

/** Activates the named bundles in turn, as promotions. */
async function activated(...ids: string[]): Promise<string> {
  const models = modelsWith(...new Set(ids))
  for (const id of ids) await writeActiveAtomic(models, await bundleOf(models, id), { source: 'promotion' })
  return models
}

describe('rollbackActive', () => {
  it('goes back one, and twice in a row further back; the models left stay withdrawn', async () => {
    const models = await activated('run-a', 'run-b', 'run-c')
    const first = await rollbackActive(models, { actor: 'ops' })
    expect(first.pointer).toMatchObject({
      model_id: 'run-b',
      source: 'rollback',
      revision: 4,
      withdrawn: ['run-c'],
    })
    expect(first.line).toMatchObject({ actor: 'ops', decision: { kind: 'rollback', to: { revision: 2 } } })
    const second = await rollbackActive(models)
    expect(second.pointer).toMatchObject({ model_id: 'run-a', withdrawn: ['run-b', 'run-c'] })
    await expect(rollbackActive(models)).rejects.toMatchObject({ code: 'nothing_to_roll_back_to' })
    expect(expectUnbrokenChain(models).map((line) => line.new.model_id)).toEqual([
      'run-a',
      'run-b',
      'run-c',
      'run-b',
      'run-a',
    ])
  })

  it('goes the nth back, and on from there', async () => {
    const models = await activated('run-a', 'run-b', 'run-c', 'run-d')
    expect((await rollbackActive(models, { steps: 2 })).pointer.model_id).toBe('run-b')
    expect((await rollbackActive(models)).pointer.model_id).toBe('run-a')
    const short = await activated('run-a', 'run-b')
    await expect(rollbackActive(short, { steps: 2 })).rejects.toMatchObject({
      code: 'nothing_to_roll_back_to',
    })
  })

  it('starts from a switch made after a rollback', async () => {
    const models = await activated('run-a', 'run-b', 'run-c')
    await rollbackActive(models)
    await writeActiveAtomic(models, await bundleOf(models, 'run-c'), { source: 'manual' })
    expect(pointerOf(models).withdrawn).toEqual(['run-b'])
    expect((await rollbackActive(models)).pointer.model_id).toBe('run-b')
  })

  it('passes over the same model and bundles that are gone or broken', async () => {
    const models = await activated('run-a', 'run-b', 'run-c', 'run-d', 'run-d')
    rmSync(join(models, 'run-c'), { recursive: true })
    writeFileSync(join(models, 'run-b', 'metrics.json'), '{')
    const { pointer, passedOver } = await rollbackActive(models)
    expect(pointer.model_id).toBe('run-a')
    expect(passedOver).toEqual([
      { revision: 4, modelId: 'run-d', why: 'same_model' },
      { revision: 3, modelId: 'run-c', why: 'not_valid' },
      { revision: 2, modelId: 'run-b', why: 'not_valid' },
    ])
  })

  it("takes back a person's switch: the model that switch withdrew is active again", async () => {
    const models = modelsWith('run-a', 'run-b')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    await writeActiveAtomic(models, await bundleOf(models, 'run-b'), { source: 'manual' })
    expect((await rollbackActive(models)).pointer).toMatchObject({ model_id: 'run-a', withdrawn: ['run-b'] })
  })

  it('goes to a named revision, and back', async () => {
    const models = await activated('run-a', 'run-b', 'run-c')
    expect((await rollbackActive(models, { toRevision: 1 })).pointer.model_id).toBe('run-a')
    const { pointer } = await rollbackActive(models, { toRevision: 3 })
    expect(pointer).toMatchObject({ model_id: 'run-c', withdrawn: ['run-a'] })
  })

  it('passes over lines whose switch never happened', async () => {
    const models = await activated('run-a', 'run-b')
    const [first] = linesOf(models)
    const aborted = {
      ...first,
      write_id: 'never',
      revision: 9,
      new: { ...first?.new, write_id: 'never', revision: 9 },
    }
    writeFileSync(join(models, 'active_history.jsonl'), `${JSON.stringify(aborted)}\n`, { flag: 'a' })
    await expect(rollbackActive(models, { toRevision: 9 })).rejects.toMatchObject({
      code: 'unknown_revision',
    })
    const { pointer } = await rollbackActive(models)
    expect(pointer).toMatchObject({ model_id: 'run-a', revision: 10 })
    const { entries } = await readHistory(models)
    expect(entries.map(({ state }) => state)).toEqual(['visible', 'visible', 'aborted', 'visible'])
  })

  it('names what cannot be gone back to', async () => {
    const models = await activated('run-a', 'run-b', 'run-c')
    rmSync(join(models, 'run-a'), { recursive: true })
    await expect(rollbackActive(models, { toRevision: 1 })).rejects.toMatchObject({
      code: 'target_not_usable',
      message: expect.stringMatching(/revision 1 \(run-a\): .*(missing|valid)/),
      details: { revision: 1, modelId: 'run-a' },
    })
    await expect(rollbackActive(models, { toRevision: 3 })).rejects.toMatchObject({
      code: 'target_not_usable',
      message: expect.stringMatching(/revision 3 \(run-c\): .*active now/),
      details: { revision: 3, modelId: 'run-c' },
    })
    await expect(rollbackActive(models, { toRevision: 7 })).rejects.toMatchObject({
      code: 'unknown_revision',
      details: { revision: 7 },
    })
    await expect(rollbackActive(models, { steps: 2 })).rejects.toMatchObject({
      code: 'nothing_to_roll_back_to',
      message: expect.stringContaining('2 earlier'),
      details: { passedOver: [{ revision: 1, modelId: 'run-a', why: 'not_valid' }] },
    })
    await expect(rollbackActive(models, { expected: 'sha256:else' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(linesOf(models).length).toBe(3)
  })

  it.each(['torn', undefined])('works where the pointer is lost: %s', async (text) => {
    const models = await activated('run-a', 'run-b', 'run-c')
    if (text === undefined) rmSync(join(models, 'active.json'))
    else writeFileSync(join(models, 'active.json'), text)
    expect((await readHistory(models)).entries.map(({ state }) => state)).toEqual([
      'visible',
      'visible',
      'unconfirmed',
    ])
    const { pointer, line } = await rollbackActive(models)
    expect(pointer).toMatchObject({ model_id: 'run-b', revision: 4, withdrawn: ['run-c'] })
    expect(line).toMatchObject({ lost: true, old: { model_id: 'run-b', revision: 2 } })
    const { entries, warnings } = await readHistory(models)
    expect(entries.map(({ state }) => state)).toEqual(['visible', 'visible', 'unconfirmed', 'visible'])
    expect(warnings).toEqual([])
    const back = await rollbackActive(models, { toRevision: 3 })
    expect(back.pointer.model_id).toBe('run-c')
    expect(back.warnings).toMatchObject([{ code: 'unconfirmed_revision' }])
  })

  it('records where it went, why that model had been chosen, and what its caller says', async () => {
    const models = modelsWith('run-a', 'run-b')
    const reason = { metric: 'weighted_f1', weighted_f1: 0.9, note: 'first' }
    const told = {
      source: 'promotion',
      policyVersion: 3,
      policyDigest: 'p',
      reason,
    } as const
    const { pointer: first } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), told)
    await writeActiveAtomic(models, await bundleOf(models, 'run-b'), { source: 'promotion' })
    const { pointer, line, passedOver } = await rollbackActive(models, { decision: { ticket: 7, kind: 'x' } })
    expect(passedOver).toEqual([])
    expect(pointer).toMatchObject({
      model_id: 'run-a',
      source: 'rollback',
      policy_version: 3,
      policy_digest: 'p',
      bundle_digest: first.bundle_digest,
      reason: { ...reason, note: 'rollback to revision 1' },
      withdrawn: ['run-b'],
    })
    const to = { model_id: 'run-a', selected_at: first.selected_at, revision: 1 }
    expect(line.decision).toEqual({ ticket: 7, kind: 'rollback', to })
  })

  it("goes back to another program's pointer", async () => {
    const models = await activated('run-a', 'run-b', 'run-c')
    const foreign = {
      model_dir: 'models/run-b',
      selected_at: '2026-06-01T00:00:00+00:00',
      policy_version: 1,
      model_id: 'run-b',
    }
    const line = JSON.stringify({ at: foreign.selected_at, old: pointerOf(models), new: foreign })
    writeFileSync(join(models, 'active.json'), JSON.stringify(foreign))
    writeFileSync(join(models, 'active_history.jsonl'), `${line}\n`, { flag: 'a' })
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'promotion' })
    const back = await rollbackActive(models)
    expect(back.pointer).toMatchObject({
      model_id: 'run-b',
      reason: {
        metric: 'model_id',
        model_id: 'run-b',
        note: `rollback to the pointer of ${foreign.selected_at}`,
      },
    })
    const to = { model_id: 'run-b', selected_at: foreign.selected_at }
    expect(back.line.decision).toEqual({ kind: 'rollback', to })
    expect((await rollbackActive(models)).pointer).toMatchObject({ model_id: 'run-c', revision: 6 })
  })
})
