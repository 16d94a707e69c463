import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { createCrashDisk, type Fault, instrument, scratchDir, seededRandom } from '@taskclf/test-kit'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  appendLine,
  copyFile,
  createFile,
  nodeFileSystem,
  replaceFile,
  writeFileAtomic,
} from '../src/index.js'
import { failure } from './lock-support.js'

const BYTES = Buffer.from('new')
const isRoot = process.getuid?.() === 0
const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8)
const ownersOf = (path: string): number[] => [statSync(path).uid, statSync(path).gid]

function directory(mode: number): string {
  const dir = join(scratchDir(), 'dir')
  mkdirSync(dir)
  chmodSync(dir, mode)
  return dir
}

function umask(mask: number): void {
  const before = process.umask(mask)
  onTestFinished(() => void process.umask(before))
}

describe('a replaced file', () => {
  it.each([0o644, 0o640, 0o600, 0o664, 0o666])('keeps its mode, whatever the umask: %o', async (mode) => {
    const path = join(directory(0o755), 'file')
    writeFileSync(path, 'old')
    chmodSync(path, mode)
    for (const mask of [0o077, 0o022, 0]) {
      umask(mask)
      await writeFileAtomic(path, BYTES)
      expect(modeOf(path)).toBe(mode.toString(8))
    }
  })

  it.skipIf(!isRoot)('keeps its owner and group when root replaces it', async () => {
    const path = join(directory(0o755), 'file')
    writeFileSync(path, 'old')
    chownSync(path, 1234, 5678)
    chmodSync(path, 0o640)
    await writeFileAtomic(path, BYTES)
    expect([ownersOf(path), modeOf(path)]).toEqual([[1234, 5678], '640'])
  })

  it.each(['EPERM', 'ENOTSUP'])('keeps its mode where owners cannot be set (%s)', async (errno) => {
    const path = join(directory(0o755), 'file')
    writeFileSync(path, 'old')
    chmodSync(path, 0o604)
    umask(0o077)
    const chowns: number[] = []
    const limited = withFile((file) => ({
      ...file,
      chown: async (uid: number) => {
        chowns.push(uid)
        throw failure(errno)
      },
    }))
    await writeFileAtomic(path, BYTES, { fileSystem: limited })
    expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual(['604', 'new'])
    // The group alone may be had where the owner is not.
    expect(chowns).toEqual([statSync(path).uid, -1])
  })

  it.each(['chmod', 'chown'] as const)(
    'stays as it is when its %s fails for another reason',
    async (which) => {
      const path = join(directory(0o755), 'file')
      writeFileSync(path, 'old')
      const failing = withFile((file) => ({
        ...file,
        [which]: async () => {
          throw failure('EIO')
        },
      }))
      const written = writeFileAtomic(path, BYTES, { fileSystem: failing })
      await expect(written).rejects.toMatchObject({ code: 'write_failed' })
      expect(readFileSync(path, 'utf8')).toBe('old')
    },
  )

  it('neither follows nor replaces a replaced file that is a link', async () => {
    const dir = directory(0o755)
    writeFileSync(join(dir, 'real'), 'old')
    for (const target of ['real', 'nowhere']) {
      const path = join(dir, `link-to-${target}`)
      symlinkSync(target, path)
      const staged = join(dir, 'staged')
      const replaced = replaceFile(nodeFileSystem, { staged, path, bytes: BYTES })
      await expect(replaced).rejects.toMatchObject({ code: 'target_is_a_link', path })
      expect(lstatSync(path).isSymbolicLink()).toBe(true)
    }
    expect(readFileSync(join(dir, 'real'), 'utf8')).toBe('old')
  })

  it('has its mode on the disk before it has its name, whatever fails and whenever the power goes', async () => {
    const random = seededRandom(7)
    const disk = () => {
      const made = createCrashDisk({ dirs: ['/d'], files: { '/d/file': 'old' } })
      return {
        made,
        write: (fileSystem = made.fileSystem) => writeFileAtomic('/d/file', BYTES, { fileSystem }),
      }
    }
    const shared = async () => {
      const { made, write } = disk()
      const file = await made.fileSystem.openAppend('/d/file')
      await file.chmod(0o664)
      await file.chown(7, 8)
      await file.sync()
      return { made, write }
    }
    const counted = instrument((await shared()).made.fileSystem)
    await writeFileAtomic('/d/file', BYTES, { fileSystem: counted.fileSystem })
    const faults: Fault[] = ['kill', ...['EIO', 'ENOSPC', 'EROFS', 'EPERM'].map((errno) => ({ errno }))]
    for (let step = 0; step < counted.steps.length; step++) {
      for (const fault of faults) {
        const { made, write } = await shared()
        const faulty = instrument(made.fileSystem, new Map([[step, fault]]))
        await write(faulty.fileSystem).catch(() => {})
        const mayLose =
          typeof fault === 'object' && fault.errno === 'EPERM' && counted.steps[step] !== 'lstat'
        for (const survivor of [made, ...Array.from({ length: 20 }, () => made.crash(random))]) {
          expect(['old', 'new']).toContain(survivor.bytesOf('/d/file')?.toString())
          if (!mayLose) expect(survivor.accessOf('/d/file')).toEqual({ mode: 0o664, uid: 7, gid: 8 })
        }
      }
    }
  })
})

