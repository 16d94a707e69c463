import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { computeBundleDigest, type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createModelReloader, type ModelReloader, type ReloaderOptions } from '../src/index.js'

interface Toy {
  id: string
  disposed: number
}

interface Gate {
  promise: Promise<void>
  open: () => void
}

function gate(): Gate {
  let open = () => {}
  const promise = new Promise<void>((resolve) => {
    open = resolve
  })
  return { promise, open }
}

async function activate(models: string, id: string, recorded = false) {
  const bundle = (await readBundle(join(models, id))) as LocalValidBundle
  const bundleDigest = recorded ? { bundleDigest: await computeBundleDigest(bundle.path) } : {}
  return writeActiveAtomic(models, bundle, { source: 'manual', ...bundleDigest })
}

/** A service on `first`; loading `slow` waits for its gate. */
async function serving(over: Partial<ReloaderOptions<Toy>> = {}) {
  const models = join(scratchDir(), 'models')
  for (const id of ['first', 'slow', 'good']) writeBundle(models, id)
  await activate(models, 'first')
  const slow = gate()
  const loaded: Toy[] = []
  const codes: string[] = []
  const signals: AbortSignal[] = []
  const load = async ({ modelId: id }: LocalValidBundle, { signal }: { signal: AbortSignal }) => {
    signals.push(signal)
    if (id === 'slow') await slow.promise
    const toy = { id, disposed: 0 }
    loaded.push(toy)
    return toy
  }
  const reloader: ModelReloader<Toy> = await createModelReloader<Toy>({
    modelsDir: models,
    pollMs: 20,
    load,
    dispose: (toy) => {
      toy.disposed++
    },
    onError: ({ error }) => codes.push(error.code),
    backoff: { initialMs: 5, maxMs: 10, maxAttempts: 2 },
    ...over,
  })
  onTestFinished(async () => {
    slow.open()
    await reloader.close({ timeoutMs: 1_000 })
  })
  // Told by the status as soon as its files are read; until `load` has been called there is nothing to let go.
  const loading = (id: string) =>
    vi.waitFor(() => expect([reloader.status().loading?.modelId, signals.length]).toEqual([id, 2]), 20_000)
  return { models, reloader, slow, loaded, codes, signals, loading }
}

describe('a load that does not end', () => {
  it('is in the status, is given up for a newer pointer, and its late model is released', async () => {
    const { models, reloader, slow, loaded, codes, signals, loading } = await serving()
    await activate(models, 'slow')
    await loading('slow')
    await activate(models, 'good')
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('good'))
    expect([signals[1]?.aborted, reloader.status().loading, codes]).toEqual([true, undefined, []])
    slow.open()
    await vi.waitFor(() => expect(loaded.find(({ id }) => id === 'slow')?.disposed).toBe(1))
    expect(reloader.status()).toMatchObject({ served: { modelId: 'good' }, swaps: 1 })
  })

  it('is given up after its time, and the model that comes too late never serves', async () => {
    const { models, reloader, slow, loaded, codes } = await serving({ loadTimeoutMs: 1_000 })
    await activate(models, 'slow')
    await vi.waitFor(
      () =>
        expect(reloader.status()).toMatchObject({
          served: { modelId: 'first' },
          failing: { resting: true, error: { code: 'load_timed_out' } },
          degraded: { code: 'load_timed_out', wanted: 'slow' },
        }),
      20_000,
    )
    slow.open()
    await vi.waitFor(() =>
      expect(loaded.filter(({ id, disposed }) => id === 'slow' && disposed === 1).length).toBe(2),
    )
    expect([reloader.current.modelId, [...new Set(codes)]]).toEqual(['first', ['load_timed_out']])
  })

  it('ends as an error at a start after its time', async () => {
    const never = { load: () => new Promise<never>(() => {}), loadTimeoutMs: 50 }
    await expect(serving(never)).rejects.toMatchObject({ code: 'load_timed_out' })
  })

  it('goes on while the pointer cannot be read', async () => {
    const { models, reloader, slow, loading } = await serving()
    await activate(models, 'slow')
    await loading('slow')
    writeFileSync(join(models, 'active.json'), '{')
    await reloader.use(() => new Promise((resolve) => setTimeout(resolve, 60)))
    slow.open()
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('slow'))
    await vi.waitFor(() => expect(reloader.status().degraded?.code).toBe('pointer_corrupt'))
  })

  it('does not wait for itself when it looks for itself', async () => {
    let reloader: ModelReloader<Toy> | undefined
    const { models, ...rest } = await serving({
      load: async ({ modelId: id }) => {
        await reloader?.refresh()
        return { id, disposed: 0 }
      },
    })
    reloader = rest.reloader
    await activate(models, 'good')
    await reloader.refresh()
    expect(reloader.current.modelId).toBe('good')
  })
})

