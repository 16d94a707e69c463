import { lstatSync } from 'node:fs'
import { errnoOf, type FileSystem, nodeFileSystem, readSmallFile } from '@taskclf/durable-fs'
import { MAX_DOCUMENT_BYTES } from '@taskclf/registry-core'
import { type DocumentBytes, refused, unreadable } from './document-bytes.js'
import { HistoryParser, type ParsedHistory } from './history.js'
import { readLinked } from './read-linked.js'

/**
 * Reads a small document, through the given file system when there is one (faults are injected there).
 *
 * @throws ActivePointerError `io` when the environment keeps it from being read: nothing may be decided then.
 */
export async function readDocument(
  path: string,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<DocumentBytes> {
  if (fileSystem === nodeFileSystem) return readLocal(path)
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

/** How much of a history is read at a time. */
const BLOCK_BYTES = 1024 * 1024

/** Reads a history of any length, block by block; empty when it is missing. */
export async function readLines(path: string, fileSystem: FileSystem): Promise<ParsedHistory> {
  const parser = new HistoryParser()
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
      // What is no link was made just now, by the first writer ever.
      if (found.isSymbolicLink() || again === 0) throw error
    }
  }
}

type ReadHandle = Awaited<ReturnType<FileSystem['openRead']>>

const MOST_APPEARANCES = 3

function readLocal(path: string): DocumentBytes {
  const file = readSmallFile(path, { maxBytes: MAX_DOCUMENT_BYTES, noFollow: true })
  if (file.ok) return { status: 'present', bytes: file.bytes }
  if (file.reason === 'missing') return { status: 'absent' }
  if (file.reason === 'not_a_file' || file.reason === 'too_large') return refused(file.reason, file.message)
  const errno = errnoOf(file.cause)
  if (errno === 'ELOOP' || errno === 'EMLINK') return readLinked(path)
  throw unreadable(path, file.cause)
}
