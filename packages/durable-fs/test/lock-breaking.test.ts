import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { acquireLock, nodeFileSystem } from '../src/index.js'
import { failure, fakeTime, layLock, lockIn, ownerName } from './lock-support.js'

describe('breaking a lock', () => {
  it('lets nobody take it before the directory of its owner is removed', async () => {
    const lockDir = lockIn(scratchDir())
    const name = layLock(lockDir, { startTime: '1' })
    writeFileSync(join(lockDir, name, 'staged'), '')
    const thirds: string[] = []
    const watched = {
      ...nodeFileSystem,
      unlink: async (path: string) => {
        // Moved aside, and not yet removed: a third writer comes.
        const third = acquireLock(lockDir, { fileSystem: { ...nodeFileSystem, unlink: refuse } })
        thirds.push(
          await third.then(
            () => 'took it',
            (error) => error.code,
          ),
        )
        await nodeFileSystem.unlink(path)
      },
    }
    const refuse = async () => {
      throw failure('EIO')
    }
    const lock = await acquireLock(lockDir, { fileSystem: watched })
    expect(thirds).toContain('lock_failed')
    expect(thirds).not.toContain('took it')
    expect(await lock.isHeld()).toBe(true)
    await lock.release()
  })

  it('fails, and names what to remove, when the directory of its owner cannot be removed', async () => {
    const lockDir = lockIn(scratchDir())
    layLock(lockDir, { startTime: '1' })
    const failing = {
      ...nodeFileSystem,
      rmdir: async (path: string) => {
        if (path.includes('.gone-')) throw failure('EACCES')
        await nodeFileSystem.rmdir(path)
      },
    }
    const error = await acquireLock(lockDir, { fileSystem: failing }).catch((e) => e)
    const [aside] = readdirSync(lockDir)
    expect(error).toMatchObject({ code: 'lock_failed', path: join(lockDir, aside as string) })
  })

  it('is finished by the next writer when the breaker died halfway', async () => {
    const lockDir = lockIn(scratchDir())
    mkdirSync(join(lockDir, '.gone-half', 'deep'), { recursive: true })
    writeFileSync(join(lockDir, '.gone-half', 'staged'), '')
    const time = fakeTime()
    const lock = await acquireLock(lockDir, time)
    expect([time.passed(), lock.broken]).toEqual([0, []])
    await lock.release()
    expect(readdirSync(lockDir)).toEqual([])
  })

  it('is tried again when the overtaken owner was still putting something there', async () => {
    const lockDir = lockIn(scratchDir())
    layLock(lockDir, { startTime: '1' })
    let late = 0
    const slow = {
      ...nodeFileSystem,
      rmdir: async (path: string) => {
        // The file was created by an owner that had found its directory before it was moved.
        if (path.includes('.gone-') && late++ === 0) writeFileSync(join(path, 'late'), '')
        await nodeFileSystem.rmdir(path)
      },
    }
    const lock = await acquireLock(lockDir, { ...fakeTime(), fileSystem: slow })
    expect([late, await lock.isHeld()]).toEqual([2, true])
    await lock.release()
  })

  it('considers no owner stopped that was not seen while the waiter itself was stopped', async () => {
    const lockDir = lockIn(scratchDir())
    const held = await acquireLock(lockDir)
    const time = fakeTime()
    let looks = 0
    const stopping = {
      ...nodeFileSystem,
      readdir: async (path: string) => {
        // Frozen with the whole container for a minute, once.
        if (path === lockDir && ++looks === 2) time.pass(60_000)
        return nodeFileSystem.readdir(path)
      },
    }
    const lock = await acquireLock(lockDir, {
      ...time,
      fileSystem: stopping,
      staleAfterMs: 5000,
      timeoutMs: 100_000,
    })
    expect(time.passed()).toBeGreaterThanOrEqual(65_000)
    expect(await held.isHeld()).toBe(false)
    await lock.release()
  })
})

