import { rmSync, writeFileSync } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { scratchDir } from '@taskclf/test-kit'
import { beforeEach, expect, it, vi } from 'vitest'
import { isRunning, train, until } from './helpers.js'

const broken = vi.hoisted(() => ({ append: false, sync: false, started: 0 }))

// A disk that fills up while a run goes on.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const open = async (...args: Parameters<typeof real.open>): Promise<FileHandle> => {
    const file = await real.open(...args)
    const append = file.appendFile.bind(file)
    const full = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
    file.appendFile = (...what) => (broken.append ? full() : append(...what))
    const sync = file.sync.bind(file)
    file.sync = () => (broken.sync ? full() : sync())
    return file
  }
  return { ...real, open }
})

// Fails the first write of a manifest that names the trainer's process.
vi.mock('@taskclf/durable-fs', async (original) => {
  const real = await original<typeof import('@taskclf/durable-fs')>()
  const writeFileAtomic: typeof real.writeFileAtomic = async (path, bytes) => {
    const pid = /"process": \{[^}]*"pid": (\d+)/.exec(Buffer.from(bytes).toString())?.[1]
    if (broken.started !== -1 || pid === undefined) return real.writeFileAtomic(path, bytes)
    broken.started = Number(pid)
    throw new Error('no space left')
  }
  return { ...real, writeFileAtomic }
})

beforeEach(() => {
  Object.assign(broken, { append: false, sync: false, started: 0 })
})

it('ends a trainer whose events cannot be recorded', async () => {
  const run = await train('flood', { runsDir: scratchDir(), maxOutputBytes: 1 << 28 })
  broken.append = true
  const manifest = await run.done
  expect(manifest).toMatchObject({ state: 'failed', code: 'log_failed' })
  expect(isRunning(manifest.process?.pid as number)).toBe(false)
})

it('does not call a run a success when its last events are not safe', async () => {
  broken.sync = true
  const run = await train('good', { runsDir: scratchDir() })
  expect(await run.done).toMatchObject({ state: 'failed', code: 'log_failed', exit: { code: 0 } })
})

it('rejects when the outcome cannot be written, and the trainer is gone', async () => {
  const run = await train('obeys', { runsDir: scratchDir() })
  await until(run, 'phase')
  rmSync(run.dir, { recursive: true })
  writeFileSync(run.dir, 'in the way')
  run.cancel()
  await expect(run.done).rejects.toMatchObject({ code: 'store_failed' })
})

it('leaves no trainer running that it could not record', async () => {
  broken.started = -1
  await expect(train('hangs', { runsDir: scratchDir() })).rejects.toMatchObject({ code: 'store_failed' })
  expect(broken.started).toBeGreaterThan(0)
  expect(isRunning(broken.started)).toBe(false)
})
