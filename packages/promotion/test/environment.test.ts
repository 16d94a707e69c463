import { join } from 'node:path'
import { localStore, writeActiveAtomic } from '@taskclf/active-pointer'
import { findBestModel } from '@taskclf/infer-resolver'
import { type Bundle, RegistryError, readBundle } from '@taskclf/registry-core'
import { writeBundle } from '@taskclf/test-kit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { wrapStore } from '../../../internal/conformance/src/index.js'
import { checkRetrainDue, promote, refreshIndex, resolveChampion, retrain } from '../src/index.js'
import { activeId, errorOf, place, scored, seen } from './support.js'

/** What reading one bundle answers from now on. */
const failing = { id: '', errno: '' }

function unreadable<B extends Bundle>(bundle: B): Bundle {
  if (bundle.modelId !== failing.id) return bundle
  const { modelId, location } = bundle
  const problem = { code: 'unreadable', file: '', message: failing.errno, errno: failing.errno } as const
  return { status: 'invalid', modelId, location, problems: [problem], partial: {} }
}

/** A registry of which one bundle cannot be read. */
const failingStore = (models: string) =>
  wrapStore(localStore(models), {
    bundles: (real) => ({
      read: async (id) => unreadable(await real.read(id)),
      scan: async function* (options) {
        for await (const bundle of real.scan(options)) yield unreadable(bundle)
      },
    }),
  })

vi.mock('@taskclf/registry-core', async (original) => {
  const real = await original<typeof import('@taskclf/registry-core')>()
  return {
    ...real,
    snapshotBundles: async (...args: Parameters<typeof real.snapshotBundles>) =>
      (await real.snapshotBundles(...args)).map((one) => ({ ...one, bundle: unreadable(one.bundle) })),
  }
})

function fail(id: string, errno: string): void {
  Object.assign(failing, { id, errno })
}

afterEach(() => fail('', ''))

async function scene(activate = true) {
  const { base, models, rejected } = place()
  for (const [id, macro_f1] of [
    ['run-a', 0.9],
    ['run-b', 0.8],
  ] as const)
    writeBundle(models, id, { metrics: { macro_f1 } })
  const champion = await readBundle(join(models, 'run-a'))
  if (activate && champion.status === 'valid') await writeActiveAtomic(models, champion, { source: 'manual' })
  return { base, models, rejected, candidateDir: scored(base, 'run-c', 0.95) }
}

describe('a failure of the environment decides nothing', () => {
  it.each(['EIO', 'EMFILE', 'ESTALE', 'EACCES'])(
    'stops at %s on the active model, ignored or not',
    async (errno) => {
      const { models, rejected, candidateDir } = await scene()
      const before = seen(models)
      fail('run-a', errno)
      for (const ignoreChampion of [false, true]) {
        const error = await errorOf(
          promote({ candidateDir, modelsDir: failingStore(models), ignoreChampion }),
        )
        expect(error).toMatchObject({ code: 'io', result: undefined })
      }
      expect((await errorOf(resolveChampion(failingStore(models)))).code).toBe('io')
      const startTrainer = () => Promise.reject(new Error('trained for nothing'))
      expect((await errorOf(retrain({ modelsDir: failingStore(models), startTrainer }))).code).toBe('io')
      expect([seen(models), seen(rejected), activeId(models)]).toEqual([before, [], 'run-a'])
    },
  )

  it('stops at EIO on any other: it might have been the best, or the newest', async () => {
    const { models, candidateDir } = await scene(false)
    fail('run-b', 'EIO')
    const before = seen(models)
    expect((await errorOf(promote({ candidateDir, modelsDir: failingStore(models) }))).code).toBe('io')
    expect((await errorOf(resolveChampion(failingStore(models)))).code).toBe('io')
    expect(
      (await errorOf(checkRetrainDue({ modelsDir: failingStore(models), calendar: 'daily' }))).code,
    ).toBe('io')
    await expect(findBestModel(failingStore(models))).rejects.toThrow(RegistryError)
    const now = () => new Date()
    await expect(refreshIndex(models, {} as never, {}, { now })).rejects.toMatchObject({ code: 'io' })
    expect(seen(models)).toEqual(before)
  })

  it('excludes and lists any other with EACCES, which is a problem of that one', async () => {
    const { models, candidateDir } = await scene(false)
    fail('run-b', 'EACCES')
    const result = await promote({ candidateDir, modelsDir: failingStore(models) })
    expect(result).toMatchObject({ outcome: 'promoted' })
    expect(result.selection?.report.excluded).toMatchObject([{ modelId: 'run-b', code: 'unreadable' }])
  })

  it('says that the bundle is published after a failure that comes after publishing', async () => {
    const { models, candidateDir } = await scene()
    // It is read once it is there.
    fail('run-c', 'EIO')
    const error = await errorOf(promote({ candidateDir, modelsDir: failingStore(models) }))
    expect(error).toMatchObject({ code: 'io', result: { outcome: 'published' } })
    expect([seen(models).includes('run-c'), activeId(models)]).toEqual([true, 'run-a'])
    fail('', '')
    expect(await promote({ candidateDir, modelsDir: failingStore(models) })).toMatchObject({
      outcome: 'promoted',
      warnings: [{ code: 'already_published' }],
    })
  })
})
