import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ActivePointerError, readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import {
  buildManifest,
  type LocalValidBundle,
  lookAtModelsDir,
  RegistryError,
  readBundle,
} from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createModelReloader, lookAtActive, resolveModelDir } from '../src/index.js'

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>()
  return { ...real, readdirSync: vi.fn(real.readdirSync) }
})
vi.mock('@taskclf/active-pointer', async (original) => {
  const real = await original<typeof import('@taskclf/active-pointer')>()
  return { ...real, readActive: vi.fn(real.readActive) }
})
vi.mock('@taskclf/registry-core', async (original) => {
  const real = await original<typeof import('@taskclf/registry-core')>()
  return { ...real, buildManifest: vi.fn(real.buildManifest), lookAtModelsDir: vi.fn(real.lookAtModelsDir) }
})
const fs = await vi.importActual<typeof import('node:fs')>('node:fs')
const active = await vi.importActual<typeof import('@taskclf/active-pointer')>('@taskclf/active-pointer')
const registry = await vi.importActual<typeof import('@taskclf/registry-core')>('@taskclf/registry-core')
const listings = vi.mocked(readdirSync) as unknown as ReturnType<typeof vi.fn>
const pointers = vi.mocked(readActive)
const manifests = vi.mocked(buildManifest)
const openings = vi.mocked(lookAtModelsDir)

afterEach(() => {
  listings.mockImplementation(fs.readdirSync)
  pointers.mockReset().mockImplementation(active.readActive)
  manifests.mockImplementation(registry.buildManifest)
  openings.mockImplementation(registry.lookAtModelsDir)
})

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
async function expectUnknown(models: string, expected: object): Promise<void> {
  expect(await lookAtActive(models)).toMatchObject({ state: 'unknown', error: expected })
  await expect(resolveModelDir({ modelsDir: models })).rejects.toMatchObject(expected)
}

describe('nobody can say whether a model is missing', () => {
  it('when the models dir cannot be opened', async () => {
    const models = await missing()
    openings.mockImplementation((path) => {
      throw new RegistryError('models_dir_unreadable', String(path), 'EACCES')
    })
    await expectUnknown(models, { name: 'RegistryError', code: 'models_dir_unreadable' })
  })

  it('when the models dir cannot be listed', async () => {
    const models = await missing()
    listings.mockImplementation((path: string, ...rest: unknown[]) => {
      if (path === models && rest.length === 0) throw Object.assign(new Error('EIO'), { code: 'EIO' })
      return Reflect.apply(fs.readdirSync, undefined, [path, ...rest])
    })
    const expected = {
      name: 'ResolveError',
      code: 'io',
      details: { model_id: 'gone' },
      cause: { code: 'EIO' },
    }
    await expectUnknown(models, expected)
  })

  it('when the pointer cannot be read a second time', async () => {
    const models = await missing()
    let reads = 0
    pointers.mockImplementation(async (root) => {
      if (++reads % 2 === 0) throw io()
      return active.readActive(root)
    })
    await expectUnknown(models, { name: 'ActivePointerError', code: 'io' })
    expect(reads).toBe(4)
  })

  it('when another pointer is there at every look', async () => {
    const models = await missing()
    let reads = 0
    pointers.mockImplementation(async (root) => {
      const state = await active.readActive(root)
      return { ...state, version: `sha256:${reads++}` } as typeof state
    })
    await expectUnknown(models, { name: 'ResolveError', code: 'io' })
  })
})

it('throws when the models dir goes away between being opened and the pointer being read', async () => {
  const models = await missing()
  pointers.mockImplementation((root) => {
    rmSync(models, { recursive: true, force: true })
    return active.readActive(root)
  })
  await expect(lookAtActive(models)).rejects.toMatchObject({ code: 'models_dir_missing' })
})

describe('a repair that loses to another switch', () => {
  it('does not answer when that switch cannot be read', async () => {
    const models = await missing()
    writeBundle(models, 'theirs')
    const check = async () => {
      await activate(models, 'theirs')
      pointers.mockRejectedValue(io())
      return { status: 'passed' } as const
    }
    await expect(
      resolveModelDir({ modelsDir: models, repair: true, checks: { check } }),
    ).rejects.toMatchObject({
      code: 'io',
    })
    expect(await active.readActive(models)).toMatchObject({ modelId: 'theirs' })
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
  pointers.mockImplementationOnce(async (root) => {
    const state = await active.readActive(root)
    await activate(models, 'run-b')
    return state
  })
  const loads: string[] = []
  const reloader = await createModelReloader({
    modelsDir: models,
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