describe('a holder', () => {
  it('writes for less than half of the time after which it is considered stopped', async () => {
    const time = fakeTime()
    const lock = await acquireLock(lockIn(scratchDir()), { ...time, staleAfterMs: 1000 })
    time.pass(499)
    expect(await lock.mayWrite()).toBe(true)
    time.pass(1)
    expect([await lock.mayWrite(), await lock.isHeld()]).toEqual([false, true])
    await lock.release()
  })

  it('counts from before it took the lock, and asks the time last', async () => {
    const time = fakeTime()
    const lockDir = lockIn(scratchDir())
    let stoppedAt = ''
    const stopping = {
      ...nodeFileSystem,
      rename: async (from: string, to: string) => {
        if (stoppedAt === 'rename') time.pass(500)
        await nodeFileSystem.rename(from, to)
      },
      readdir: async (path: string) => {
        if (stoppedAt === 'readdir' && path === lockDir) time.pass(500)
        return nodeFileSystem.readdir(path)
      },
    }
    for (const step of ['rename', 'readdir']) {
      stoppedAt = step
      const lock = await acquireLock(lockDir, { ...time, fileSystem: stopping, staleAfterMs: 1000 })
      expect([step, await lock.mayWrite()]).toEqual([step, false])
      await lock.release()
    }
  })

  it('does not write when it was overtaken', async () => {
    const lockDir = lockIn(scratchDir())
    const stopped = await acquireLock(lockDir)
    const lock = await acquireLock(lockDir, { staleAfterMs: 0 })
    expect([await stopped.mayWrite(), await lock.mayWrite()]).toEqual([false, true])
    await lock.release()
  })
})

describe('what lies beside a lock', () => {
  const HOUR = 60 * 60 * 1000
  const stagedBeside = (lockDir: string, ageMs: number): string => {
    const staged = `${lockDir}.new-${ownerName({ pidNamespace: '1' })}`
    mkdirSync(join(staged, 'inner'), { recursive: true })
    const then = new Date(Date.now() - ageMs)
    utimesSync(staged, then, then)
    return staged
  }

  it('is cleared when it is old, though its owner cannot be judged from here', async () => {
    const lockDir = lockIn(scratchDir())
    const [old, recent] = [stagedBeside(lockDir, 2 * HOUR), stagedBeside(lockDir, HOUR / 2)]
    await (await acquireLock(lockDir)).release()
    expect([existsSync(old), existsSync(recent)]).toEqual([false, true])
  })

  it('is left when nobody can say how old it is', async () => {
    const lockDir = lockIn(scratchDir())
    const old = stagedBeside(lockDir, 2 * HOUR)
    const blind = {
      ...nodeFileSystem,
      lstat: async () => {
        throw failure('EIO')
      },
    }
    await (await acquireLock(lockDir, { fileSystem: blind })).release()
    expect(existsSync(old)).toBe(true)
  })

  it('stages again as a waiter that finds its own cleared', async () => {
    const lockDir = lockIn(scratchDir())
    const held = await acquireLock(lockDir)
    let swept = false
    const fileSystem = {
      ...nodeFileSystem,
      rename: async (from: string, to: string) => {
        if (swept) await held.release()
        else await nodeFileSystem.rename(from, `${lockDir}.gone-1`)
        swept = true
        await nodeFileSystem.rename(from, to)
      },
    }
    const lock = await acquireLock(lockDir, { ...fakeTime(), fileSystem })
    expect(await lock.isHeld()).toBe(true)
    await lock.release()
    expect(readdirSync(dirname(lockDir))).toEqual(['a.lock'])
  })

  it('is cleared on systems that say EPERM of unlinking a directory, and left where it cannot be cleared', async () => {
    const lockDir = lockIn(scratchDir())
    mkdirSync(join(`${lockDir}.gone-x`, 'deep'), { recursive: true })
    mkdirSync(`${lockDir}.gone-stuck`)
    const picky = {
      ...nodeFileSystem,
      unlink: async () => {
        throw failure('EPERM')
      },
      rmdir: async (path: string) => {
        if (path.endsWith('stuck')) throw failure('EACCES')
        await nodeFileSystem.rmdir(path)
      },
    }
    const lock = await acquireLock(lockDir, { fileSystem: picky })
    expect(readdirSync(dirname(lockDir)).sort()).toEqual(['a.lock', 'a.lock.gone-stuck'])
    await lock.release()
  })
})
