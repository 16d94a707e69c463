import { lstatSync, realpathSync } from 'node:fs'
import { dirname, sep } from 'node:path'
import { errnoOf, readSmallFile } from '@taskclf/durable-fs'
import { MAX_DOCUMENT_BYTES } from '@taskclf/registry-core'
import { type DocumentBytes, refused, unreadable } from './document-bytes.js'

/** How often a link that is led elsewhere while it is read is followed again. */
const MOST_FLIPS = 5

/**
 * A document that is a link, as mounted volumes have it (`active.json → ..data/active.json`): followed as long as it
 * stays inside the directory it is in.
 */
export function readLinked(path: string): DocumentBytes {
  for (let flips = 0; ; flips++) {
    const answer = follow(path)
    if (answer !== 'moved' || flips === MOST_FLIPS) {
      return answer === 'moved' ? refused('not_a_file', `${path} is a link that leads nowhere`) : answer
    }
  }
}

function follow(path: string): DocumentBytes | 'moved' {
  let real: string
  try {
    real = realpathSync.native(path)
  } catch (error) {
    return withoutEnd(path, error)
  }
  if (!isInside(dirname(path), real)) {
    return refused('symlink_escape', `${path} is a link that leaves the models dir; it is not followed`)
  }
  const file = readSmallFile(real, { maxBytes: MAX_DOCUMENT_BYTES, noFollow: true })
  if (file.ok) return { status: 'present', bytes: file.bytes, isLink: true }
  if (file.reason === 'not_a_file' || file.reason === 'too_large') return refused(file.reason, file.message)
  const errno = errnoOf(file.cause)
  if (file.reason === 'missing' || file.reason === 'vanished' || errno === 'ELOOP') return 'moved'
  throw unreadable(path, file.cause)
}

/** The link leads nowhere, or is gone by now. */
function withoutEnd(path: string, error: unknown): DocumentBytes | 'moved' {
  const errno = errnoOf(error)
  if (errno === 'ELOOP') return refused('unreadable', `${path} is a link that leads in a circle`)
  if (errno !== 'ENOENT' && errno !== 'ENOTDIR') throw unreadable(path, error)
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined ? { status: 'absent' } : 'moved'
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** Whether a real path is inside a real directory. */
export function isInside(root: string, path: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep)
}
