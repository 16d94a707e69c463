import { errnoOf } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import { readHashed } from '@taskclf/registry-core'
import { RegistryUseError } from '../errors.js'

/** A file in memory, and what it was when it was read. */
export interface WholeFile {
  bytes: Uint8Array
  /** 64 hex digits. */
  sha256: string
}

/**
 * Reads a plain file whole. Anything else, such as a pipe that nobody may ever write to, is refused.
 *
 * @throws RegistryUseError `file_unreadable`.
 */
export async function readWhole(path: string): Promise<WholeFile> {
  try {
    const { bytes, entry } = await readHashed(path, { keep: true })
    return { bytes: bytes as Uint8Array, sha256: entry.sha256 }
  } catch (error) {
    const why = messageOf(error)
    // What the system says names the path already.
    const message = errnoOf(error) === undefined ? `${path} ${why}` : why
    throw new RegistryUseError('file_unreadable', message, { path })
  }
}
