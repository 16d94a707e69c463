import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { acquireLock, nodeFileSystem } from '../src/index.js'
import { failure, fakeTime, lockIn } from './lock-support.js'

/** Bytes that are no text. */
const odd = (dir: string, byte = 0xff): Buffer =>
  Buffer.concat([Buffer.from(`${dir}/odd-`), Buffer.from([byte])])

describe('an entry of a lock that names nobody', () => {
  it.each([
    ['a directory', (path: string) => mkdirSync(join(path, 'deep'), { recursive: true })],
    ['a file', (path: string) => writeFileSync(path, '')],
    ['a dangling link', (path: string) => symlinkSync('nowhere', path)],
  ])('is overtaken as a stopped owner: %s', async (_, make) => {
    const lockDir = lockIn(scratchDir())
    mkdirSync(lockDir, { recursive: true })
    make(join(lockDir, 'who'))
    const time = fakeTime()
    const lock = await acquireLock(lockDir, { ...time, staleAfterMs: 500 })
    expect(lock.broken).toEqual(['"who"'])
    expect(time.passed()).toBeGreaterThanOrEqual(500)
    await lock.release()
    expect(readdirSync(lockDir)).toEqual([])
  })

  it('costs no more time when there are several of them', async () => {
    const lockDir = lockIn(scratchDir())
    for (let i = 0; i < 20; i++) mkdirSync(join(lockDir, `odd-${i}`), { recursive: true })
    const time = fakeTime()
    const lock = await acquireLock(lockDir, time)
    expect(lock.broken).toHaveLength(20)
    expect(time.passed()).toBeLessThan(11_000)
    await lock.release()
  })

  it('counts again from when it comes back after it was gone', async () => {
    const lockDir = lockIn(scratchDir())
    mkdirSync(join(lockDir, 'who'), { recursive: true })
    const time = fakeTime()
    let gone = false
    const flickering = {
      ...nodeFileSystem,
      readdir: async (path: string) => {
        if (path === lockDir && !gone && time.passed() > 400) {
          gone = true
          return ['another']
        }
        return nodeFileSystem.readdir(path)
      },
    }
    const lock = await acquireLock(lockDir, { ...time, staleAfterMs: 500, fileSystem: flickering })
    expect(time.passed()).toBeGreaterThanOrEqual(900)
    await lock.release()
  })

  it('is overtaken also when its name is not UTF-8, or as long as a name can be', async () => {
    const lockDir = lockIn(scratchDir())
    mkdirSync(lockDir, { recursive: true })
    mkdirSync(Buffer.concat([odd(lockDir), Buffer.from('/deep')]), { recursive: true })
    writeFileSync(odd(`${lockDir}`, 0xfe), '')
    mkdirSync(join(lockDir, 'x'.repeat(255)))
    const lock = await acquireLock(lockDir, { staleAfterMs: 0 })
    expect(lock.broken).toHaveLength(3)
    await lock.release()
    expect(readdirSync(dirname(lockDir))).toEqual(['a.lock'])
  })

  it('ends the wait at its limit when the entry cannot be moved', async () => {
    const lockDir = lockIn(scratchDir())
    mkdirSync(join(lockDir, 'stuck'), { recursive: true })
    const time = fakeTime()
    const vanishing = {
      ...nodeFileSystem,
      rename: async (from: string, to: string) => {
        if (from.endsWith('stuck')) throw failure('ENOENT')
        await nodeFileSystem.rename(from, to)
      },
    }
    const options = { ...time, staleAfterMs: 0, timeoutMs: 1000, fileSystem: vanishing }
    await expect(acquireLock(lockDir, options)).rejects.toMatchObject({ code: 'lock_timeout' })
    expect(time.passed()).toBeGreaterThanOrEqual(1000)
  })
})

describe('nodeFileSystem', () => {
  it('gives names that are not UTF-8 in a form that it takes back', async () => {
    const dir = scratchDir()
    writeFileSync(odd(dir), 'x')
    mkdirSync(join(dir, 'grün-😀-\u{FFFD}'))
    const names = await nodeFileSystem.readdir(dir)
    expect(names).toHaveLength(2)
    expect(names).toContain('grün-😀-\u{FFFD}')
    for (const name of names) await nodeFileSystem.rename(join(dir, name), join(dir, `${name}-moved`))
    const bytes = readdirSync(dir, 'buffer').map((name) => name.toString('latin1'))
    expect(bytes.filter((name) => name.startsWith('odd-\xff-moved'))).toHaveLength(1)
  })
})
