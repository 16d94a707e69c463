import { writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { opened } from './support.js'

it('shows every model with its place, ordered, or those that are asked for', async () => {
  const { registry, models } = await opened()
  writeBundle(models, 'broken', { files: { 'metrics.json': '{' } })
  writeBundle(models, 'low', { metrics: { macro_f1: 0.99, breakidle_precision: 0.1 } })
  await registry.activate('run-b')
  const all = await registry.overview()
  expect(all.models.map(({ bundle, rank, active }) => [bundle.modelId, rank, active])).toEqual([
    ['low', undefined, false],
    ['run-c', 1, false],
    ['run-b', 2, true],
    ['run-a', 3, false],
    ['broken', undefined, false],
  ])
  expect([all.total, all.invalid]).toEqual([5, 1])
  const against = all.models.map(({ exclusion }) => exclusion()?.stage)
  expect(against).toEqual(['gate', undefined, undefined, undefined, 'invalid'])
  const { models: eligible } = await registry.overview({ show: 'eligible', sort: 'created_at' })
  expect(eligible.map(({ bundle }) => bundle.modelId).sort()).toEqual(['run-a', 'run-b', 'run-c'])
  expect((await registry.overview({ schemaHashes: ['other'] })).total).toBe(0)
})

it('inspects a model by itself', async () => {
  const { registry, models } = await opened()
  writeBundle(models, 'low', { metrics: { breakidle_precision: 0.1 } })
  await registry.activate('run-a')
  expect(await registry.inspect('run-a')).toMatchObject({
    bundle: { modelId: 'run-a', status: 'valid' },
    active: true,
    report: { best: { rank: 1 } },
  })
  expect((await registry.inspect('low')).report).toMatchObject({ ranked: [], excluded: [{ stage: 'gate' }] })
  await expect(registry.inspect('run-d')).rejects.toMatchObject({ code: 'unknown_model' })
})

it('says whether a retraining is due', async () => {
  const { registry, models } = await opened({ now: () => new Date('2031-01-01T00:00:00Z') })
  const { due, location } = await registry.checkRetrain({ calendar: 'weekly' })
  expect([due, location]).toEqual([true, models])
})
