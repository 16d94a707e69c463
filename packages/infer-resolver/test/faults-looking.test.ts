import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ActivePointerError,
  type ActiveState,
  localStore,
  type ModelStore,
  readActive,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import { buildManifest, type LocalValidBundle, RegistryError, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { wrapStore } from '../../../internal/conformance/src/index.js'
import { createModelReloader, lookAtActive, resolveModelDir } from '../src/index.js'

vi.mock('@taskclf/registry-core', async (original) => {
  const real = await original<typeof import('@taskclf/registry-core')>()
  return { ...real, buildManifest: vi.fn(real.buildManifest) }
})
const registry = await vi.importActual<typeof import('@taskclf/registry-core')>('@taskclf/registry-core')
const manifests = vi.mocked(buildManifest)

afterEach(() => {
  manifests.mockImplementation(registry.buildManifest)
})

/** A registry whose pointer is read otherwise. */
const reading = (models: string, read: (real: () => Promise<ActiveState>) => Promise<ActiveState>) =>
  wrapStore(localStore(models), { pointer: (real) => ({ read: () => read(real.read) }) })

const io = () => new ActivePointerError('io', 'EIO', { errno: 'EIO' })

async function activate(models: string, id: string): Promise<void> {
  await writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, {
    source: 'manual',
  })
}

/** `gone` is active and not there; `best` is. */
async function missing(): Promise<string> {
  const models = join(scratchDir(), 'models')
  for (const id of ['gone', 'best']) writeBundle(models, id)
  await activate(models, 'gone')
  rmSync(join(models, 'gone'), { recursive: true })
  return models
}

/** Nothing is decided: no model takes the place of another. */
async function expectUnknown(store: ModelStore, expected: object): Promise<void> {
  expect(await lookAtActive(store)).toMatchObject({ state: 'unknown', error: expected })
  await expect(resolveModelDir({ modelsDir: store })).rejects.toMatchObject(expected)
}

describe('nobody can say whether a model is missing', () => {
  it('reports that the models dir cannot be opened', async () => {
    const models = await missing()
    const store = {
      ...localStore(models),
      look: () => {
        throw new RegistryError('models_dir_unreadable', models, 'EACCES')
      },
    }
    await expectUnknown(store, { name: 'RegistryError', code: 'models_dir_unreadable' })
  })

  it('reports that the models dir cannot be looked into', async () => {
    const error = Object.assign(new Error('EIO'), { code: 'EIO' })
    const store = wrapStore(localStore(await missing()), {
      bundles: () => ({ has: () => Promise.reject(error) }),
    })
    const expected = {
      name: 'ResolveError',
      code: 'io',
      details: { model_id: 'gone' },
      cause: { code: 'EIO' },
    }
    await expectUnknown(store, expected)
  })

  it('reports that the pointer cannot be read a second time', async () => {
    let reads = 0
    const store = reading(await missing(), async (real) => {
      if (++reads % 2 === 0) throw io()
      return real()
    })
    await expectUnknown(store, { name: 'ActivePointerError', code: 'io' })
    expect(reads).toBe(4)
  })

  it('reports that another pointer is there at every look', async () => {
    let reads = 0
    const store = reading(await missing(), async (real) => {
      const state = await real()
      return { ...state, version: `sha256:${reads++}` } as typeof state
    })
    await expectUnknown(store, { name: 'ResolveError', code: 'io' })
  })
})

it('throws when the models dir goes away between being opened and the pointer being read', async () => {
  const models = await missing()
  const store = reading(models, (real) => {
    rmSync(models, { recursive: true, force: true })
    return real()
  })
  await expect(lookAtActive(store)).rejects.toMatchObject({ code: 'models_dir_missing' })
})

describe('a repair that loses to another switch', () => {
  it('does not answer when that switch cannot be read', async () => {
    const models = await missing()
    writeBundle(models, 'theirs')
    let isAway = false
    const store = reading(models, (real) => (isAway ? Promise.reject(io()) : real()))
    const check = async () => {
      await activate(models, 'theirs')
      isAway = true
      return { status: 'passed' } as const
    }
    await expect(
      resolveModelDir({ modelsDir: store, repair: true, checks: { check } }),
    ).rejects.toMatchObject({
      code: 'io',
    })
    expect(await readActive(models)).toMatchObject({ modelId: 'theirs' })
  })
})

describe('comparing with what was recorded', () => {
  /** The digest of all files was recorded: they are read anew. */
  async function recordedOfAll(): Promise<string> {
    const models = join(scratchDir(), 'models')
    const path = writeBundle(models, 'run-a')
    writeFileSync(join(path, 'manifest.json'), JSON.stringify(await registry.buildManifest(path)))
    writeFileSync(join(path, 'notes.md'), 'trained on a Friday')
    const bundle = (await readBundle(path)) as LocalValidBundle
    const bundleDigest = registry.digestFiles((await registry.buildManifest(path)).files)
    await writeActiveAtomic(models, bundle, { source: 'manual', bundleDigest })
    return models
  }
  const load = ({ modelId }: LocalValidBundle) => modelId

  it('takes no longer than a load may', async () => {
    const models = await recordedOfAll()
    manifests.mockImplementation(() => new Promise<never>(() => {}))
    const starting = createModelReloader({ modelsDir: models, load, loadTimeoutMs: 50 })
    await expect(starting).rejects.toMatchObject({ code: 'load_timed_out' })
  })

  it('says nothing about the files when the system fails', async () => {
    const models = await recordedOfAll()
    manifests.mockImplementation(async (path) => {
      throw new RegistryError('io', path, 'EIO')
    })
    for (const onBrokenPointer of ['fail', 'policy', 'last_good'] as const)
      await expect(createModelReloader({ modelsDir: models, load, onBrokenPointer })).rejects.toMatchObject({
        name: 'ReloadError',
        code: 'io',
      })
  })
})

it('follows a pointer that was another only while the start looked', async () => {
  const models = join(scratchDir(), 'models')
  for (const id of ['run-a', 'run-b']) writeBundle(models, id)
  await activate(models, 'run-a')
  const path = join(models, 'active.json')
  const before = readFileSync(path)
  let reads = 0
  const store = reading(models, async (real) => {
    const state = await real()
    if (reads++ === 0) await activate(models, 'run-b')
    return state
  })
  const loads: string[] = []
  const reloader = await createModelReloader({
    modelsDir: store,
    pollMs: 3_600_000,
    load: ({ modelId }) => {
      loads.push(modelId)
      if (modelId === 'run-b') writeFileSync(path, before)
    },
  })
  await reloader.refresh()
  expect(reloader.status()).toMatchObject({ served: { modelId: 'run-a', revision: 1 } })
  expect(loads).toEqual(['run-b', 'run-a'])
  await reloader.close()
})
