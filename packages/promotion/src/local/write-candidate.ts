import { basename, dirname, join, resolve } from 'node:path'
import {
  copyFile,
  createFile,
  DurableFsError,
  errnoOf,
  type FileSystem,
  nodeFileSystem,
  removeTree,
} from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import { changed } from './stage-tree.js'
import { openStaging, sweepStaging } from './staging.js'

/** What a candidate is made of. */
export interface CandidateParts {
  /** Name in the candidate → the file that is copied, and the digest that it had when it was looked at. */
  copies: Readonly<Record<string, { from: string; sha256: string }>>
  /** Name in the candidate → text. */
  documents: Readonly<Record<string, string>>
}

/** Where {@link writeCandidate} works, beside the candidate and hidden. */
const STAGING = '.taskclf-candidates'

/**
 * Makes the directory of a candidate: staged beside its place, synced, tried, renamed. It is there whole or not at all, after
 * any crash, and nothing that is there is written over; what killed processes left is removed by the next.
 *
 * @param tryCopy looks at the staged directory; a throw makes no candidate
 * @returns its absolute path; undefined where something of that name is there already
 * @throws PromotionError `candidate_changed`; DurableFsError `write_failed`.
 * @example
 * ```ts
 * await writeCandidate('candidate', { copies: {}, documents: { 'metadata.json': '{}' } }, async (dir) => look(dir))
 * ```
 */
export async function writeCandidate<T>(
  out: string,
  parts: CandidateParts,
  tryCopy: (dir: string) => Promise<T>,
): Promise<{ path: string; tried: T } | undefined> {
  const path = resolve(out)
  const parent = dirname(path)
  const work = join(parent, STAGING)
  let staging: string | undefined
  try {
    await sweepStaging(nodeFileSystem, work)
    staging = await openStaging(nodeFileSystem, work)
    const staged = join(staging, basename(path))
    await stage(nodeFileSystem, staged, parts, parent)
    const tried = await tryCopy(staged)
    if (await isThere(nodeFileSystem, path)) return undefined
    await nodeFileSystem.rename(staged, path)
    await nodeFileSystem.syncDirectory(parent)
    return { path, tried }
  } catch (error) {
    if (OCCUPIED.has(errnoOf(error) ?? '')) return undefined
    if (!errnoOf(error)?.startsWith('E')) throw error
    throw new DurableFsError('write_failed', path, `${path} was not made: ${messageOf(error)}`, error)
  } finally {
    if (staging !== undefined) await removeTree(nodeFileSystem, staging).catch(() => {})
    // Others may be at work in it.
    await nodeFileSystem.rmdir(work).catch(() => {})
  }
}

const OCCUPIED = new Set(['ENOTEMPTY', 'EEXIST'])

async function stage(
  fileSystem: FileSystem,
  staged: string,
  { copies, documents }: CandidateParts,
  like: string,
): Promise<void> {
  await fileSystem.mkdir(staged, like)
  for (const [name, { from, sha256 }] of Object.entries(copies)) {
    const copied = await copyFile(from, join(staged, name), { fileSystem, like })
    if (copied.sha256 !== sha256) throw changed(from, '')
  }
  for (const [name, text] of Object.entries(documents))
    await createFile(join(staged, name), Buffer.from(text), { fileSystem, like })
  await fileSystem.syncDirectory(staged)
}

async function isThere(fileSystem: FileSystem, path: string): Promise<boolean> {
  try {
    await fileSystem.lstat(path)
    return true
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false
    throw error
  }
}
