import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ActivePointerError, localStore, type ModelStore, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Overlay, wrapStore } from '../../../internal/conformance/src/index.js'
import { createModelReloader, lookAtActive, type ResolveOptions, resolveModelDir } from '../src/index.js'

/** What goes wrong now, wherever the store is asked. */
let fault: Overlay = {}
const mend = () => {
  fault = {}
}
afterEach(mend)

const unreadable = { code: 'unreadable', file: 'metadata.json', message: 'EIO', errno: 'EIO' } as const

const FAULTS: [string, Overlay][] = [
  [
    'the pointer',
    {
      pointer: () => ({ read: () => Promise.reject(new ActivePointerError('io', 'EIO', { errno: 'EIO' })) }),
    },
  ],
  [
    'its bundle',
    {
      bundles: () => ({
        read: async (modelId) => ({
          status: 'invalid',
          modelId,
          location: modelId,
          problems: [unreadable],
          partial: {},
        }),
      }),
    },
  ],
]

/** The registry behind whatever goes wrong. */
function storeOf(models: string): ModelStore {
  return wrapStore(localStore(models), {
    pointer: (real) => ({ read: () => (fault.pointer?.(real).read ?? real.read)() }),
    bundles: (real) => ({ read: (id) => (fault.bundles?.(real).read ?? real.read)(id) }),
  })
}

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

describe.each(FAULTS)('what the system fails to read of %s', (_, overlay) => {
  const put = () => {
    fault = overlay
  }

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
    expect((await lookAtActive(storeOf(models))).state).toBe('unknown')
    await expect(resolveModelDir({ modelsDir: storeOf(models), ...options })).rejects.toMatchObject({
      code: 'io',
    })
    const load = ({ modelId }: LocalValidBundle) => modelId
    await expect(createModelReloader({ modelsDir: storeOf(models), load, ...options })).rejects.toMatchObject(
      {
        code: 'io',
      },
    )
    expect(readFileSync(join(models, 'active.json'), 'utf8')).toBe(before)
  })

  it('changes nothing while running, and is over when it is', async () => {
    const models = await modelsWith('chosen')
    const told: string[] = []
    const reloader = await createModelReloader({
      modelsDir: storeOf(models),
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

it('reads the pointer once in each look of a running reloader', async () => {
  const models = await modelsWith('chosen')
  let reads = 0
  const store = wrapStore(localStore(models), {
    pointer: (real) => ({
      read: () => {
        reads++
        return real.read()
      },
    }),
  })
  const reloader = await createModelReloader({
    modelsDir: store,
    pollMs: 3_600_000,
    load: ({ modelId }) => modelId,
  })
  await reloader.refresh()
  const before = reads
  for (let i = 0; i < 3; i++) await reloader.refresh()
  expect(reads - before).toBe(3)
  await reloader.close()
})