describe('hold', () => {
  it('keeps a model over switches until it is released, once', async () => {
    const { models, reloader, loaded } = await serving()
    const hold = reloader.hold()
    await activate(models, 'good')
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('good'))
    expect([hold.model.id, hold.served.modelId, hold.model.disposed]).toEqual(['first', 'first', 0])
    expect(reloader.status()).toMatchObject({ draining: 1, inFlight: 0 })
    {
      using second = reloader.hold()
      expect([second.model.id, reloader.status().inFlight]).toEqual(['good', 1])
    }
    expect(reloader.status().inFlight).toBe(0)
    hold.release()
    hold.release()
    await vi.waitFor(() => expect([loaded[0]?.disposed, reloader.status().draining]).toEqual([1, 0]))
    await reloader.close()
    expect(() => reloader.hold()).toThrow(expect.objectContaining({ code: 'closed' }))
  })

  it('does not keep closing from ending when it is not released, and its model is released at last', async () => {
    const { reloader, codes } = await serving()
    const hold = reloader.hold()
    // Far longer than it was given, so that only what never ends is called so.
    const tooLong = new Promise((resolve) => setTimeout(() => resolve('still closing'), 10_000).unref())
    const closed = reloader.close({ timeoutMs: 20 }).then(() => 'closed')
    const ended = await Promise.race([closed, tooLong])
    const seen = [ended, codes, hold.model.disposed, reloader.status().state]
    hold.release()
    expect(seen).toEqual(['closed', ['close_timed_out'], 0, 'closed'])
    await vi.waitFor(() => expect(hold.model.disposed).toBe(1))
  })
})

describe('closing', () => {
  it('gives a load up, and lets its late model go', async () => {
    const { models, reloader, slow, loaded, signals, loading } = await serving()
    await activate(models, 'slow')
    await loading('slow')
    await reloader.close()
    expect([signals[1]?.aborted, loaded[0]?.disposed]).toEqual([true, 1])
    slow.open()
    await vi.waitFor(() => expect(loaded[1]?.disposed).toBe(1))
  })

  it('does not wait for the request from which it closes', async () => {
    const { reloader, loaded } = await serving()
    expect(await reloader.use(() => reloader.close().then(() => 'closed'))).toBe('closed')
    await reloader.close()
    expect(loaded[0]?.disposed).toBe(1)
  })
})

