import { readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
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
  it('reports a switch, a removal and a torn pointer', async () => {
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

  it('begins with what is there, without a known version', async () => {
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

  it('hears of a switch by the system, however rarely it looks', async () => {
    const models = modelsWith('run-a', 'run-b')
    const { seen } = watched(models, { since: 'absent', pollMs: 1_000_000 })
    // The first look, which would see it too, is over.
    await new Promise((resolve) => setTimeout(resolve, 50))
    for (const id of ['run-a', 'run-b', 'run-a']) {
      await writeActiveAtomic(models, await bundleOf(models, id), { source: 'manual' })
      await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ status: 'valid', modelId: id }))
    }
    expect(seen.length).toBe(3)
  })

  it('does not look for changes of other files', async () => {
    const models = modelsWith('run-a')
    const errors: unknown[] = []
    watched(models, { since: 'absent', pollMs: 1_000_000, onError: (error) => errors.push(error) })
    await new Promise((resolve) => setTimeout(resolve, 50))
    // Looking would fail: there is a file for a models dir by then.
    writeFileSync(join(models, 'another'), '')
    renameSync(models, `${models}-away`)
    writeFileSync(models, '')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(errors).toEqual([])
  })

  it('looks by itself where the system says nothing, and not more often than asked', async () => {
    const models = modelsWith('run-a')
    const errors: unknown[] = []
    watched(models, { since: 'absent', pollMs: 40, onError: (error) => errors.push(error) })
    renameSync(models, `${models}-away`)
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(2))
    const before = errors.length
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(errors.length - before).toBeLessThan(20)
  })

  it('looks every second where nothing else is asked', () => {
    const set = vi.spyOn(globalThis, 'setInterval')
    onTestFinished(() => set.mockRestore())
    watchActive(modelsWith('run-a'), () => {}).close()
    expect(set.mock.calls.map(([, ms]) => ms)).toEqual([1_000])
  })

  it('lets go of everything when it is closed', async () => {
    const models = modelsWith('run-a')
    const errors: unknown[] = []
    const { watcher } = watched(models, { since: 'absent', onError: (error) => errors.push(error) })
    watcher.close()
    renameSync(models, `${models}-away`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(errors).toEqual([])
    const kinds = process.getActiveResourcesInfo()
    expect(kinds.filter((kind) => kind === 'FSEventWrap')).toEqual([])
  })

  it('follows a link that a deployment leads to another directory, and hears of switches there', async () => {
    const [first, second] = [modelsWith('run-a'), modelsWith('run-b', 'run-c')]
    await writeActiveAtomic(first, await bundleOf(first, 'run-a'), { source: 'manual' })
    await writeActiveAtomic(second, await bundleOf(second, 'run-b'), { source: 'manual' })
    const link = join(scratchDir(), 'models')
    symlinkSync(first, link)
    const errors: unknown[] = []
    const { version } = await readActive(link)
    const { seen } = watched(link, { since: version, onError: (error) => errors.push(error) })
    symlinkSync(second, `${link}.new`)
    renameSync(`${link}.new`, link)
    rmSync(first, { recursive: true })
    await vi.waitFor(() => expect(seen).toMatchObject([{ modelId: 'run-b' }]))
    await writeActiveAtomic(second, await bundleOf(second, 'run-c'), { source: 'manual' })
    await vi.waitFor(() => expect(seen.at(-1)).toMatchObject({ modelId: 'run-c' }))
    expect(errors).toEqual([])
  })

  it('watches the directory that took the place of another', async () => {
    const models = modelsWith('run-a')
    const other = modelsWith('run-b')
    const { seen } = watched(models, { since: 'absent', pollMs: 20 })
    renameSync(models, `${models}-old`)
    renameSync(other, models)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await writeActiveAtomic(models, await bundleOf(models, 'run-b'), { source: 'manual' })
    await vi.waitFor(() => expect(seen).toMatchObject([{ modelId: 'run-b' }]))
  })

  it('reports a file in the place of the models dir, and goes on', async () => {
    const models = modelsWith('run-a')
    const errors: unknown[] = []
    const { seen } = watched(models, { since: 'absent', onError: (error) => errors.push(error) })
    renameSync(models, `${models}-away`)
    writeFileSync(models, '')
    await vi.waitFor(() => expect(errors.at(-1)).toMatchObject({ code: 'models_dir_not_a_directory' }))
    rmSync(models)
    renameSync(`${models}-away`, models)
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    await vi.waitFor(() => expect(seen).toMatchObject([{ modelId: 'run-a' }]))
  })

  it('needs a models dir to begin with', () => {
    expect(() => watchActive(`${modelsWith('run-a')}-none`, () => {})).toThrow(
      expect.objectContaining({ code: 'models_dir_missing' }),
    )
  })

  it('needs nobody to hear of errors', async () => {
    const models = modelsWith('run-a')
    const { seen } = watched(models, { since: 'absent' })
    renameSync(models, `${models}-away`)
    await new Promise((resolve) => setTimeout(resolve, 60))
    renameSync(`${models}-away`, models)
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), { source: 'manual' })
    await vi.waitFor(() => expect(seen).toMatchObject([{ modelId: 'run-a' }]))
  })
})
