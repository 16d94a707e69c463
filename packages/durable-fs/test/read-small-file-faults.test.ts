import { openSync, readSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it, vi } from 'vitest'
import { readSmallFile } from '../src/index.js'

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, openSync: vi.fn(fs.openSync), readSync: vi.fn(fs.readSync) }
})

const failWith = (code: string) => (): never => {
  throw Object.assign(new Error('no'), { code })
}

it.each([
  ['EIO', 'unreadable'],
  ['EISDIR', 'not_a_file'],
])('says %s of reading as %s', (code, reason) => {
  const path = join(scratchDir(), 'file')
  writeFileSync(path, 'x')
  vi.mocked(readSync).mockImplementationOnce(failWith(code))
  expect(readSmallFile(path, { maxBytes: 10 })).toMatchObject({ ok: false, reason, cause: { code } })
})

it.each([
  ['ENOTDIR', 'vanished'],
  ['ENXIO', 'not_a_file'],
  ['ENODEV', 'not_a_file'],
  ['EACCES', 'unreadable'],
])('says %s of opening as %s', (code, reason) => {
  vi.mocked(openSync).mockImplementationOnce(failWith(code))
  expect(readSmallFile('any', { maxBytes: 10 })).toMatchObject({ ok: false, reason, cause: { code } })
})
