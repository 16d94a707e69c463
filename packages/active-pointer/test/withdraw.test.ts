import { appendFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildManifest, openModelsDir, readBundleContent } from '@taskclf/registry-core'
import { describe, expect, it } from 'vitest'
import {
  compareRecorded,
  readHistory,
  readmitModel,
  readWithdrawn,
  rollbackActive,
  withdrawModel,
  writeActiveAtomic,
} from '../src/index.js'
import { bundleOf, linesOf, modelsWith, pointerOf } from './support.js'

async function activated(...ids: string[]): Promise<string> {
  const models = modelsWith(...ids)
  await writeActiveAtomic(models, await bundleOf(models, ids[0] as string), {
    source: 'promotion',
    policyDigest: 'sha256:p',
  })
  return models
}

describe('withdrawModel', () => {
  it('adds one revision that keeps the active model and its record', async () => {
    const models = await activated('run-a', 'run-b', 'run-c')
    const before = pointerOf(models)
    const result = await withdrawModel(models, 'run-c', { actor: 'ops', note: 'old labels' })
    expect(result).toMatchObject({ changed: true, revision: 2, line: { source: 'manual', actor: 'ops' } })
    const { model_id, policy_digest, bundle_digest, schema_hash, reason } = before
    expect(pointerOf(models)).toMatchObject({
      model_id,
      policy_digest,
      bundle_digest,
      schema_hash,
      reason,
      withdrawn: ['run-c'],
    })
    expect(linesOf(models).at(-1)?.decision).toEqual({
      kind: 'withdraw',
      model_id: 'run-c',
      note: 'old labels',
    })
    expect(await readWithdrawn(models)).toEqual(['run-c'])
    await withdrawModel(openModelsDir(models), 'run-b')
    expect(await readWithdrawn(models)).toEqual(['run-b', 'run-c'])
  })

  it('rejects the active model, a model that is not there, and a models dir without a pointer', async () => {
    const models = await activated('run-a', 'run-b')
    await expect(withdrawModel(models, 'run-a')).rejects.toMatchObject({ code: 'is_active' })
    await expect(withdrawModel(models, 'run-x')).rejects.toMatchObject({ code: 'bundle_not_promoted' })
    await expect(withdrawModel(models, '../a')).rejects.toMatchObject({ code: 'unusable_name' })
    expect(linesOf(models)).toHaveLength(1)
    rmSync(join(models, 'active.json'))
    await expect(withdrawModel(models, 'run-b')).rejects.toMatchObject({ code: 'no_active_pointer' })
    writeFileSync(join(models, 'active.json'), '{')
    await expect(readmitModel(models, 'run-b')).rejects.toMatchObject({ code: 'no_active_pointer' })
    expect(linesOf(models)).toHaveLength(1)
  })

  it('writes nothing where it is so already', async () => {
    const models = await activated('run-a', 'run-b')
    await withdrawModel(models, 'run-b')
    expect(await withdrawModel(models, 'run-b')).toEqual({ changed: false, withdrawn: ['run-b'] })
    expect(linesOf(models)).toHaveLength(2)
  })

  it('withdraws a damaged bundle: that it is there is enough', async () => {
    const models = await activated('run-a', 'run-b')
    writeFileSync(join(models, 'run-b', 'metrics.json'), '{')
    expect(await withdrawModel(models, 'run-b')).toMatchObject({ changed: true })
  })

  it('leaves it known what the active model without a manifest consisted of', async () => {
    const models = await activated('run-a', 'run-b')
    await withdrawModel(models, 'run-b')
    appendFileSync(join(models, 'run-a', 'notes.txt'), 'harmless')
    const bundle = await bundleOf(models, 'run-a')
    expect(Object.keys((await buildManifest(bundle.path)).files)).toContain('notes.txt')
    expect(await compareRecorded(bundle, await readBundleContent(bundle), pointerOf(models))).toBeUndefined()
  })

  it('is not a step of its own to go back by: a rollback passes over it', async () => {
    const models = await activated('run-a', 'run-b', 'run-c')
    await writeActiveAtomic(models, await bundleOf(models, 'run-b'), { source: 'promotion' })
    await withdrawModel(models, 'run-c')
    await rollbackActive(models)
    expect(pointerOf(models)).toMatchObject({ model_id: 'run-a', withdrawn: ['run-b', 'run-c'] })
  })
})

describe('readmitModel', () => {
  it('takes the model from the list, in one revision', async () => {
    const models = await activated('run-a', 'run-b')
    await withdrawModel(models, 'run-b')
    expect(await readmitModel(models, 'run-b', { note: 'a mistake' })).toMatchObject({
      changed: true,
      revision: 3,
    })
    expect(pointerOf(models)).toMatchObject({ model_id: 'run-a', withdrawn: [] })
    const { entries } = await readHistory(models)
    expect(entries.at(-1)?.decision).toEqual({ kind: 'readmit', model_id: 'run-b', note: 'a mistake' })
    expect(await readmitModel(models, 'run-b')).toEqual({ changed: false, withdrawn: [] })
  })

  it('readmits a model whose bundle is gone', async () => {
    const models = await activated('run-a', 'run-b')
    await withdrawModel(models, 'run-b')
    rmSync(join(models, 'run-b'), { recursive: true })
    expect(await readmitModel(models, 'run-b')).toMatchObject({ changed: true })
  })
})

describe('an expected revision', () => {
  it('is compared under the lock, whatever kind of switch it is', async () => {
    const models = await activated('run-a', 'run-b', 'run-c')
    const b = await bundleOf(models, 'run-b')
    const at = (expectedRevision: number) => ({ source: 'manual' as const, expectedRevision })
    for (const wrong of [0, 2])
      await expect(writeActiveAtomic(models, b, at(wrong))).rejects.toMatchObject({
        code: 'conflict',
        details: { expectedRevision: wrong, revision: 1, modelId: 'run-a' },
      })
    await writeActiveAtomic(models, b, at(1))
    await expect(withdrawModel(models, 'run-c', { expectedRevision: 1 })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(rollbackActive(models, { expectedRevision: 1 })).rejects.toMatchObject({ code: 'conflict' })
    await rollbackActive(models, { expectedRevision: 2 })
    expect(pointerOf(models)).toMatchObject({ model_id: 'run-a', revision: 3 })
  })

  it('expects with 0 that there is no pointer', async () => {
    const models = modelsWith('run-a')
    const a = await bundleOf(models, 'run-a')
    await expect(
      writeActiveAtomic(models, a, { source: 'manual', expectedRevision: 1 }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await writeActiveAtomic(models, a, { source: 'manual', expectedRevision: 0 })
    await expect(
      writeActiveAtomic(models, a, { source: 'manual', expectedRevision: 0 }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is not believed of a pointer that another program wrote, with our keys kept', async () => {
    const models = await activated('run-a', 'run-b')
    const theirs = {
      ...pointerOf(models),
      model_dir: 'models/run-b',
      model_id: 'run-b',
    }
    writeFileSync(join(models, 'active.json'), JSON.stringify(theirs))
    await expect(
      writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual', expectedRevision: 1 }),
    ).rejects.toMatchObject({ code: 'conflict', details: { modelId: 'run-b' } })
  })
})
