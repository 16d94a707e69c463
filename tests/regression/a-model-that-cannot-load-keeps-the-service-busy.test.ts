import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import { loadPredictor, type Predictor } from '@taskclf/predictor'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('tries a model that always fails a few times, then leaves it alone until it changes; the old one serves', async () => {
  const models = join(scratchDir(), 'models')
  writeBundle(models, 'run-good')
  writeBundle(models, 'run-broken', { model: TINY_MODEL.slice(0, -30) })
  const activate = async (id: string) =>
    writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, { source: 'manual' })
  await activate('run-good')

  const due: (() => void)[] = []
  const pauses: number[] = []
  const tried: string[] = []
  const reloader = await createModelReloader<Predictor>({
    modelsDir: models,
    pollMs: 3_600_000,
    backoff: { initialMs: 100, maxMs: 10_000, maxAttempts: 4 },
    load: (bundle) => {
      tried.push(bundle.modelId)
      return loadPredictor(bundle)
    },
    schedule: (fn, ms) => {
      due.push(fn)
      pauses.push(ms)
      return () => {}
    },
  })
  await activate('run-broken')
  await reloader.refresh()
  while (due.length > 0) {
    due.shift()?.()
    await reloader.refresh()
  }
  const failedLoads = () => tried.filter((id) => id === 'run-broken').length
  expect(failedLoads()).toBe(4)
  expect(pauses).toHaveLength(3)
  expect(reloader.status().failing).toMatchObject({ modelId: 'run-broken', attempts: 4, resting: true })
  // However often anybody looks: it rests.
  for (let i = 0; i < 20; i++) await reloader.refresh()
  expect(failedLoads()).toBe(4)
  const answers = await reloader.use((model) => model.predict([{ x: 1 }]))
  expect([reloader.current.modelId, answers[0]?.label]).toEqual(['run-good', 'Build'])

  writeBundle(models, 'run-broken')
  await activate('run-broken')
  await reloader.refresh()
  expect(reloader.current.modelId).toBe('run-broken')
  await reloader.close()
})
