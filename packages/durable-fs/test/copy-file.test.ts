import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { instrument, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { copyFile, createFile, nodeFileSystem } from '../src/index.js'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('copyFile', () => {
  it.each([0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (3 << 20) + 7])(
    'copies %i bytes and answers what it wrote',
    async (size) => {
      const dir = scratchDir()
      const bytes = randomBytes(size)
      writeFileSync(join(dir, 'a'), bytes)
      expect(await copyFile(join(dir, 'a'), join(dir, 'b'))).toEqual({ size, sha256: sha256(bytes) })
      expect(readFileSync(join(dir, 'b')).equals(bytes)).toBe(true)
    },
  )

  it('never writes over anything, and reads only files', async () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'a'), 'a')
    writeFileSync(join(dir, 'b'), 'b')
    await expect(copyFile(join(dir, 'a'), join(dir, 'b'))).rejects.toMatchObject({ code: 'write_failed' })
    await expect(copyFile(dir, join(dir, 'c'))).rejects.toMatchObject({ code: 'write_failed' })
    expect(readFileSync(join(dir, 'b'), 'utf8')).toBe('b')
  })

  it('makes at each step a whole copy, also by short writes, or an error', async () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'a'), 'some bytes')
    const counted = instrument(nodeFileSystem)
    await copyFile(join(dir, 'a'), join(dir, 'whole'), { fileSystem: counted.fileSystem })
    for (let step = 0; step < counted.steps.length; step++) {
      const failing = instrument(nodeFileSystem, new Map([[step, { errno: 'EIO' }]]))
      const failed = copyFile(join(dir, 'a'), join(dir, `f${step}`), { fileSystem: failing.fileSystem })
      await expect(failed).rejects.toMatchObject({ code: 'write_failed', cause: { code: 'EIO' } })
      const short = instrument(nodeFileSystem, new Map([[step, 'short' as const]]))
      await copyFile(join(dir, 'a'), join(dir, `s${step}`), { fileSystem: short.fileSystem })
      expect(readFileSync(join(dir, `s${step}`), 'utf8')).toBe('some bytes')
    }
  })
})

describe('createFile', () => {
  it('writes a new file, or refuses', async () => {
    const path = join(scratchDir(), 'a')
    const bytes = Buffer.from('one')
    expect(await createFile(path, bytes)).toEqual({ size: 3, sha256: sha256(bytes) })
    await expect(createFile(path, Buffer.from('two'))).rejects.toMatchObject({ code: 'write_failed' })
    expect(readFileSync(path, 'utf8')).toBe('one')
  })
})
