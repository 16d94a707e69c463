import { lstatSync } from 'node:fs'
import { errnoOf, type FileSystem, type SmallFile } from '@taskclf/durable-fs'
import { MAX_DOCUMENT_BYTES } from '@taskclf/registry-core'
import { digestOf } from '../digest-of.js'
import { HistoryParser, type ParsedHistory } from '../format/history.js'
import { type DocumentBytes, refused, unreadable } from './document-bytes.js'
import { readLinked } from './read-linked.js'

/**
 * Reads a small document through a file system.
 *
 * @throws ActivePointerError `io` when the environment keeps it from being read: nothing may be decided then.
 */
export async function readDocument(path: string, fileSystem: FileSystem): Promise<DocumentBytes> {
  const small = await readQuickly(path, fileSystem)
  return small === undefined ? readOpened(path, fileSystem) : fromSmall(path, small)
}

async function readQuickly(path: string, fileSystem: FileSystem): Promise<SmallFile | undefined> {
  try {
    return await fileSystem.readSmall?.(path, { maxBytes: MAX_DOCUMENT_BYTES, noFollow: true })
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function readOpened(path: string, fileSystem: FileSystem): Promise<DocumentBytes> {
  try {
    const file = await fileSystem.openRead(path)
    try {
      const size = await file.size()
      if (size > MAX_DOCUMENT_BYTES) return refused('too_large', `${path} has ${size} bytes; remove it`)
      return { status: 'present', bytes: await file.read(0, size) }
    } finally {
      await file.close()
    }
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT') return { status: 'absent' }
    // So a file system answers for what is not a regular file.
    if (errno === 'EINVAL') return refused('not_a_file', `${path} is not a regular file`)
    throw unreadable(path, error)
  }
}

function fromSmall(path: string, file: SmallFile): DocumentBytes {
  if (file.ok) return { status: 'present', bytes: file.bytes }
  if (file.reason === 'missing') return { status: 'absent' }
  if (file.reason === 'not_a_file' || file.reason === 'too_large') return refused(file.reason, file.message)
  const errno = errnoOf(file.cause)
  if (errno === 'ELOOP' || errno === 'EMLINK') return readLinked(path)
  throw unreadable(path, file.cause)
}

/** How much of a history is read at a time. */
const BLOCK_BYTES = 1024 * 1024

/** Reads a history of any length, block by block; empty when it is missing. */
export async function readLines(path: string, fileSystem: FileSystem): Promise<ParsedHistory> {
  const parser = new HistoryParser(digestOf)
  const file = await openIfThere(fileSystem, path)
  if (file === undefined) return parser.end()
  try {
    const size = await file.size()
    for (let at = 0; at < size; at += BLOCK_BYTES)
      parser.push(await file.read(at, Math.min(BLOCK_BYTES, size - at)))
  } finally {
    await file.close()
  }
  return parser.end()
}

/** The file, or undefined when there is none. A link that leads nowhere is an error, and must not count as none. */
export async function openIfThere(fileSystem: FileSystem, path: string): Promise<ReadHandle | undefined> {
  for (let again = MOST_APPEARANCES; ; again--) {
    try {
      return await fileSystem.openRead(path)
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error
      const found = lstatSync(path, { throwIfNoEntry: false })
      if (found === undefined) return undefined
      // What is not a link was made just now, by the first writer ever.
      if (found.isSymbolicLink() || again === 0) throw error
    }
  }
}

type ReadHandle = Awaited<ReturnType<FileSystem['openRead']>>

const MOST_APPEARANCES = 3
