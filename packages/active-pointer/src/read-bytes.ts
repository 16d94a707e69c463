import { errnoOf, type FileSystem, nodeFileSystem, readSmallFile } from '@taskclf/durable-fs'
import { MAX_DOCUMENT_BYTES } from '@taskclf/registry-core'
import type { PointerProblem } from './pointer.js'

/** A document's bytes; `absent` and nothing else means that there is no such file. */
export type DocumentBytes =
  | { status: 'present'; bytes: Uint8Array }
  | { status: 'absent' }
  | { status: 'refused'; problem: PointerProblem }

/** Reads a small document, through the given file system when there is one (faults are injected there). */
export async function readDocument(
  path: string,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<DocumentBytes> {
  if (fileSystem === nodeFileSystem) return readLocal(path)
  const bytes = await readWhole(path, fileSystem)
  return bytes === undefined ? { status: 'absent' } : { status: 'present', bytes }
}

/** All bytes of a file of any length; undefined when it is missing. */
export async function readWhole(path: string, fileSystem: FileSystem): Promise<Uint8Array | undefined> {
  try {
    const file = await fileSystem.openRead(path)
    try {
      return await file.read(0, await file.size())
    } finally {
      await file.close()
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function readLocal(path: string): DocumentBytes {
  const file = readSmallFile(path, { maxBytes: MAX_DOCUMENT_BYTES })
  if (file.ok) return { status: 'present', bytes: file.bytes }
  if (file.reason === 'missing') return { status: 'absent' }
  const code = file.reason === 'vanished' ? 'unreadable' : file.reason
  return { status: 'refused', problem: { code, message: file.message } }
}