describe('what is new', () => {
  it.each([
    [0o755, '644', '755'],
    [0o750, '640', '750'],
    [0o700, '600', '700'],
    [0o777, '644', '755'],
    [0o2755, '644', '2755'],
  ])(
    'is readable as far as its directory of mode %o is, though the umask is 077',
    async (mode, file, dir) => {
      const at = directory(mode)
      umask(0o077)
      await writeFileAtomic(join(at, 'written'), BYTES)
      await createFile(join(at, 'created'), BYTES)
      await copyFile(join(at, 'created'), join(at, 'copied'))
      await appendLine(join(at, 'appended'), ['x'])
      await nodeFileSystem.mkdir(join(at, 'made'))
      const files = ['written', 'created', 'copied', 'appended'].map((name) => modeOf(join(at, name)))
      expect([...files, modeOf(join(at, 'made'))]).toEqual([file, file, file, file, dir])
    },
  )

  it('loses nothing that the umask gives', async () => {
    const at = directory(0o700)
    umask(0o002)
    await writeFileAtomic(join(at, 'written'), BYTES)
    expect(modeOf(join(at, 'written'))).toBe('664')
  })

  it('follows the directory it will be in, not the one it is staged in, and another where given one', async () => {
    const [at, staging] = [directory(0o755), directory(0o700)]
    umask(0o077)
    await writeFileAtomic(join(at, 'written'), BYTES, { stagingDir: staging })
    await createFile(join(staging, 'created'), BYTES, { like: at })
    await nodeFileSystem.mkdir(join(staging, 'made'), at)
    expect([modeOf(join(at, 'written')), modeOf(join(staging, 'created'))]).toEqual(['644', '644'])
    expect(modeOf(join(staging, 'made'))).toBe('755')
  })

  it('leaves an appended file as it is when the file is not new', async () => {
    const path = join(directory(0o755), 'log')
    writeFileSync(path, '')
    chmodSync(path, 0o600)
    await appendLine(path, ['x'])
    expect(modeOf(path)).toBe('600')
  })

  it('makes what is appended through a link where the link leads', async () => {
    const at = directory(0o755)
    symlinkSync('real', join(at, 'log'))
    await appendLine(join(at, 'log'), ['x'])
    expect(readFileSync(join(at, 'real'), 'utf8')).toBe('x\n')
  })

  it.skipIf(!isRoot)('belongs to whom its directory belongs to when root makes it', async () => {
    const at = directory(0o700)
    chownSync(at, 1234, 5678)
    await writeFileAtomic(join(at, 'written'), BYTES)
    await appendLine(join(at, 'appended'), ['x'])
    await nodeFileSystem.mkdir(join(at, 'made'))
    const owners = ['written', 'appended', 'made'].map((name) => ownersOf(join(at, name)))
    expect(owners).toEqual(Array(3).fill([1234, 5678]))
  })
})

type Opened = Awaited<ReturnType<typeof nodeFileSystem.createExclusive>>

function withFile(change: (file: Opened) => Opened): typeof nodeFileSystem {
  return {
    ...nodeFileSystem,
    createExclusive: async (path, like) => change(await nodeFileSystem.createExclusive(path, like)),
  }
}