describe('what is loaded', () => {
  it('loads the bytes that were hashed', async () => {
    const seen: string[] = []
    const { models, reloader } = await serving({
      load: ({ modelId: id, path }, { bytes }) => {
        if (id === 'good') writeFileSync(join(path, 'model.txt'), 'changed after it was hashed')
        seen.push(Buffer.from(bytes.get('model.txt') ?? '').toString())
        return { id, disposed: 0 }
      },
    })
    const published = readFileSync(join(models, 'good', 'model.txt'), 'utf8')
    await activate(models, 'good', true)
    await vi.waitFor(() => expect(reloader.status().failing?.error.code).toBe('integrity_mismatch'))
    expect([seen[1], reloader.current.modelId]).toEqual([published, 'first'])
  })

  it('is compared with the digest that the pointer recorded; both are named', async () => {
    const { models, reloader, codes } = await serving()
    const { pointer } = await activate(models, 'good', true)
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('good'))
    writeFileSync(join(models, 'good', 'model.txt'), 'another model')
    await vi.waitFor(() => expect(reloader.status().failing?.error.code).toBe('integrity_mismatch'))
    expect(reloader.status().failing?.error.message).toContain(pointer.bundle_digest)
    expect(reloader.status().failing?.error.message).toContain(
      await computeBundleDigest(join(models, 'good')),
    )
    expect([reloader.current.modelId, codes.includes('integrity_mismatch')]).toEqual(['good', true])
    // Activated again, what is there is what was chosen.
    await activate(models, 'good', true)
    await vi.waitFor(() => expect(reloader.status()).toMatchObject({ served: { revision: 3 } }))
    expect(reloader.status().degraded).toBeUndefined()
  })

  it('is the same as was activated when a file was added that nothing reads; another model beside it is not', async () => {
    const { models, reloader } = await serving()
    const bundle = (await readBundle(join(models, 'good'))) as LocalValidBundle
    await writeActiveAtomic(models, bundle, { source: 'manual' })
    writeFileSync(join(models, 'good', 'notes.md'), 'trained on a Friday')
    await vi.waitFor(() => expect(reloader.current.modelId).toBe('good'), 20_000)
    await reloader.refresh()
    expect(reloader.status().degraded).toBeUndefined()
    writeFileSync(join(models, 'good', 'model.onnx'), 'another model')
    await vi.waitFor(() => expect(reloader.status().failing?.error.code).toBe('integrity_mismatch'), 20_000)
  })

  it('is not taken for damaged because of what the system failed to do', async () => {
    const { models, reloader } = await serving({
      load: ({ modelId: id }) => {
        if (id === 'good') throw Object.assign(new Error('too many open files'), { code: 'EMFILE' })
        return { id, disposed: 0 }
      },
    })
    await activate(models, 'good')
    await vi.waitFor(() => expect(reloader.status().failing?.error.code).toBe('io'))
  })
})

describe('a start', () => {
  /** `last` is active and cannot be loaded; `first` served before. */
  async function unloadable() {
    const models = join(scratchDir(), 'models')
    for (const id of ['best', 'first', 'last'])
      writeBundle(models, id, { metrics: { macro_f1: id === 'best' ? 0.99 : 0.8 } })
    await activate(models, 'first')
    await activate(models, 'last')
    const codes: string[] = []
    const start = async (options: Partial<ReloaderOptions<string>>) => {
      const reloader = await createModelReloader<string>({
        modelsDir: models,
        pollMs: 3_600_000,
        load: ({ modelId }) => {
          if (modelId === 'last') throw new Error('cannot be parsed')
          return modelId
        },
        onError: ({ error }) => codes.push(error.code),
        ...options,
      })
      onTestFinished(() => reloader.close())
      return reloader
    }
    return { models, start, codes }
  }

  it('fails when the pointer’s model does not load, unless told otherwise', async () => {
    const { start, codes } = await unloadable()
    await expect(start({})).rejects.toMatchObject({ code: 'load_failed' })
    await expect(start({ onBrokenPointer: 'fail' })).rejects.toMatchObject({ code: 'load_failed' })
    const degraded = { code: 'load_failed', wanted: 'last' }
    expect((await start({ onBrokenPointer: 'last_good' })).status()).toMatchObject({
      served: { modelId: 'first' },
      degraded: { ...degraded, confirmed: true },
    })
    expect((await start({ onBrokenPointer: 'policy' })).status()).toMatchObject({
      served: { modelId: 'best' },
      degraded,
    })
    expect(codes).toEqual(['load_failed', 'load_failed'])
  })

  it('says once that it starts without the pointer’s model, until a good pointer comes', async () => {
    const { models, start, codes } = await unloadable()
    rmSync(join(models, 'last'), { recursive: true })
    const reloader = await start({})
    for (let i = 0; i < 3; i++) await reloader.refresh()
    expect([codes, reloader.status().degraded]).toMatchObject([
      ['active_bundle_missing'],
      { code: 'active_bundle_missing', wanted: 'last' },
    ])
    await activate(models, 'first')
    await reloader.refresh()
    expect(reloader.status()).toMatchObject({ served: { modelId: 'first', source: 'active' } })
    expect(reloader.status().degraded).toBeUndefined()
  })

  it('follows the model that was missing when it comes back', async () => {
    const { models, start } = await unloadable()
    rmSync(join(models, 'last'), { recursive: true })
    const reloader = await start({ load: ({ modelId }) => modelId })
    mkdirSync(join(models, 'last'))
    writeBundle(models, 'last', { metrics: { macro_f1: 0.8 } })
    await reloader.refresh()
    expect(reloader.current).toMatchObject({ modelId: 'last', source: 'active' })
  })
})
