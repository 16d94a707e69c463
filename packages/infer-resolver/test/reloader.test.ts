import { copyFileSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { buildManifest, type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  backoffMs,
  createModelReloader,
  type ReloaderOptions,
  type ReloadFailure,
  type SwapEvent,
} from '../src/index.js'

/** A model that is its text; knows whether it was let go. */
interface Toy {
  text: string
  disposed: number
}

function modelsWith(...ids: string[]): string {
  const models = join(scratchDir(), 'models')
  for (const id of ids) writeBundle(models, id, { model: `model ${id}` })
  return models
}

/** Points the pointer somewhere, as the Python project does: no digest, and no bundle needed. */
function pointTo(models: string, id: string): void {
  const pointer = { model_dir: `models/${id}`, model_id: id, policy_version: 1, selected_at: 'now' }
  writeFileSync(join(models, 'active.json'), JSON.stringify(pointer))
}

async function activate(models: string, id: string) {
  return writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, {
    source: 'manual',
  })
}

async function served(models: string, over: Partial<ReloaderOptions<Toy>> = {}) {
  const loaded: Toy[] = []
  const errors: ReloadFailure[] = []
  const swaps: SwapEvent[] = []
  const reloader = await createModelReloader<Toy>({
    modelsDir: models,
    pollMs: 20,
    load: ({ path }) => {
      const toy = { text: readFileSync(join(path, 'model.txt'), 'utf8'), disposed: 0 }
      if (toy.text === 'broken') throw new Error('cannot be parsed')
      loaded.push(toy)
      return toy
    },
    dispose: (toy) => {
      toy.disposed++
    },
    onError: (failure) => errors.push(failure),
    onSwap: (event) => swaps.push(event),
    backoff: { initialMs: 5, maxMs: 10, maxAttempts: 3 },
    ...over,
  })
  onTestFinished(() => reloader.close())
  return { reloader, loaded, errors, swaps, text: () => reloader.use((toy) => toy.text) }
}

