import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Fault, instrument, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { appendLine, nodeFileSystem, writeFileAtomic } from '../src/index.js'

const text = (path: string) => readFileSync(path, 'utf8')
const FAULTS: Fault[] = [{ errno: 'EIO' }, { errno: 'ENOSPC' }, 'short', 'kill']

async function stepsOf(run: (fileSystem: typeof nodeFileSystem) => Promise<void>): Promise<number> {
  const counted = instrument(nodeFileSystem)
  await run(counted.fileSystem)
  return counted.steps.length
}

describe('writeFileAtomic', () => {
  it('replaces the file and leaves nothing beside it', async () => {
    const dir = scratchDir()
    const path = join(dir, 'a.json')
    await writeFileAtomic(path, Buffer.from('one'))
    await writeFileAtomic(path, Buffer.from('two'))
    expect([text(path), readdirSync(dir)]).toEqual(['two', ['a.json']])
  })

  it('stages in the directory that it is given', async () => {
    const dir = scratchDir()
    mkdirSync(join(dir, 'stage'))
    const seen = instrument(nodeFileSystem)
    await writeFileAtomic(join(dir, 'a'), Buffer.from('x'), {
      fileSystem: seen.fileSystem,
      stagingDir: join(dir, 'stage'),
    })
    expect(seen.steps).toEqual([
      'lstat',
      'createExclusive',
      'file.write',
      'file.sync',
      'file.close',
      'rename',
      'syncDirectory',
    ])
  })

  it('is old or new, whole, whatever fails at whatever step', async () => {
    const dir = scratchDir()
    const path = join(dir, 'a')
    const write = (fileSystem: typeof nodeFileSystem) =>
      writeFileAtomic(path, Buffer.from('the new bytes'), { fileSystem })
    const steps = await stepsOf(write)
    for (let step = 0; step < steps; step++) {
      for (const fault of FAULTS) {
        writeFileSync(path, 'the old bytes')
        const faulty = instrument(nodeFileSystem, new Map([[step, fault]]))
        const outcome = await write(faulty.fileSystem).then(
          () => 'done',
          (error: { code: string }) => error.code,
        )
        const replaced = text(path) === 'the new bytes'
        if (!replaced) expect(text(path)).toBe('the old bytes')
        expect([step, fault, outcome, replaced]).toEqual([
          step,
          fault,
          replaced ? (outcome === 'done' ? 'done' : 'durability_unknown') : 'write_failed',
          replaced,
        ])
        if (fault !== 'kill') expect(readdirSync(dir)).toEqual(['a'])
        for (const name of readdirSync(dir)) if (name !== 'a') await nodeFileSystem.unlink(join(dir, name))
      }
    }
  })
})

describe('appendLine', () => {
  it('appends lines and ends a torn one first', async () => {
    const path = join(scratchDir(), 'log')
    await appendLine(path, ['one', 'two'])
    writeFileSync(path, 'one\ntwo\n{"half')
    await appendLine(path, ['three'])
    expect(text(path)).toBe('one\ntwo\n{"half\nthree\n')
  })

  it('syncs the directory of a new file, and of an old one when told to', async () => {
    const path = join(scratchDir(), 'log')
    const synced = async (syncEntry: boolean) => {
      const seen = instrument(nodeFileSystem)
      await appendLine(path, ['x'], { fileSystem: seen.fileSystem, syncEntry })
      return seen.steps.filter((step) => step.includes('sync'))
    }
    expect(await synced(false)).toEqual(['file.sync', 'syncDirectory'])
    expect(await synced(false)).toEqual(['file.sync'])
    expect(await synced(true)).toEqual(['file.sync', 'syncDirectory'])
  })

  it('never loses or joins earlier lines, whatever fails; the next append succeeds', async () => {
    const path = join(scratchDir(), 'log')
    const append = (fileSystem: typeof nodeFileSystem) => appendLine(path, ['second line'], { fileSystem })
    const steps = await stepsOf(append)
    for (let step = 0; step < steps; step++) {
      for (const fault of FAULTS) {
        writeFileSync(path, 'first\n')
        const faulty = instrument(nodeFileSystem, new Map([[step, fault]]))
        const failed = await append(faulty.fileSystem).then(
          () => false,
          (error: { code: string }) => error.code === 'append_failed',
        )
        await appendLine(path, ['third'])
        const lines = text(path).split('\n')
        expect(lines[0]).toBe('first')
        expect(lines.at(-2)).toBe('third')
        if (!failed) expect(lines[1]).toBe('second line')
      }
    }
  })

  it('appends again what another writer came into with part of a line', async () => {
    const path = join(scratchDir(), 'log')
    for (const [before, meanwhile, times] of [
      ['first\n', 'half of another', 2],
      ['', 'half of another', 2],
      ['first\n', 'a whole other\n', 1],
      ['{"torn', 'half of another', 1],
    ] as const) {
      writeFileSync(path, before)
      let late = true
      const slow = {
        ...nodeFileSystem,
        openAppend: async (p: string) => {
          const file = await nodeFileSystem.openAppend(p)
          const write = async (bytes: Uint8Array) => {
            if (late) appendFileSync(p, meanwhile)
            late = false
            return file.write(bytes)
          }
          return { ...file, write }
        },
      }
      await appendLine(path, ['second', 'third'], { fileSystem: slow })
      const lines = text(path).split('\n')
      expect(lines.slice(-3)).toEqual(['second', 'third', ''])
      expect(lines.filter((line) => line === 'third')).toHaveLength(times)
    }
  })

  it('gives up on a file that others never stop writing into', async () => {
    const path = join(scratchDir(), 'log')
    const busy = {
      ...nodeFileSystem,
      openAppend: async (p: string) => {
        const file = await nodeFileSystem.openAppend(p)
        const write = async (bytes: Uint8Array) => {
          appendFileSync(p, 'x')
          return file.write(bytes)
        }
        return { ...file, write }
      },
    }
    await expect(appendLine(path, ['second'], { fileSystem: busy })).rejects.toMatchObject({
      code: 'append_failed',
    })
  })

  it('fails with a code when the file cannot be opened', async () => {
    await expect(appendLine(join(scratchDir(), 'no', 'such', 'dir'), ['x'])).rejects.toMatchObject({
      code: 'append_failed',
    })
  })

  it('gives up when the system accepts no bytes', async () => {
    const path = join(scratchDir(), 'log')
    const stuck = {
      ...nodeFileSystem,
      openAppend: async (p: string) => ({ ...(await nodeFileSystem.openAppend(p)), write: async () => 0 }),
    }
    await expect(appendLine(path, ['x'], { fileSystem: stuck })).rejects.toMatchObject({
      code: 'append_failed',
    })
  })
})

describe('nodeFileSystem', () => {
  it('opens only regular files for reading', async () => {
    await expect(nodeFileSystem.openRead(scratchDir())).rejects.toMatchObject({ code: 'EINVAL' })
  })

  it('reads a range, fewer bytes only at the end', async () => {
    const path = join(scratchDir(), 'a')
    writeFileSync(path, '0123456789')
    const file = await nodeFileSystem.openRead(path)
    expect(Buffer.from(await file.read(2, 3)).toString()).toBe('234')
    expect(Buffer.from(await file.read(8, 9)).toString()).toBe('89')
    await file.close()
  })

  it('cannot sync a directory that is not there', async () => {
    await expect(nodeFileSystem.syncDirectory(join(scratchDir(), 'no'))).rejects.toMatchObject({
      code: 'ENOENT',
    })
  })
})
