import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { DurableFsError, hashFile, readSmallFile } from '../src/index.js'

const LIMIT = { maxBytes: 1000 }

describe('readSmallFile', () => {
  it('answers the bytes and what identifies their state', () => {
    const path = join(scratchDir(), 'a')
    writeFileSync(path, 'hello')
    const file = readSmallFile(path, LIMIT)
    expect(file).toMatchObject({ ok: true, stat: { size: 5 } })
    expect(file.ok && file.bytes.toString()).toBe('hello')
  })

  it('reads an empty file and one of exactly the limit', () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'empty'), '')
    writeFileSync(join(dir, 'full'), 'x'.repeat(1000))
    const sizes = ['empty', 'full'].map((name) => {
      const file = readSmallFile(join(dir, name), LIMIT)
      return file.ok ? file.bytes.length : file.reason
    })
    expect(sizes).toEqual([0, 1000])
  })

  it.each<[string, (path: string) => void, string]>([
    ['nothing', () => {}, 'missing'],
    ['a directory', (path) => mkdirSync(path), 'not_a_file'],
    ['a file that is too large', (path) => writeFileSync(path, 'x'.repeat(1001)), 'too_large'],
    ['a FIFO, without waiting for a writer', (path) => execFileSync('mkfifo', [path]), 'not_a_file'],
    ['a link to itself', (path) => symlinkSync(path, path), 'unreadable'],
    ['a device', (path) => symlinkSync('/dev/zero', path), 'not_a_file'],
  ])('refuses %s', (_, make, reason) => {
    const path = join(scratchDir(), 'it')
    make(path)
    expect(readSmallFile(path, LIMIT)).toMatchObject({ ok: false, reason })
  })

  it('refuses a socket', async () => {
    const path = join(scratchDir(), 'socket')
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(path, resolve))
    expect(readSmallFile(path, LIMIT)).toMatchObject({ ok: false, reason: 'not_a_file' })
    await new Promise((resolve) => server.close(resolve))
  })

  it('says that a file below a file is gone', () => {
    const path = join(scratchDir(), 'file')
    writeFileSync(path, '')
    expect(readSmallFile(join(path, 'below'), LIMIT)).toMatchObject({ ok: false, reason: 'vanished' })
  })

  it('reads files of /proc, which claim to be empty, and stops at the limit when they are not', () => {
    expect(readSmallFile('/proc/self/stat', { maxBytes: 1 << 20 })).toMatchObject({ ok: true })
    expect(readSmallFile('/proc/self/stat', { maxBytes: 10 })).toMatchObject({
      ok: false,
      reason: 'too_large',
    })
  })
})

describe('hashFile', () => {
  it('hashes more than one chunk', async () => {
    const path = join(scratchDir(), 'big')
    writeFileSync(path, '')
    for (let i = 0; i < 3; i++) appendFileSync(path, Buffer.alloc(1 << 20, i))
    const expected = execFileSync('sha256sum', [path]).toString().slice(0, 64)
    expect(await hashFile(path)).toEqual({ sha256: expected, size: 3 << 20 })
  })

  it.each<[string, (path: string) => void]>([
    ['a missing file', () => {}],
    ['a directory', (path) => mkdirSync(path)],
    ['a FIFO', (path) => execFileSync('mkfifo', [path])],
  ])('refuses %s', async (_, make) => {
    const path = join(scratchDir(), 'it')
    make(path)
    await expect(hashFile(path)).rejects.toThrow(DurableFsError)
    await expect(hashFile(path)).rejects.toMatchObject({ code: 'read_failed', path })
  })
})
