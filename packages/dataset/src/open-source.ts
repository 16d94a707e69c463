import { createReadStream } from 'node:fs'
import { messageOf } from '@taskclf/errors'
import { DatasetError } from './errors.js'
import type { RowSource } from './row.js'

const CHUNK_BYTES = 1 << 16

/** The bytes of a source, chunk by chunk; a failure to read is a typed error, and leaving early closes the file. */
export async function* openSource(source: RowSource): AsyncGenerator<Buffer, void, undefined> {
  const path = pathOf(source)
  try {
    const chunks =
      typeof source === 'string' ? createReadStream(source, { highWaterMark: CHUNK_BYTES }) : source
    for await (const chunk of chunks) yield toBuffer(chunk)
  } catch (error) {
    throw new DatasetError('unreadable', `cannot be read: ${messageOf(error)}`, { path, cause: error })
  }
}

/** The path of a source that has one. */
export function pathOf(source: RowSource): string | undefined {
  return typeof source === 'string' ? source : undefined
}

function toBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
