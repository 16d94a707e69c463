import { join } from 'node:path'
import type { FileSystem } from '@taskclf/durable-fs'
import { type CrashDisk, createCrashDisk } from '@taskclf/test-kit'
import type { Subject } from '../src/index.js'
import { linesIn, localSubject, publishing, textOf } from './subjects.js'

/** A models dir whose bundles are on the real disk, and whose pointer and history are on one in memory that can lose its power. */
export interface CrashSubject extends Subject {
  disk: CrashDisk
  pointerBytes(): Buffer | undefined
  historyBytes(): Buffer | undefined
}

/** @param through what the store's file operations go through, for faults */
export function crashSubject(through: (disk: FileSystem) => FileSystem = (disk) => disk): CrashSubject {
  const real = localSubject()
  const models = real.store.location
  const disk = createCrashDisk({ dirs: [models] })
  const [pointer, history] = [join(models, 'active.json'), join(models, 'active_history.jsonl')]
  return {
    ...real,
    disk,
    store: publishing(models, { fileSystem: through(disk.fileSystem) }),
    putPointer: async (content) => {
      if (content !== undefined) return replace(disk.fileSystem, pointer, Buffer.from(content as string))
      if (disk.bytesOf(pointer) !== undefined) await disk.fileSystem.unlink(pointer)
      await disk.fileSystem.syncDirectory(models)
    },
    lines: () => linesIn(disk.bytesOf(history) ?? Buffer.alloc(0)),
    putLines: (lines) => replace(disk.fileSystem, history, Buffer.from(textOf(lines))),
    pointerBytes: () => disk.bytesOf(pointer),
    historyBytes: () => disk.bytesOf(history),
  }
}

/** Another program's write, which is durable when it ends. */
async function replace(fileSystem: FileSystem, path: string, bytes: Buffer): Promise<void> {
  const file = await fileSystem.createExclusive(`${path}.new`)
  for (let at = 0; at < bytes.length; ) at += await file.write(bytes.subarray(at))
  await file.sync()
  await file.close()
  await fileSystem.rename(`${path}.new`, path)
  await fileSystem.syncDirectory(join(path, '..'))
}
