import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ActivePointerError, readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import {
  type LocalValidBundle,
  lookAtModelsDir,
  readBundle,
  readPromotedBundle,
} from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createModelReloader, lookAtActive, type ResolveOptions, resolveModelDir } from '../src/index.js'

vi.mock('@taskclf/active-pointer', async (original) => {
  const real = await original<typeof import('@taskclf/active-pointer')>()
  return { ...real, readActive: vi.fn(real.readActive) }
})
vi.mock('@taskclf/registry-core', async (original) => {
  const real = await original<typeof import('@taskclf/registry-core')>()
  return { ...real, readPromotedBundle: vi.fn(real.readPromotedBundle) }
})
const pointers = vi.mocked(readActive)
const bundles = vi.mocked(readPromotedBundle)
const { readActive: readPointer } =
  await vi.importActual<typeof import('@taskclf/active-pointer')>('@taskclf/active-pointer')
const { readPromotedBundle: readTarget } =
  await vi.importActual<typeof import('@taskclf/registry-core')>('@taskclf/registry-core')
const mend = () => {
  pointers.mockImplementation(readPointer)
  bundles.mockImplementation(readTarget)
}
afterEach(mend)

const FAULTS: [string, () => void][] = [
  ['the pointer', () => pointers.mockRejectedValue(new ActivePointerError('io', 'EIO', { errno: 'EIO' }))],
  [
    'its bundle',
    () => {
      const problem = { code: 'unreadable' as const, file: 'metadata.json', message: 'EIO', errno: 'EIO' }
      bundles.mockImplementation(async (dir, modelId) => ({
        status: 'invalid',
        modelId,
        location: modelId,
        path: join(lookAtModelsDir(dir).root, modelId),
        problems: [problem],
        partial: {},
      }))
    },
  ],
]

async function modelsWith(...activated: string[]): Promise<string> {
  const models = join(scratchDir(), 'models')
  for (const id of ['chosen', 'best'])
    writeBundle(models, id, { metrics: { macro_f1: id === 'best' ? 0.99 : 0.7 } })
  for (const id of activated) {
    const bundle = (await readBundle(join(models, id))) as LocalValidBundle
    await writeActiveAtomic(models, bundle, { source: 'manual' })
  }
  return models
}

describe.each(FAULTS)('what the system fails to read of %s', (_, put) => {
  it.each<ResolveOptions>([
    {},
    { repair: true },
    { onBrokenPointer: 'policy' },
    { onBrokenPointer: 'last_good' },
    { onBrokenPointer: 'policy', repair: true },
  ])('decides nothing, and writes nothing: %o', async (options) => {
    const models = await modelsWith('best', 'chosen')
    const before = readFileSync(join(models, 'active.json'), 'utf8')
    put()
    expect((await lookAtActive(models)).state).toBe('unknown')
    await expect(resolveModelDir({ modelsDir: models, ...options })).rejects.toMatchObject({ code: 'io' })
    const load = ({ modelId }: LocalValidBundle) => modelId
    await expect(createModelReloader({ modelsDir: models, load, ...options })).rejects.toMatchObject({
      code: 'io',
    })
    expect(readFileSync(join(models, 'active.json'), 'utf8')).toBe(before)
  })

  it('changes nothing while running, and is over when it is', async () => {
    const models = await modelsWith('chosen')
    const told: string[] = []
    const reloader = await createModelReloader({
      modelsDir: models,
      pollMs: 3_600_000,
      load: ({ modelId }) => modelId,
      onError: ({ error }) => told.push(error.code),
    })
    put()
    // Another program switches: ours would not, over a model that cannot be read.
    const path = join(models, 'active.json')
    const { bundle_digest: _, write_id: __, ...kept } = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify({ ...kept, model_id: 'best', model_dir: 'models/best' }))
    await reloader.refresh()
    expect(reloader.status()).toMatchObject({ served: { modelId: 'chosen' }, degraded: { code: 'io' } })
    mend()
    await vi.waitFor(async () => {
      await reloader.refresh()
      expect(reloader.status()).toMatchObject({ served: { modelId: 'best' } })
    }, 20_000)
    expect([reloader.status().degraded, [...new Set(told)]]).toEqual([undefined, ['io']])
    await reloader.close()
  })
})

it('each look of a running reloader reads the pointer once', async () => {
  const models = await modelsWith('chosen')
  const reloader = await createModelReloader({
    modelsDir: models,
    pollMs: 3_600_000,
    load: ({ modelId }) => modelId,
  })
  await reloader.refresh()
  const before = pointers.mock.calls.length
  for (let i = 0; i < 3; i++) await reloader.refresh()
  expect(pointers.mock.calls.length - before).toBe(3)
  await reloader.close()
})
