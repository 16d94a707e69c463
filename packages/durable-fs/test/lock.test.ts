import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Fault, instrument, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import {
  acquireLock,
  currentProcess,
  isProcessAlive,
  nodeFileSystem,
  type ProcessIdentity,
} from '../src/index.js'
import { removeTree } from '../src/remove-tree.js'
import { deadPid, fakeTime, layLock, lockIn, ownerName } from './lock-support.js'

describe('acquireLock', () => {
  it('is held by one at a time, in turn', async () => {
    const lockDir = lockIn(scratchDir())
    let inside = 0
    let most = 0
    const work = async () => {
      const lock = await acquireLock(lockDir)
      inside++
      most = Math.max(most, inside)
      await new Promise((resolve) => setTimeout(resolve, 1))
      inside--
      expect(await lock.isHeld()).toBe(true)
      expect(await lock.release()).toBe(true)
    }
    await Promise.all(Array.from({ length: 20 }, work))
    expect(most).toBe(1)
    expect(readdirSync(dirname(lockDir))).toEqual(['a.lock'])
    expect(readdirSync(lockDir)).toEqual([])
  })

  it('breaks the lock of a dead process at once and clears what it left', async () => {
    const lockDir = lockIn(scratchDir())
    const pid = await deadPid()
    const name = layLock(lockDir, { pid, startTime: '1' })
    writeFileSync(join(lockDir, name, 'temporary'), 'x')
    mkdirSync(join(lockDir, name, 'deep', 'er'), { recursive: true })
    const staged = ownerName({ pid, startTime: '1' })
    mkdirSync(`${lockDir}.new-${staged}`)
    mkdirSync(`${lockDir}.gone-whoever`)
    const time = fakeTime()
    const lock = await acquireLock(lockDir, time)
    expect(time.passed()).toBe(0)
    expect(lock.broken).toEqual([`${currentProcess().host} pid ${pid}`])
    expect(readdirSync(dirname(lockDir))).toEqual(['a.lock'])
    await lock.release()
  })

  it('breaks the lock of a process whose number another has now', async () => {
    const lockDir = lockIn(scratchDir())
    layLock(lockDir, { startTime: '1' })
    await expect(acquireLock(lockDir, fakeTime())).resolves.toMatchObject({ broken: [expect.any(String)] })
  })

  it('waits for a living owner, then takes it for stopped and overtakes it', async () => {
    const lockDir = lockIn(scratchDir())
    const paused = await acquireLock(lockDir)
    writeFileSync(join(paused.privateDir, 'temporary'), 'late')
    const time = fakeTime()
    const lock = await acquireLock(lockDir, { ...time, staleAfterMs: 500 })
    expect(time.passed()).toBeGreaterThanOrEqual(500)
    await expect(
      nodeFileSystem.rename(join(paused.privateDir, 'temporary'), join(dirname(lockDir), 'x')),
    ).rejects.toMatchObject({ code: 'ENOENT' })
    expect(await paused.isHeld()).toBe(false)
    expect(await paused.release()).toBe(false)
    expect(await lock.isHeld()).toBe(true)
    await lock.release()
  })

  it('gives up on a living owner after the time limit', async () => {
    const lockDir = lockIn(scratchDir())
    const held = await acquireLock(lockDir)
    await expect(acquireLock(lockDir, { ...fakeTime(), timeoutMs: 200 })).rejects.toMatchObject({
      code: 'lock_timeout',
    })
    expect(readdirSync(dirname(lockDir))).toEqual(['a.lock'])
    await held.release()
  })

  it.each<[string, Partial<ProcessIdentity>]>([
    ['on another machine', { host: 'elsewhere', boot: 'other' }],
    ['on another machine of the same name', { machine: 'other', boot: 'other' }],
    ['on another machine that has no boot id', { host: 'elsewhere', machine: '', boot: '' }],
  ])('never breaks an owner %s, and names the directory to remove', async (_, owner) => {
    const lockDir = lockIn(scratchDir())
    const name = layLock(lockDir, owner)
    const time = fakeTime()
    const error = await acquireLock(lockDir, { ...time, timeoutMs: 60_000, staleAfterMs: 10 }).catch((e) => e)
    expect(error).toMatchObject({ code: 'lock_foreign_owner' })
    expect(error.message).toContain(join(lockDir, name))
    expect(time.passed()).toBeGreaterThanOrEqual(60_000)
    expect(readdirSync(lockDir)).toEqual([name])
  })

  it.each<[string, Partial<ProcessIdentity>]>([
    ['in another PID namespace', { pidNamespace: '1' }],
    ['in a container of another name', { pidNamespace: '1', host: 'c0ffee', machine: '' }],
  ])('overtakes an owner %s of this kernel after the time of a stopped one', async (_, owner) => {
    const lockDir = lockIn(scratchDir())
    layLock(lockDir, { ...owner, pid: 4_000_000 })
    const time = fakeTime()
    const lock = await acquireLock(lockDir, { ...time, staleAfterMs: 500 })
    expect(time.passed()).toBeGreaterThanOrEqual(500)
    expect(time.passed()).toBeLessThan(600)
    expect(lock.broken).toHaveLength(1)
    await lock.release()
  })

  it('overtakes an owner of an earlier boot of this machine at once', async () => {
    const lockDir = lockIn(scratchDir())
    layLock(lockDir, { boot: 'earlier' })
    const time = fakeTime()
    const here = { ...currentProcess(), machine: 'm' }
    const isAlive = (owner: ProcessIdentity) => isProcessAlive({ ...owner, machine: 'm' }, here)
    await (await acquireLock(lockDir, { ...time, isAlive })).release()
    expect(time.passed()).toBe(0)
  })

  it('breaks what is dead or stopped, and still waits for an owner elsewhere', async () => {
    const lockDir = lockIn(scratchDir())
    const foreign = layLock(lockDir, { host: 'elsewhere', boot: 'other' })
    layLock(lockDir, { startTime: '1' })
    layLock(lockDir, { pidNamespace: '1' })
    const options = { ...fakeTime(), staleAfterMs: 100, timeoutMs: 300 }
    await expect(acquireLock(lockDir, options)).rejects.toMatchObject({ code: 'lock_foreign_owner' })
    expect(readdirSync(lockDir)).toEqual([foreign])
  })

  it('never lets two breakers of one dead lock both hold it', async () => {
    const lockDir = lockIn(scratchDir())
    const pid = await deadPid()
    for (let round = 0; round < 30; round++) {
      layLock(lockDir, { pid, startTime: '1' })
      let inside = 0
      await Promise.all(
        [1, 2, 3, 4].map(async () => {
          const lock = await acquireLock(lockDir)
          expect(++inside).toBe(1)
          await new Promise((resolve) => setImmediate(resolve))
          expect(await lock.isHeld()).toBe(true)
          inside--
          await lock.release()
        }),
      )
    }
  })

  it('gives the lock to the next one, whatever fails at whatever step', async () => {
    const faults: Fault[] = [{ errno: 'EIO' }, { errno: 'EACCES' }, { errno: 'ENOSPC' }, 'kill']
    const lockDir = lockIn(scratchDir())
    const once = async (fileSystem: typeof nodeFileSystem) => {
      const lock = await acquireLock(lockDir, { fileSystem, timeoutMs: 100, isAlive: () => 'dead' })
      await lock.release()
    }
    const counted = instrument(nodeFileSystem)
    await once(counted.fileSystem)
    for (let step = 0; step < counted.steps.length; step++) {
      for (const fault of faults) {
        await once(instrument(nodeFileSystem, new Map([[step, fault]])).fileSystem).catch((error) => {
          expect(error).toMatchObject({ code: 'lock_failed' })
        })
        // The victim counts as dead, as a killed process would.
        const next = await acquireLock(lockDir, { isAlive: () => 'dead' })
        await next.release()
        expect(readdirSync(dirname(lockDir))).toEqual(['a.lock'])
      }
    }
  })

  it('fails when breaking fails for another reason than being late', async () => {
    const lockDir = lockIn(scratchDir())
    layLock(lockDir, { startTime: '1' })
    const failing = {
      ...nodeFileSystem,
      rename: async (from: string, to: string) => {
        if (to.includes('.gone-')) throw Object.assign(new Error('no'), { code: 'EIO' })
        await nodeFileSystem.rename(from, to)
      },
    }
    await expect(acquireLock(lockDir, { fileSystem: failing })).rejects.toMatchObject({ code: 'lock_failed' })
  })

  it('ignores an entry that another removes meanwhile, but not any other failure', async () => {
    const dir = scratchDir()
    const failing = (code: string) => ({
      ...nodeFileSystem,
      unlink: async () => {
        throw Object.assign(new Error(code), { code })
      },
    })
    mkdirSync(join(dir, 'a'))
    writeFileSync(join(dir, 'a', 'file'), '')
    await expect(removeTree(failing('EACCES'), join(dir, 'a'))).rejects.toMatchObject({ code: 'EACCES' })
    await expect(removeTree(failing('ENOENT'), join(dir, 'a'))).rejects.toMatchObject({ code: 'ENOTEMPTY' })
  })

  it('says so when it cannot be released, and not when it is gone', async () => {
    const lockDir = lockIn(scratchDir())
    let errno = 'EIO'
    const failing = {
      ...nodeFileSystem,
      rmdir: async (path: string) => {
        if (path.includes('a.lock/')) throw Object.assign(new Error(errno), { code: errno })
        return nodeFileSystem.rmdir(path)
      },
    }
    const lock = await acquireLock(lockDir, { fileSystem: failing })
    await expect(lock.release()).rejects.toMatchObject({ code: 'lock_failed' })
    errno = 'ENOENT'
    expect(await lock.release()).toBe(false)
  })

  it.each([
    ['stops waiting when the place is free but never to be had', 'ENOTEMPTY', 'lock_timeout', 50],
    [
      'does not wait for a place that it may not take: sticky, and the lock of another user',
      'EPERM',
      'lock_failed',
      1,
    ],
  ])('%s', async (_, errno, code, rounds) => {
    const lockDir = lockIn(scratchDir())
    let tries = 0
    const refusing = {
      ...nodeFileSystem,
      rename: async () => {
        tries++
        throw Object.assign(new Error('no'), { code: errno })
      },
    }
    let now = 0
    const options = { fileSystem: refusing, timeoutMs: 50, monotonicNow: () => now++ }
    await expect(acquireLock(lockDir, options)).rejects.toMatchObject({ code })
    expect(tries > 1).toBe(rounds > 1)
  })
})

