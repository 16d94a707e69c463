import { appendFileSync, openSync, readSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readActive, readHistory, readWithdrawn, rollbackActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, linesOf, modelsWith, pointerOf } from './support.js'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, openSync: vi.fn(fs.openSync), readSync: vi.fn(fs.readSync) }
})

const { openSync: reallyOpen, readSync: reallyRead } =
  await vi.importActual<typeof import('node:fs')>('node:fs')

afterEach(() => {
  vi.mocked(openSync).mockImplementation(reallyOpen)
  vi.mocked(readSync).mockImplementation(reallyRead as typeof readSync)
})

const failure = (code: string) => Object.assign(new Error(`${code}: as the system says it`), { code })

/** Each opening of a file of that name fails. */
function failToOpen(name: string, code: string): void {
  vi.mocked(openSync).mockImplementation((path, ...rest) => {
    if (String(path).endsWith(`/${name}`)) throw failure(code)
    return reallyOpen(path, ...rest)
  })
}

async function switchedTwice(): Promise<string> {
  const models = modelsWith('run-a', 'run-b')
  for (const id of ['run-a', 'run-b'])
    await writeActiveAtomic(models, await bundleOf(models, id), { source: 'manual' })
  return models
}

const ERRNOS = ['EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE', 'ESTALE', 'ENOMEM', 'ENOTDIR']
const refusal = (errno: string) => ({ name: 'ActivePointerError', code: 'io', details: { errno } })

describe('a pointer that the environment keeps from being read', () => {
  it.each(ERRNOS)('reports %s as neither absent nor corrupt, and writes nothing', async (errno) => {
    const models = await switchedTwice()
    const before = [pointerOf(models), linesOf(models)]
    const [a, b] = [await bundleOf(models, 'run-a'), await bundleOf(models, 'run-b')]
    failToOpen('active.json', errno)
    for (const attempt of [
      () => readActive(models),
      () => readHistory(models),
      () => readWithdrawn(models),
      () => rollbackActive(models),
      () => writeActiveAtomic(models, a, { source: 'manual' }),
      () => writeActiveAtomic(models, b, { source: 'repair' }),
    ])
      await expect(attempt()).rejects.toMatchObject(refusal(errno))
    vi.mocked(openSync).mockImplementation(reallyOpen)
    expect([pointerOf(models), linesOf(models)]).toEqual(before)
  })

  it('is the same when opening succeeds and reading fails', async () => {
    const models = await switchedTwice()
    vi.mocked(readSync).mockImplementation(() => {
      throw failure('EIO')
    })
    await expect(readActive(models)).rejects.toMatchObject(refusal('EIO'))
  })

  it('is the same behind a link', async () => {
    const models = modelsWith('run-a')
    writeFileSync(join(models, '.there'), '{}')
    symlinkSync('.there', join(models, 'active.json'))
    failToOpen('.there', 'ESTALE')
    await expect(readActive(models)).rejects.toMatchObject(refusal('ESTALE'))
  })
})

describe('a history that the environment keeps from being read', () => {
  it.each(ERRNOS)('reports %s as not empty, and writes nothing', async (errno) => {
    const models = await switchedTwice()
    const before = [pointerOf(models), linesOf(models)]
    const a = await bundleOf(models, 'run-a')
    // Without a pointer only the history says what is withdrawn.
    const active = { status: 'absent', version: 'absent' } as const
    failToOpen('active_history.jsonl', errno)
    for (const attempt of [
      () => readHistory(models),
      () => readWithdrawn(models, active),
      () => rollbackActive(models),
      () => writeActiveAtomic(models, a, { source: 'manual' }),
    ])
      await expect(attempt()).rejects.toMatchObject(refusal(errno))
    vi.mocked(openSync).mockImplementation(reallyOpen)
    expect([pointerOf(models), linesOf(models)]).toEqual(before)
  })

  it('does not report a link that leads nowhere as an empty one', async () => {
    const models = modelsWith('run-a')
    symlinkSync('.there', join(models, 'active_history.jsonl'))
    const a = await bundleOf(models, 'run-a')
    for (const attempt of [
      () => readHistory(models),
      () => readWithdrawn(models),
      () => writeActiveAtomic(models, a, { source: 'manual' }),
    ])
      await expect(attempt()).rejects.toMatchObject(refusal('ENOENT'))
    appendFileSync(join(models, '.there'), '')
    await writeActiveAtomic(models, a, { source: 'manual' })
    expect(linesOf(models).length).toBe(1)
  })
})
