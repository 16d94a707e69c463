import { lstatSync, openSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readActive, rollbackActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, linesOf, modelsWith } from './support.js'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const native = vi.fn(fs.realpathSync.native)
  const realpath = Object.assign(vi.fn(fs.realpathSync), { native })
  const mocked = {
    lstatSync: vi.fn(fs.lstatSync),
    openSync: vi.fn(fs.openSync),
    statSync: vi.fn(fs.statSync),
  }
  return { ...fs, ...mocked, realpathSync: realpath }
})

const real = await vi.importActual<typeof import('node:fs')>('node:fs')
const opens = vi.mocked(openSync)
const realpaths = vi.mocked(realpathSync.native) as unknown as ReturnType<typeof vi.fn>
const followings = vi.mocked(realpathSync) as unknown as ReturnType<typeof vi.fn>
const lstats = vi.mocked(lstatSync) as unknown as ReturnType<typeof vi.fn>
const stats = vi.mocked(statSync) as unknown as ReturnType<typeof vi.fn>

afterEach(() => {
  opens.mockImplementation(real.openSync)
  realpaths.mockImplementation(real.realpathSync.native)
  followings.mockImplementation(real.realpathSync)
  lstats.mockImplementation(real.lstatSync)
  stats.mockImplementation(real.statSync)
})

/** The call fails on the path that ends so, and on no other. */
function fail(
  call: ReturnType<typeof vi.fn>,
  original: (...args: never[]) => unknown,
  end: string,
  code: string,
) {
  call.mockImplementation((path: unknown, ...rest: unknown[]) => {
    if (String(path).endsWith(end)) throw Object.assign(new Error(`${code}: as the system says it`), { code })
    return Reflect.apply(original, undefined, [path, ...rest])
  })
}

const MANUAL = { source: 'manual' } as const
const textFor = (id: string) =>
  JSON.stringify({ model_dir: `models/${id}`, model_id: id, selected_at: '2026-03-01', policy_version: 1 })
const refusal = (errno: string) => ({ name: 'ActivePointerError', code: 'io', details: { errno } })

/** `active.json` is a link to `.first`; `.second` lies beside it. */
function linked(): { models: string; lead: (to: string) => void } {
  const models = modelsWith()
  const active = join(models, 'active.json')
  real.mkdirSync(models, { recursive: true })
  for (const [name, id] of [
    ['.first', 'run-a'],
    ['.second', 'run-b'],
  ] as const)
    writeFileSync(join(models, name), textFor(id))
  symlinkSync('.first', active)
  const lead = (to: string) => {
    symlinkSync(to, `${active}.new`)
    real.renameSync(`${active}.new`, active)
  }
  return { models, lead }
}

describe('a pointer that is a link', () => {
  it.each(['EIO', 'EACCES'])('is unknown when it cannot be followed: %s', async (errno) => {
    const { models } = linked()
    fail(realpaths, real.realpathSync.native, '/active.json', errno)
    await expect(readActive(models)).rejects.toMatchObject(refusal(errno))
  })

  it('is unknown when it leads nowhere and cannot be looked at', async () => {
    const { models, lead } = linked()
    lead('.none')
    fail(lstats, real.lstatSync, '/active.json', 'EIO')
    await expect(readActive(models)).rejects.toMatchObject(refusal('EIO'))
  })

  it('is absent when it is removed while it is followed', async () => {
    const { models } = linked()
    realpaths.mockImplementation((path: string) => {
      if (path.endsWith('/active.json')) rmSync(path)
      return real.realpathSync.native(path)
    })
    expect(await readActive(models)).toMatchObject({ status: 'absent' })
  })

  it.each<[string, (first: string) => void]>([
    ['removed', (first) => rmSync(first)],
    [
      'replaced by a link',
      (first) => {
        rmSync(first)
        symlinkSync('.second', first)
      },
    ],
  ])('follows the link again when it was led elsewhere and the file it led to is %s', async (_, change) => {
    const { models, lead } = linked()
    let changed = false
    realpaths.mockImplementation((path: string) => {
      const answer = real.realpathSync.native(path)
      if (!path.endsWith('/active.json') || changed) return answer
      changed = true
      lead('.second')
      change(join(dirname(path), '.first'))
      return answer
    })
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-b', isLink: true })
    expect(changed).toBe(true)
  })
})

describe('a model that the environment keeps from being looked at', () => {
  async function switchedTwice(): Promise<string> {
    const models = modelsWith('run-a', 'run-b')
    for (const id of ['run-a', 'run-b']) await writeActiveAtomic(models, await bundleOf(models, id), MANUAL)
    return models
  }

  it.each(['EIO', 'EACCES'])('leaves it open what is active: %s', async (errno) => {
    const models = await switchedTwice()
    fail(lstats, real.lstatSync, '/run-b', errno)
    await expect(readActive(models)).rejects.toMatchObject(refusal(errno))
  })

  it.each(['EIO', 'EMFILE'])('is not passed over by a rollback: %s', async (errno) => {
    const models = await switchedTwice()
    fail(opens as never, real.openSync, '/run-a/metadata.json', errno)
    for (const options of [{}, { toRevision: 1 }])
      await expect(rollbackActive(models, options)).rejects.toMatchObject(refusal(errno))
    expect(linesOf(models).length).toBe(2)
  })

  it('is not called one that was never promoted', async () => {
    const models = await switchedTwice()
    const bundle = await bundleOf(models, 'run-a')
    fail(stats, real.statSync, '/run-a', 'EIO')
    await expect(writeActiveAtomic(models, bundle, MANUAL)).rejects.toMatchObject(refusal('EIO'))
    // As in a mounted volume: found by following its link.
    const below = { ...bundle, path: join(models, '..data', 'run-a') }
    fail(followings, real.realpathSync, '/run-a', 'ESTALE')
    await expect(writeActiveAtomic(models, below, MANUAL)).rejects.toMatchObject(refusal('ESTALE'))
    expect(linesOf(models).length).toBe(2)
  })
})
