import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import { DatasetError } from './errors.js'
import { stagedPath, sweepStaged } from './staged-file.js'

/** Where text goes. Nothing is under the final name before `commit`, and nothing is left after `discard`. */
export interface Sink {
  write(text: string): Promise<void>
  commit(): Promise<void>
  discard(): Promise<void>
}

/** A file, staged beside its place under a name never used before, which says whose it is. A device or FIFO is written straight to. */
export async function openFileSink(path: string): Promise<Sink> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) {
    throw new DatasetError('not_a_file', 'is a directory; name a file to write', { path })
  }
  if (found && !found.isFile()) {
    const file = await opening(path, () => open(path, constants.O_WRONLY))
    const close = () => file.close()
    return { write: (text) => writing(path, () => file.writeFile(text)), commit: close, discard: close }
  }
  return openStaged(path, found)
}

async function openStaged(path: string, found: Stats | undefined): Promise<Sink> {
  // A link stays a link: what it points to is replaced.
  const target = found ? await realpath(path) : path
  await sweepStaged(target)
  const staged = stagedPath(target)
  const file = await opening(path, () => open(staged, 'wx', found ? found.mode & 0o777 : 0o666))
  const discard = async () => {
    await file.close().catch(() => {})
    await unlink(staged).catch(() => {})
  }
  return {
    write: (text) => writing(path, () => file.writeFile(text)),
    commit: async () => {
      await writing(path, () => syncAndRename(file, staged, target)).catch(async (error: unknown) => {
        await discard()
        throw error
      })
      await syncEntry(path, target)
    },
    discard,
  }
}

async function syncAndRename(file: FileHandle, staged: string, target: string): Promise<void> {
  await file.sync()
  await file.close()
  await rename(staged, target)
}

async function syncEntry(path: string, target: string): Promise<void> {
  try {
    await nodeFileSystem.syncDirectory(dirname(target))
  } catch (error) {
    const message = `is written, but whether it survives a power loss is unknown: ${messageOf(error)}`
    throw new DatasetError('durability_unknown', message, { path, cause: error })
  }
}

/** A stream of the caller's, which stays open: each write returns once the stream has taken it. */
export function openStreamSink(stream: Writable): Sink {
  // The failure is answered by the write that met it; without a listener it would also end the process.
  const ignore = () => {}
  stream.on('error', ignore)
  const release = async () => {
    stream.off('error', ignore)
  }
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()))
    })
  return { write: (text) => writing(undefined, () => write(text)), commit: release, discard: release }
}

async function opening(path: string, step: () => Promise<FileHandle>): Promise<FileHandle> {
  try {
    return await step()
  } catch (error) {
    throw new DatasetError('write_failed', `cannot be created: ${messageOf(error)}`, { path, cause: error })
  }
}

async function writing(path: string | undefined, step: () => Promise<void>): Promise<void> {
  try {
    await step()
  } catch (error) {
    throw new DatasetError('write_failed', `was not written: ${messageOf(error)}`, { path, cause: error })
  }
}