describe('a place for a lock', () => {
  it.each(['parent', 'staged', 'owner'])('reports a place that cannot be made: %s', async (which) => {
    const lockDir = lockIn(scratchDir())
    const refusing = {
      ...nodeFileSystem,
      mkdir: async (path: string) => {
        const isParent = path === dirname(lockDir)
        const isStaged = dirname(path) === dirname(lockDir)
        const kind = isParent ? 'parent' : isStaged ? 'staged' : 'owner'
        if (kind === which) throw Object.assign(new Error('no'), { code: 'EACCES' })
        await nodeFileSystem.mkdir(path)
      },
    }
    await expect(acquireLock(lockDir, { fileSystem: refusing })).rejects.toMatchObject({
      code: 'lock_failed',
    })
  })

  it('allows two to make the place at once', async () => {
    const lockDir = lockIn(scratchDir())
    const late = {
      ...nodeFileSystem,
      mkdir: async (path: string) => {
        await nodeFileSystem.mkdir(path)
        if (path === dirname(lockDir)) throw Object.assign(new Error('there'), { code: 'EEXIST' })
      },
    }
    const lock = await acquireLock(lockDir, { fileSystem: late })
    expect(await lock.release()).toBe(true)
  })
})

describe('giving a lock up', () => {
  it('removes what was staged in it, too', async () => {
    const lockDir = lockIn(scratchDir())
    const lock = await acquireLock(lockDir)
    writeFileSync(join(lock.privateDir, 'staged'), '')
    expect(await lock.release()).toBe(true)
    expect(readdirSync(lockDir)).toEqual([])
  })

  it('knows of itself that it is no longer held when its directory is gone', async () => {
    const lockDir = lockIn(scratchDir())
    const lock = await acquireLock(lockDir)
    rmSync(lockDir, { recursive: true })
    expect(await lock.isHeld()).toBe(false)
    expect(await lock.release()).toBe(false)
  })

  it('says so when its directory cannot be listed', async () => {
    const lockDir = lockIn(scratchDir())
    const unlisted = {
      ...nodeFileSystem,
      readdir: async (path: string) => {
        if (path === lockDir) throw Object.assign(new Error('no'), { code: 'EIO' })
        return nodeFileSystem.readdir(path)
      },
    }
    const lock = await acquireLock(lockDir, { fileSystem: unlisted })
    await expect(lock.isHeld()).rejects.toMatchObject({ code: 'EIO' })
    expect(await lock.release()).toBe(true)
  })
})
