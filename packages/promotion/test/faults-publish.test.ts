import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { localStore } from '@taskclf/active-pointer'
import { type FileSystem, nodeFileSystem, type OpenFile } from '@taskclf/durable-fs'
import { listBundles, verifyBundle } from '@taskclf/registry-core'
import {
  createCrashDisk,
  type Fault,
  instrument,
  scratchDir,
  seededRandom,
  writeBundle,
} from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { publishBundle } from '../src/index.js'

const FAULTS: Fault[] = ['kill', 'short', ...['ENOSPC', 'EIO', 'EACCES', 'EROFS'].map((errno) => ({ errno }))]
const nameOf = (fault: Fault) => (typeof fault === 'string' ? fault : fault.errno)
const LOCK = { staleAfterMs: 0 }

function registry(): { modelsDir: string; candidateDir: string } {
  const root = scratchDir()
  const modelsDir = join(root, 'models')
  writeBundle(modelsDir, 'run-old')
  const candidateDir = writeBundle(root, 'candidate', {
    metadata: { model_id: 'run-new' },
    files: { 'categorical_encoders.json': '{"app_id":["a"]}', 'self_test.json': null },
  })
  mkdirSync(join(candidateDir, 'plots'))
  writeFileSync(join(candidateDir, 'plots', 'roc.csv'), 'x,y\n')
  return { modelsDir, candidateDir }
}

/** A reader's view: each promoted bundle whole, and which ones. */
async function whole(modelsDir: string): Promise<string[]> {
  const bundles = await listBundles(modelsDir)
  for (const bundle of bundles) {
    expect([bundle.modelId, bundle.status]).toEqual([bundle.modelId, 'valid'])
    if (bundle.modelId === 'run-new') expect((await verifyBundle(bundle.path)).ok).toBe(true)
  }
  return bundles.map(({ modelId }) => modelId)
}

/** The next publisher: succeeds, or says that the bundle is there already. */
async function publishNext(modelsDir: string, candidateDir: string): Promise<void> {
  await publishBundle({ modelsDir, candidateDir, lock: LOCK }).catch((error) => {
    expect(['already_promoted', 'id_taken']).toContain(error.code)
  })
  expect(await whole(modelsDir)).toEqual(['run-new', 'run-old'])
}

describe('publishing, at every step, under every fault', () => {
  it('shows a reader nothing of the bundle or all of it; a clear error; the next publisher succeeds', async () => {
    const clean = registry()
    const counted = instrument(nodeFileSystem)
    await publishBundle({ ...clean, modelsDir: localStore(clean.modelsDir, counted) })
    const rows: string[] = []
    for (const [step, name] of counted.steps.entries()) {
      const cells: string[] = []
      for (const fault of FAULTS) {
        const { modelsDir, candidateDir } = registry()
        const faulty = instrument(nodeFileSystem, new Map([[step, fault]]))
        const said = await publishBundle({
          modelsDir: localStore(modelsDir, { fileSystem: faulty.fileSystem }),
          candidateDir,

          lock: LOCK,
        }).then(
          () => 'done',
          (error: { code: string }) => (faulty.killed ? 'killed' : error.code),
        )
        const there = (await whole(modelsDir)).includes('run-new')
        cells.push(`${nameOf(fault)}: ${there ? 'there' : 'not'}, ${said}`)
        if (said === 'done' || said === 'durability_unknown') expect(there).toBe(true)
        else if (said !== 'killed') expect([step, name, said, there]).toEqual([step, name, said, false])
        await publishNext(modelsDir, candidateDir)
      }
      rows.push(`${step} ${name}`.padEnd(20) + cells.map((cell) => cell.padEnd(34)).join(''))
    }
    process.stdout.write(`\npublish\n${rows.join('\n')}\n`)
  }, 240_000)
})

describe('publishing, and the power gone at every step', () => {
  it('leaves nothing of the bundle, or all of it, and keeps what was done', async () => {
    const random = seededRandom(5)
    const { modelsDir, candidateDir } = registry()
    const survivors: ReturnType<typeof createCrashDisk>[] = []
    const lose = () => {
      for (let i = 0; i < 4; i++) survivors.push(disk.crash(random, i % 2 === 0 ? 'any' : 'journal'))
    }
    const disk: ReturnType<typeof createCrashDisk> = createCrashDisk({ dirs: [modelsDir], beforeStep: lose })
    await publishBundle({
      modelsDir: localStore(modelsDir, { fileSystem: mirrored(disk.fileSystem) }),
      candidateDir,
      lock: LOCK,
    })
    const seen = { not: 0, there: 0 }
    for (const survivor of survivors) {
      const again = materialize(survivor, modelsDir)
      const there = (await whole(again)).includes('run-new')
      seen[there ? 'there' : 'not']++
      await publishNext(again, candidateDir)
    }
    expect(Math.min(seen.not, seen.there)).toBeGreaterThan(0)
    for (let i = 0; i < 30; i++)
      expect(
        await whole(materialize(disk.crash(random, i % 2 === 0 ? 'any' : 'journal'), modelsDir)),
      ).toContain('run-new')
  }, 240_000)
})

/** The local file system, with every change made in another one too. What is only read has no place there. */
function mirrored(other: FileSystem): FileSystem {
  const both =
    <A extends unknown[], T>(real: (...args: A) => Promise<T>, copy: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const result = await real(...args)
      await copy(...args)
      return result
    }
  const bothFiles =
    (real: (path: string) => Promise<OpenFile>, copy: (path: string) => Promise<OpenFile>) =>
    async (path: string): Promise<OpenFile> => {
      const [file, twin] = [await real(path), await copy(path)]
      return {
        ...file,
        write: async (bytes) => {
          const taken = await file.write(bytes)
          await twin.write(Uint8Array.from(bytes.subarray(0, taken)))
          return taken
        },
        sync: both(file.sync, twin.sync),
        close: both(file.close, twin.close),
      }
    }
  return {
    ...nodeFileSystem,
    createExclusive: bothFiles(nodeFileSystem.createExclusive, other.createExclusive),
    openAppend: bothFiles(nodeFileSystem.openAppend, other.openAppend),
    mkdir: both(nodeFileSystem.mkdir, other.mkdir),
    rename: both(nodeFileSystem.rename, other.rename),
    unlink: both(nodeFileSystem.unlink, other.unlink),
    rmdir: both(nodeFileSystem.rmdir, other.rmdir),
    syncDirectory: both(nodeFileSystem.syncDirectory, other.syncDirectory),
  }
}

/** What survived, as a models dir on the real disk, beside the bundle that was there before. */
function materialize(disk: ReturnType<typeof createCrashDisk>, modelsDir: string): string {
  const into = join(scratchDir(), 'models')
  mkdirSync(into)
  for (const name of readdirSync(modelsDir))
    if (name === 'run-old') cpSync(join(modelsDir, name), join(into, name), { recursive: true })
  for (const [path, bytes] of disk.list()) {
    if (!path.startsWith(`${modelsDir}/`)) continue
    const at = join(into, path.slice(modelsDir.length))
    if (bytes === undefined) mkdirSync(at, { recursive: true })
    else writeFileSync(at, bytes)
  }
  return into
}
