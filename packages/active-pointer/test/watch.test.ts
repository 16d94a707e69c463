import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  type ActiveState,
  readActive,
  type WatchActiveOptions,
  watchActive,
  writeActiveAtomic,
} from '../src/index.js'
import { bundleOf, modelsWith } from './support.js'

function watched(models: string, options: WatchActiveOptions = {}) {
  const seen: ActiveState[] = []
  const watcher = watchActive(models, (state) => seen.push(state), { pollMs: 20, ...options })
  onTestFinished(() => watcher.close())
  return { seen, watcher }
}

describe('watchActive', () => {
  it('tells of a switch, of a removal and of a torn pointer', async () => {
    const models = modelsWith('run-a')
    const { seen } = watched(models, { since: 'absent' })
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ status: 'valid', modelId: 'run-a' }))
    writeFileSync(join(models, 'active.json'), '{')
    await vi.waitFor(() => expect(seen.at(-1)?.status).toBe('corrupt'))
    rmSync(join(models, 'active.json'))
    await vi.waitFor(() => expect(seen.at(-1)?.status).toBe('absent'))
  })

  it('never loses a switch made between reading and watching', async () => {
    const models = modelsWith('run-a')
    const { version } = await readActive(models)
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    const { seen } = watched(models, { since: version, pollMs: 1_000_000 })
    await vi.waitFor(() => expect(seen).toMatchObject([{ modelId: 'run-a' }]))
  })

  it('sees a replacement of the same size and time, and not a touch', async () => {
    const models = modelsWith('run-a', 'run-b')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    const active = join(models, 'active.json')
    const { seen } = watched(models, { since: (await readActive(models)).version })
    const { atime, mtime } = statSync(active)
    utimesSync(active, new Date(), new Date())
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(seen).toEqual([])
    const other = join(models, '.other')
    writeFileSync(other, readFileSync(active, 'utf8').replaceAll('run-a', 'run-b'))
    utimesSync(other, atime, mtime)
    renameSync(other, active)
    await vi.waitFor(() => expect(seen).toMatchObject([{ modelId: 'run-b' }]))
  })

  it('without a known version, begins with what is there', async () => {
    const models = modelsWith('run-a')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    const { seen } = watched(models)
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(seen).toEqual([])
  })

  it('reports a models dir that goes away, and goes on when it is back', async () => {
    const models = modelsWith('run-a')
    const errors: unknown[] = []
    const { seen } = watched(models, { since: 'absent', onError: (error) => errors.push(error) })
    renameSync(models, `${models}-away`)
    await vi.waitFor(() => expect(errors[0]).toMatchObject({ code: 'models_dir_missing' }))
    renameSync(`${models}-away`, models)
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    await vi.waitFor(() => expect(seen).toMatchObject([{ modelId: 'run-a' }]))
  })

  it('says nothing after close', async () => {
    const models = modelsWith('run-a')
    const { seen, watcher } = watched(models, { since: 'absent' })
    watcher.close()
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(seen).toEqual([])
  })
})
