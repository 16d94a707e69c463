import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, readHistory } from '@taskclf/active-pointer'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createModelReloader, type ReloaderOptions } from '../src/index.js'

interface Toy {
  disposed: number
}

/** A start that repairs an absent pointer, with all models that were made and all errors that were told. */
function start(over: Partial<ReloaderOptions<Toy>> = {}) {
  const models = join(scratchDir(), 'models')
  writeBundle(models, 'run-a')
  const made: Toy[] = []
  const told: string[] = []
  const make = () => {
    const toy = { disposed: 0 }
    made.push(toy)
    return toy
  }
  const options: ReloaderOptions<Toy> = {
    modelsDir: models,
    pollMs: 3_600_000,
    repair: true,
    load: make,
    dispose: (toy) => {
      toy.disposed++
    },
    onError: ({ error }) => told.push(error.code),
    ...over,
  }
  const starting = createModelReloader<Toy>(options).then((reloader) => {
    onTestFinished(() => reloader.close())
    return reloader
  })
  return { models, made, make, told, starting }
}

const fails = (code?: string) => () => {
  throw Object.assign(new Error('no'), code === undefined ? {} : { code })
}

describe('a model that a repair is to write is tried first', () => {
  it('loads it as it will be loaded, and releases it before it is loaded to serve', async () => {
    const { models, made, starting } = start()
    const reloader = await starting
    expect(made.map(({ disposed }) => disposed)).toEqual([1, 0])
    expect(reloader.current).toMatchObject({ modelId: 'run-a', revision: 1 })
    const { entries } = await readHistory(models)
    expect(entries).toMatchObject([{ source: 'repair', decision: { checks: { status: 'passed' } } }])
  })

  it.each<[string, Partial<ReloaderOptions<Toy>>, string]>([
    ['it does not load', { load: fails() }, 'load_failed'],
    [
      'it does not load, and what was thrown is no error',
      {
        load: () => {
          throw 'a word'
        },
      },
      'load_failed',
    ],
    ['it fails its self-test', { selfTest: fails() }, 'self_test_failed'],
    [
      'it is not loaded in time',
      { load: () => new Promise<never>(() => {}), loadTimeoutMs: 50 },
      'load_timed_out',
    ],
    ['the system fails meanwhile', { load: fails('EMFILE') }, 'io'],
  ])('does not write it when %s', async (_, over, code) => {
    const { models, starting } = start(over)
    await expect(starting).rejects.toMatchObject({ code })
    expect(await readActive(models)).toMatchObject({ status: 'absent' })
  })

  it('does not write it when its files change meanwhile', async () => {
    const { models, made, starting } = start({
      load: ({ path }: LocalValidBundle) => {
        writeFileSync(join(path, 'model.txt'), 'changed')
        const toy = { disposed: 0 }
        made.push(toy)
        return toy
      },
    })
    await expect(starting).rejects.toMatchObject({ code: 'load_failed' })
    expect(made.map(({ disposed }) => disposed)).toEqual([1])
    expect(await readActive(models)).toMatchObject({ status: 'absent' })
  })

  it.each([2 ** 31, Number.POSITIVE_INFINITY])(
    'gives it all the time that is given: %d ms',
    async (loadTimeoutMs) => {
      const load = () => new Promise<Toy>((resolve) => setTimeout(() => resolve({ disposed: 0 }), 20))
      const { starting } = start({ load, loadTimeoutMs })
      expect((await starting).current).toMatchObject({ modelId: 'run-a', revision: 1 })
    },
  )

  it('writes it all the same when it cannot be released, which is reported', async () => {
    const { told, starting } = start({ dispose: fails() })
    expect((await starting).current).toMatchObject({ modelId: 'run-a', revision: 1 })
    expect(told).toEqual(['dispose_failed'])
  })

  it('does not write it when it is not released in time', async () => {
    const { models, starting } = start({ dispose: () => new Promise<never>(() => {}), loadTimeoutMs: 50 })
    await expect(starting).rejects.toMatchObject({ code: 'load_timed_out' })
    expect(await readActive(models)).toMatchObject({ status: 'absent' })
  })

  it('tries it also where nothing has to be released', async () => {
    const { starting } = start({ dispose: undefined as never, onError: undefined as never })
    expect((await starting).current).toMatchObject({ modelId: 'run-a', revision: 1 })
  })
})