describe('createModelReloader', () => {
  it('serves the active model and follows a switch', async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const { reloader, swaps, loaded, text } = await served(models)
    expect([await text(), reloader.current]).toMatchObject([
      'model run-a',
      { modelId: 'run-a', revision: 1, source: 'active' },
    ])
    await activate(models, 'run-b')
    await vi.waitFor(() => expect(reloader.current).toMatchObject({ modelId: 'run-b', revision: 2 }))
    expect(await text()).toBe('model run-b')
    expect(swaps).toMatchObject([{ loaded: true, from: { modelId: 'run-a' }, to: { modelId: 'run-b' } }])
    await vi.waitFor(() => expect(loaded.map(({ disposed }) => disposed)).toEqual([1, 0]))
  })

  it('lets requests end on the model they began with, and disposes of it after the last', async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const { reloader, loaded } = await served(models)
    let finish = (_: string) => {}
    const running = reloader.use(
      async (toy, { modelId }) =>
        `${await new Promise<string>((resolve) => {
          finish = resolve
        })} ${toy.text} ${modelId}`,
    )
    await activate(models, 'run-b')
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('run-b'))
    expect([loaded[0]?.disposed, reloader.status().draining]).toEqual([0, 1])
    finish('done')
    expect(await running).toBe('done model run-a run-a')
    await vi.waitFor(() => expect([loaded[0]?.disposed, reloader.status().draining]).toEqual([1, 0]))
  })

  it('never loses a switch made between resolving and watching', async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const { reloader } = await served(models, {
      pollMs: 1_000_000,
      load: async ({ modelId, path }) => {
        if (modelId === 'run-a') await activate(models, 'run-b')
        return { text: readFileSync(join(path, 'model.txt'), 'utf8'), disposed: 0 }
      },
    })
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('run-b'))
  })

  it('sees a pointer of equal size and time, and a bundle edited in place with equal size and time', async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const { reloader, text } = await served(models)
    const active = join(models, 'active.json')
    const { atime, mtime } = statSync(active)
    writeFileSync(
      `${active}.new`,
      readFileSync(active, 'utf8')
        .replaceAll('run-a', 'run-b')
        .replace(/,\s*"bundle_digest": "[^"]*"/, ''),
    )
    utimesSync(`${active}.new`, atime, mtime)
    renameSync(`${active}.new`, active)
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('run-b'))
    const artifact = join(models, 'run-b', 'model.txt')
    const times = statSync(artifact)
    writeFileSync(artifact, 'model run-B')
    utimesSync(artifact, times.atime, times.mtime)
    await vi.waitFor(async () => expect(await text()).toBe('model run-B'))
  })

  it('keeps the loaded model when only the revision changes or a file is touched', async () => {
    const models = modelsWith('run-a')
    await activate(models, 'run-a')
    const { reloader, loaded, swaps } = await served(models)
    await activate(models, 'run-a')
    await vi.waitFor(() => expect(reloader.current.revision).toBe(2))
    utimesSync(join(models, 'run-a', 'model.txt'), new Date(), new Date())
    await vi.waitFor(() => expect(swaps.length).toBe(2))
    expect(swaps.every((swap) => !swap.loaded)).toBe(true)
    expect([loaded.length, reloader.status().swaps]).toEqual([1, 0])
  })

  it.each<[string, (models: string) => unknown, string]>([
    ['is gone', (models) => rmSync(join(models, 'active.json')), 'pointer_absent'],
    ['is torn', (models) => writeFileSync(join(models, 'active.json'), '{'), 'pointer_corrupt'],
    [
      'names a bundle that is gone',
      (models) => {
        // Removed first: a look between the two would find half a bundle, or a whole one.
        rmSync(join(models, 'run-b'), { recursive: true })
        pointTo(models, 'run-b')
      },
      'active_bundle_missing',
    ],
    [
      'names a bundle without a model',
      (models) => {
        rmSync(join(models, 'run-b', 'model.txt'))
        pointTo(models, 'run-b')
      },
      'bundle_invalid',
    ],
    [
      'names a bundle of another schema',
      async (models) => {
        writeBundle(models, 'run-x', { metadata: { schema_hash: 'ffff' } })
        await activate(models, 'run-x')
      },
      'bundle_incompatible',
    ],
    [
      'names a model that cannot be loaded',
      async (models) => {
        writeBundle(models, 'run-x', { model: 'broken' })
        await activate(models, 'run-x')
      },
      'load_failed',
    ],
    [
      'names a model that is not what was published',
      async (models) => {
        const dir = writeBundle(models, 'run-x', { model: 'as published' })
        writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
        writeFileSync(join(dir, 'model.txt'), 'AS published')
        pointTo(models, 'run-x')
      },
      'integrity_mismatch',
    ],
    [
      'lies in a directory that went away',
      (models) => renameSync(models, `${models}-away`),
      'models_dir_unusable',
    ],
  ])('goes on with the last good model when the pointer %s, and says so', async (_, damage, code) => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const { reloader, errors, text } = await served(models, {
      requirement: { schemas: [{ hash: '8776f20dbb8f' }] },
    })
    await damage(models)
    await vi.waitFor(() =>
      expect(reloader.status().failing).toMatchObject({ resting: true, error: { code } }),
    )
    expect(await text()).toBe('model run-a')
    expect(errors.at(-1)).toMatchObject({ attempts: 3, error: { code } })
    expect(errors.at(-1)?.retryInMs).toBeUndefined()
  })

  it('recovers when the damage is mended in place, and when the pointer comes back', async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const { reloader, text } = await served(models)
    const artifact = join(models, 'run-b', 'model.txt')
    copyFileSync(artifact, `${models}/.kept`)
    await activate(models, 'run-b')
    writeFileSync(artifact, 'broken')
    await vi.waitFor(() => expect(reloader.status().failing?.resting).toBe(true))
    copyFileSync(`${models}/.kept`, artifact)
    await vi.waitFor(async () => expect(await text()).toBe('model run-b'))
    const active = join(models, 'active.json')
    renameSync(active, `${active}.away`)
    await vi.waitFor(() => expect(reloader.status().failing?.error.code).toBe('pointer_absent'))
    renameSync(`${active}.away`, active)
    await vi.waitFor(() => expect(reloader.status().failing).toBeUndefined())
    expect(reloader.status().swaps).toBe(1)
  })

  it('runs the self-test before the swap and lets the model that failed it go', async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const { reloader, loaded, errors, text } = await served(models, {
      selfTest: ({ text }) => {
        if (text.endsWith('b')) throw new Error('wrong output')
      },
      dispose: (toy) => {
        toy.disposed++
        if (toy.text.endsWith('b')) throw new Error('nor can it be let go')
      },
    })
    await activate(models, 'run-b')
    await vi.waitFor(() => expect(errors[0]?.error.code).toBe('self_test_failed'))
    expect(await text()).toBe('model run-a')
    expect(loaded.at(-1)?.disposed).toBe(1)
    expect(reloader.current.modelId).toBe('run-a')
  })

  it('does not serve a bundle that changed while it was loaded', async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    let edits = 0
    const { errors, text } = await served(models, {
      load: ({ path, modelId }) => {
        const toy = { text: readFileSync(join(path, 'model.txt'), 'utf8'), disposed: 0 }
        if (modelId === 'run-b' && edits++ === 0) writeFileSync(join(path, 'model.txt'), 'model run-b, later')
        return toy
      },
    })
    await activate(models, 'run-b')
    const active = join(models, 'active.json')
    writeFileSync(active, readFileSync(active, 'utf8').replace(/,\s*"bundle_digest": "[^"]*"/, ''))
    await vi.waitFor(async () => expect(await text()).toBe('model run-b, later'))
    expect(errors[0]?.error.code).toBe('changed_while_loading')
  })

  it('reports a model that cannot be let go, once', async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const { reloader, errors } = await served(models, {
      dispose: () => {
        throw new Error('stuck')
      },
    })
    await activate(models, 'run-b')
    await vi.waitFor(() =>
      expect(errors).toMatchObject([{ error: { code: 'dispose_failed', modelId: 'run-a' } }]),
    )
    expect(reloader.status()).toMatchObject({ draining: 0 })
  })

  it('tries a target that always fails with growing pauses, then rests until the pointer changes', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await activate(models, 'run-a')
    // A clock of the test's own: pauses are recorded and end when the test says so.
    const pauses: number[] = []
    let wake: (() => void) | undefined
    const { reloader, errors } = await served(models, {
      pollMs: 5,
      load: ({ modelId }) => {
        if (modelId === 'run-b') throw new Error('always')
        return { text: modelId, disposed: 0 }
      },
      backoff: { initialMs: 100, maxMs: 1_000, maxAttempts: 6, random: () => 0.5 },
      schedule: (fn, ms) => {
        pauses.push(ms)
        wake = fn
        return () => {
          wake = undefined
        }
      },
    })
    await activate(models, 'run-b')
    for (let attempt = 1; attempt < 6; attempt++) {
      await vi.waitFor(() => expect(errors.length).toBe(attempt))
      // Polling goes on meanwhile and must not try before the pause is over.
      await new Promise((resolve) => setTimeout(resolve, 20))
      expect([errors.length, reloader.status().failing]).toMatchObject([
        attempt,
        { attempts: attempt, resting: false },
      ])
      wake?.()
    }
    await vi.waitFor(() =>
      expect(reloader.status().failing).toMatchObject({ modelId: 'run-b', attempts: 6, resting: true }),
    )
    expect(pauses).toEqual([75, 150, 300, 600, 750])
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(errors.length).toBe(6)
    await activate(models, 'run-c')
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('run-c'))
    expect(reloader.status().failing).toBeUndefined()
  })

  it('starts from a selection, and follows the first pointer that appears', async () => {
    const models = modelsWith('run-a', 'run-b')
    const { reloader, errors } = await served(models)
    expect(reloader.current.source).toBe('selection')
    await activate(models, 'run-a')
    await vi.waitFor(() => expect(reloader.current).toMatchObject({ source: 'active', modelId: 'run-a' }))
    expect(errors).toEqual([])
  })

  it('keeps to an override, and to its closing', async () => {
    const models = modelsWith('run-a', 'run-b')
    const { reloader, loaded, text } = await served(models, { modelDir: join(models, 'run-b') })
    await activate(models, 'run-a')
    await reloader.refresh()
    expect([await text(), reloader.current.source]).toEqual(['model run-b', 'override'])
    await reloader.close()
    await reloader[Symbol.asyncDispose]()
    await expect(reloader.use(() => 1)).rejects.toMatchObject({ code: 'closed' })
    expect([loaded[0]?.disposed, reloader.status().state]).toEqual([1, 'closed'])
  })

  it('takes a published candidate as override under whatever name its directory has', async () => {
    const dir = writeBundle(scratchDir(), 'some-name', {
      metadata: { model_id: 'run-7' },
      model: 'model run-7',
    })
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
    const { text } = await served(modelsWith('run-a'), { modelDir: dir })
    expect(await text()).toBe('model run-7')
  })

  it('waits at closing for requests that run', async () => {
    const models = modelsWith('run-a')
    await activate(models, 'run-a')
    const { reloader, loaded } = await served(models)
    const running = reloader.use(
      () => new Promise((resolve) => setTimeout(() => resolve(loaded[0]?.disposed), 30)),
    )
    await reloader.close()
    expect([await running, loaded[0]?.disposed]).toEqual([0, 1])
    await activate(models, 'run-a')
    await reloader.refresh()
    expect(reloader.current.revision).toBe(1)
  })

  it('counts a request that throws as its own failure, and counts it out', async () => {
    const models = modelsWith('run-a')
    await activate(models, 'run-a')
    const { reloader } = await served(models)
    await expect(
      reloader.use(() => {
        throw new Error('mine')
      }),
    ).rejects.toThrow('mine')
    expect(reloader.status().inFlight).toBe(0)
  })

  it('has nothing to begin with: the error is that of resolving or of the first load', async () => {
    const models = modelsWith('run-a')
    await expect(
      served(models, {
        load: () => {
          throw new Error('no')
        },
      }),
    ).rejects.toMatchObject({ code: 'load_failed' })
    await expect(served(join(models, 'no'))).rejects.toMatchObject({ code: 'models_dir_missing' })
    expect(await readActive(models)).toMatchObject({ status: 'absent' })
  })

  it("throws a listener's own error, and goes on serving", async () => {
    const models = modelsWith('run-a', 'run-b')
    await activate(models, 'run-a')
    const surfaced: unknown[] = []
    const before = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', (error) => surfaced.push(error))
    onTestFinished(() => {
      process.removeAllListeners('uncaughtException')
      for (const listener of before) process.on('uncaughtException', listener)
    })
    const { reloader } = await served(models, {
      onSwap: () => {
        throw new Error("the listener's")
      },
    })
    await activate(models, 'run-b')
    await vi.waitFor(() => expect(surfaced).toMatchObject([{ message: "the listener's" }]))
    expect(reloader.current.modelId).toBe('run-b')
  })
})

describe('backoffMs', () => {
  it('grows to its limit, with jitter between half and all, and then rests', () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), random, (attempt, jitter) => {
        const pause = backoffMs(attempt, { maxAttempts: 30, random: () => jitter })
        const full = Math.min(250 * 2 ** (attempt - 1), 60_000)
        if (attempt >= 30) expect(pause).toBeUndefined()
        else expect(pause).toSatisfy((ms: number) => ms >= full / 2 && ms <= full)
      }),
    )
  })
})
