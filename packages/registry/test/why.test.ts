import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { opened } from './support.js'

describe('why', () => {
  it('explains the active model by the switch that made it active, and how it does today', async () => {
    const { registry } = await opened({ actor: 'ci' })
    await registry.activateBest()
    const why = await registry.why()
    expect(why).toMatchObject({
      subject: 'active',
      modelId: 'run-c',
      active: true,
      verdict: 'active',
      switch: { revision: 1, actor: 'ci', decision: { kind: 'select' } },
      today: { eligible: true, rank: 1, of: 3 },
      bundle: { status: 'valid' },
    })
    expect(why.explanation[0]).toMatch(/^run-c was made active/)
  })

  it('explains why a model is not active: outranked, withdrawn, at a gate', async () => {
    const { registry, models } = await opened()
    await registry.activateBest()
    expect(await registry.why('run-a')).toMatchObject({
      verdict: 'outranked',
      active: false,
      outrankedBy: { modelId: 'run-c', metric: 'macro_f1', theirs: 0.82, its: 0.8, gap: '0.02' },
    })
    await registry.withdraw('run-b', { note: 'old labels' })
    expect(await registry.why('run-b')).toMatchObject({ verdict: 'withdrawn', today: { eligible: false } })
    writeBundle(models, 'run-d', { metrics: { acceptance_pass: false } })
    expect(await registry.why('run-d')).toMatchObject({
      verdict: 'gate',
      today: { reasons: [{ stage: 'gate' }] },
    })
  })

  it('explains a switch of the past, a removed model and a rejected one', async () => {
    const { registry, models } = await opened()
    await registry.activate('run-a')
    await registry.activateBest()
    expect(await registry.why('1')).toMatchObject({
      subject: 'revision',
      modelId: 'run-a',
      verdict: 'switched',
    })
    rmSync(join(models, 'run-a'), { recursive: true })
    expect(await registry.why('run-a')).toMatchObject({ verdict: 'removed', today: null })
    const worse = writeBundle(join(scratchDir(), 'candidates'), 'run-w', {
      metadata: { model_id: 'run-w' },
      metrics: { macro_f1: 0.1 },
    })
    await registry.promote(worse)
    expect(await registry.why('run-w')).toMatchObject({ verdict: 'rejected' })
  })

  it('reports that nothing is active, and a pointer that cannot be read', async () => {
    const { registry, models } = await opened()
    expect(await registry.why()).toMatchObject({ verdict: 'no_pointer', modelId: null })
    writeFileSync(join(models, 'active.json'), '{')
    expect(await registry.why()).toMatchObject({ verdict: 'pointer_corrupt', modelId: null })
  })

  it('rejects what no model and no revision is named', async () => {
    const { registry, models } = await opened()
    await expect(registry.why('run-x')).rejects.toMatchObject({ code: 'unknown_model' })
    mkdirSync(join(models, 'lost+found'))
    for (const ask of [registry.why, registry.read, registry.inspect])
      await expect(ask('lost+found')).rejects.toMatchObject({ code: 'unknown_model' })
    mkdirSync(join(models, 'half'))
    writeFileSync(join(models, 'half', 'model.txt'), 'tree')
    expect(await registry.read('half')).toMatchObject({ status: 'invalid' })
    await expect(registry.why('9')).rejects.toMatchObject({ code: 'unknown_revision' })
  })
})
