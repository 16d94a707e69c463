import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import type { BundleChecks, LocalValidBundle } from '@taskclf/registry-core'
import { metadataOf, metricsOf, scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { openRegistry } from '../src/index.js'
import { memoryStore } from '../src/memory.js'

const filesOf = (macro_f1: number, model_id: string) => ({
  'metadata.json': metadataOf({ model_id }),
  'metrics.json': metricsOf({ macro_f1 }),
  'model.txt': TINY_MODEL,
})

const store = () => memoryStore({ 'run-a': filesOf(0.9, 'run-a'), 'run-b': filesOf(0.8, 'run-b') })

describe('memoryStore', () => {
  it('answers as a registry: activates, explains and rolls back', async () => {
    await using memory = store()
    const registry = await openRegistry(memory)
    expect((await registry.activateBest()).switched?.pointer).toMatchObject({
      model_id: 'run-a',
      model_dir: 'models/run-a',
      revision: 1,
    })
    await registry.activate('run-b')
    expect((await registry.rollback()).pointer.model_id).toBe('run-a')
    const { entries, warnings } = await registry.history()
    expect(entries.map(({ revision, state }) => [revision, state])).toEqual([
      [1, 'visible'],
      [2, 'visible'],
      [3, 'visible'],
    ])
    expect(warnings).toEqual([])
    expect(await registry.why('run-b')).toMatchObject({ active: false, location: 'memory:models' })
  })

  it('gives no two of many writers at once the same revision', async () => {
    await using memory = store()
    const registry = await openRegistry(memory)
    const ids = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 'run-a' : 'run-b'))
    const made = await Promise.all(ids.map((id) => registry.activate(id)))
    expect(made.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(ids.map((_, i) => i + 1))
  })

  it('refuses a writer that waits for longer than it may', async () => {
    await using memory = store()
    const bundle = (await memory.look().bundles.read('run-a')) as LocalValidBundle
    let open = () => {}
    const held = memory.look().pointer.update(async () => {
      await new Promise<void>((resolve) => {
        open = resolve
      })
      return undefined
    })
    const waiting = writeActiveAtomic(memory, bundle, { source: 'manual', lock: { timeoutMs: 20 } })
    await expect(waiting).rejects.toMatchObject({ code: 'lock_timeout' })
    open()
    await held
    expect((await writeActiveAtomic(memory, bundle, { source: 'manual' })).revision).toBe(1)
  })

  it('publishes a candidate that earns its place, and keeps why another does not', async () => {
    await using memory = store()
    const registry = await openRegistry(memory)
    await registry.activateBest()
    const dir = scratchDir()
    const good = writeBundle(dir, 'good', {
      metadata: { model_id: 'run-c' },
      metrics: { macro_f1: 0.95 },
    })
    expect(await registry.promote(good)).toMatchObject({ outcome: 'promoted', activeModelId: 'run-c' })
    const bad = writeBundle(dir, 'bad', { metadata: { model_id: 'run-d' }, metrics: { macro_f1: 0.5 } })
    expect(await registry.promote(bad)).toMatchObject({
      outcome: 'rejected',
      rejectedDir: 'memory:models/rejected/run-d',
    })
    expect(JSON.parse(memory.rejected.get('run-d') ?? '{}')).toMatchObject({ outcome: 'rejected' })
  })

  it('gives files to a caller that loads a model, and removes them in the end', async () => {
    const memory = store()
    const loaded: string[] = []
    const checks: BundleChecks = {
      check: async ({ path }) => {
        loaded.push(path)
        expect(readFileSync(join(path, 'model.txt'), 'utf8')).toBe(TINY_MODEL)
        return { status: 'passed' }
      },
    }
    const registry = await openRegistry(memory, { checks })
    await registry.activateBest()
    const { path } = await registry.resolve()
    expect(existsSync(path)).toBe(true)
    await memory[Symbol.asyncDispose]()
    expect([path, ...loaded].map((each) => existsSync(each))).toEqual([false, false])
  })

  it('is followed by a reloader, without waiting for its next look', async () => {
    await using memory = store()
    const registry = await openRegistry(memory)
    await registry.activateBest()
    const swaps: string[] = []
    await using reloader = await registry.reloader({
      pollMs: 3_600_000,
      load: ({ modelId }) => modelId,
      onSwap: ({ to }) => swaps.push(to.modelId),
    })
    await registry.activate('run-b')
    await expect.poll(() => swaps).toEqual(['run-b'])
    expect(reloader.current.modelId).toBe('run-b')
  })

  it('has no files to examine, repair or list in an index, and says so', async () => {
    await using memory = store()
    const registry = await openRegistry(memory)
    for (const ask of [registry.examine, registry.repair, registry.refreshIndex])
      await expect(ask()).rejects.toMatchObject({ code: 'only_in_models_dir' })
  })
})
