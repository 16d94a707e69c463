import { randomBytes } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { messageOf } from '@taskclf/errors'
import { DurableFsError, errnoOf } from './errors.js'
import type { FileAttributes, FileSystem, OpenFile } from './file-system.js'
import { isNotToBeHad } from './follow-directory.js'
import { nodeFileSystem } from './node-file-system.js'
import { writeAll } from './write-all.js'

/** Where {@link writeFileAtomic} stages, and on what. */
export interface WriteFileAtomicOptions {
  fileSystem?: FileSystem
  /** Directory of the temporary file, on the same file system. Default: the target's own. */
  stagingDir?: string
}

/**
 * Replaces a file whole: temporary file of a name never used before, sync, rename, sync of the directory. Readers
 * see the old bytes or the new ones at any instant, after any crash. Mode and owner of the replaced file are kept; a
 * new one follows its directory. A link is never replaced.
 *
 * @throws DurableFsError `write_failed`, `target_is_a_link`: nothing changed. `durability_unknown`: the new file is in
 * place, but the last sync failed, so a power loss might bring the old one back.
 * @example
 * ```ts
 * await writeFileAtomic('models/index.json', Buffer.from('{}\n'))
 * ```
 */
export async function writeFileAtomic(
  path: string,
  bytes: Uint8Array,
  options: WriteFileAtomicOptions = {},
): Promise<void> {
  const fileSystem = options.fileSystem ?? nodeFileSystem
  const staged = join(
    options.stagingDir ?? dirname(path),
    `.${basename(path)}.${randomBytes(9).toString('base64url')}.tmp`,
  )
  await replaceFile(fileSystem, { staged, path, bytes })
}

/**
 * {@link writeFileAtomic} with the temporary file's path given: a lock holder stages in its private directory, so
 * that breaking the lock takes the file away from it.
 *
 * @throws DurableFsError as there.
 * @example
 * ```ts
 * await replaceFile(nodeFileSystem, { staged: join(lock.privateDir, 'new.json'), path: 'active.json', bytes })
 * ```
 */
export async function replaceFile(
  fileSystem: FileSystem,
  { staged, path, bytes }: { staged: string; path: string; bytes: Uint8Array },
): Promise<void> {
  try {
    const replaced = await whatIsThere(fileSystem, path)
    if (replaced?.kind === 'link') throw isALink(path)
    await stageFile(fileSystem, staged, bytes, { like: dirname(path), replaced })
    await fileSystem.rename(staged, path)
  } catch (error) {
    if (error instanceof DurableFsError) throw error
    await fileSystem.unlink(staged).catch(() => {})
    throw new DurableFsError('write_failed', path, `${path} was not written: ${messageOf(error)}`, error)
  }
  try {
    await fileSystem.syncDirectory(dirname(path))
  } catch (error) {
    throw new DurableFsError(
      'durability_unknown',
      path,
      `${path} is written, but whether it survives a power loss is unknown: ${messageOf(error)}`,
      error,
    )
  }
}

async function whatIsThere(fileSystem: FileSystem, path: string): Promise<FileAttributes | undefined> {
  try {
    return await fileSystem.lstat(path)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function isALink(path: string): DurableFsError {
  const advice = 'write to what it points to, or remove the link'
  return new DurableFsError(
    'target_is_a_link',
    path,
    `${path} is a link, which is never replaced by a file; ${advice}`,
  )
}

async function stageFile(
  fileSystem: FileSystem,
  path: string,
  bytes: Uint8Array,
  { like, replaced }: { like: string; replaced: FileAttributes | undefined },
): Promise<void> {
  const file = await fileSystem.createExclusive(path, like)
  try {
    await writeAll(file, bytes)
    if (replaced?.kind === 'file') await keepAttributes(file, replaced)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Owner, group and mode, in this order: giving a file away may change its mode. */
async function keepAttributes(file: OpenFile, { uid, gid, mode }: FileAttributes): Promise<void> {
  // Not everybody may give a file away, but perhaps to a group of theirs.
  await asFarAsPossible(
    () => file.chown(uid, gid),
    () => file.chown(-1, gid),
  )
  await asFarAsPossible(() => file.chmod(mode))
}

async function asFarAsPossible(...ways: (() => Promise<void>)[]): Promise<void> {
  for (const way of ways) {
    try {
      return await way()
    } catch (error) {
      if (!isNotToBeHad(error)) throw error
    }
  }
}
