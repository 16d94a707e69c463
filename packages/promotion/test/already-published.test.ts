import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rollbackActive } from '@taskclf/active-pointer'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { promote, publishBundle, refreshIndex, toPromotionJson } from '../src/index.js'
import { activeId, candidateIn, errorOf, expectWhole, place, scored } from './support.js'

describe('a candidate whose files are published already', () => {
  it('is not published twice; what a killed promotion left undone is done', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    // Killed between publishing and switching.
    const { bundleDigest } = await publishBundle({ candidateDir, modelsDir: models })
    const result = await promote({ candidateDir, modelsDir: models })
    expect(result).toMatchObject({
      outcome: 'promoted',
      candidate: { modelId: 'run-1', bundle: { path: join(models, 'run-1') } },
      published: { modelId: 'run-1', bundleDigest },
      switch: { revision: 1, pointer: { bundle_digest: bundleDigest } },
    })
    expect(result.warnings.map(({ code }) => code)).toContain('already_published')
    expect(toPromotionJson(result).published?.model_id).toBe('run-1')
    const again = await promote({ candidateDir, modelsDir: models })
    expect(again).toMatchObject({ outcome: 'promoted', selection: { decision: { code: 'same_model' } } })
    expect(again.switch).toBeUndefined()
    expect(await expectWhole(models)).toEqual(['run-1'])
  })

  it('is found whatever its name there, through the index too', async () => {
    const { base, models } = place()
    const candidateDir = writeBundle(base, 'output')
    const first = await publishBundle({ candidateDir, modelsDir: models })
    await refreshIndex(models, DEFAULT_POLICY, {}, { now: () => new Date(Date.now() + 60_000) })
    const result = await promote({ candidateDir, modelsDir: models })
    expect(result).toMatchObject({ outcome: 'promoted', activeModelId: first.modelId })
    expect(await expectWhole(models)).toEqual([first.modelId])
  })

  it('is published once more on request, where its name allows it', async () => {
    const { base, models } = place()
    const unnamed = writeBundle(base, 'output')
    const first = await promote({ candidateDir: unnamed, modelsDir: models })
    const copy = await promote({ candidateDir: unnamed, modelsDir: models, again: true })
    expect(copy.warnings.map(({ code }) => code)).not.toContain('already_published')
    expect(await expectWhole(models)).toEqual([first.candidate.modelId, copy.candidate.modelId].sort())
    const named = candidateIn(base, 'run-1')
    await promote({ candidateDir: named, modelsDir: models })
    const taken = promote({ candidateDir: named, modelsDir: models, again: true })
    expect((await errorOf(taken)).code).toBe('id_taken')
  })

  it('is another candidate as soon as one byte differs', async () => {
    const { base, models } = place()
    const candidateDir = candidateIn(base, 'run-1', { files: { 'notes.md': 'a' } })
    await publishBundle({ candidateDir, modelsDir: models })
    writeFileSync(join(candidateDir, 'notes.md'), 'b')
    expect((await errorOf(promote({ candidateDir, modelsDir: models }))).code).toBe('id_taken')
  })

  it('finds it by what manifests record: a bundle without one, or an invalid one, is not it', async () => {
    const { base, models } = place()
    const candidateDir = writeBundle(base, 'output')
    const { path } = await publishBundle({ candidateDir, modelsDir: models })
    rmSync(join(path, 'model.txt'))
    const second = await promote({ candidateDir, modelsDir: models })
    expect(second.warnings.map(({ code }) => code)).not.toContain('already_published')
    rmSync(join(second.published?.path ?? '', 'manifest.json'))
    const third = await promote({ candidateDir, modelsDir: models })
    expect(third.warnings.map(({ code }) => code)).not.toContain('already_published')
  })

  it('stays left, when a person left it', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-2', 0.9)
    await promote({ candidateDir: scored(base, 'run-1', 0.8), modelsDir: models })
    await promote({ candidateDir, modelsDir: models })
    await rollbackActive(models)
    expect(await promote({ candidateDir, modelsDir: models })).toMatchObject({
      outcome: 'published',
      activeModelId: 'run-1',
    })
    expect(activeId(models)).toBe('run-1')
  })

  it('is said in a dry run, and counted once', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    await publishBundle({ candidateDir, modelsDir: models })
    const result = await promote({ candidateDir, modelsDir: models, dryRun: true })
    expect(result).toMatchObject({ outcome: 'dry_run', selection: { report: { ranked: [{}] } } })
    expect(result.warnings.map(({ code }) => code)).toContain('already_published')
    expect(activeId(models)).toBeUndefined()
  })
})
