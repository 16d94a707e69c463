import { readSmallFile, type SmallFileProblem } from '@taskclf/durable-fs'
import { MAX_DOCUMENT_BYTES } from '../format/bundle-files.js'
import type { Sourced } from '../format/bundle-source.js'
import { problem } from '../format/problem.js'
import type { ProblemCode } from '../format/problems.js'
import { errnoPart } from './environment.js'

/** Reads a document of a bundle from its real place; what keeps it from being read is a problem of `name`. */
export function readDocumentFile(path: string, name: string): Sourced<Uint8Array> {
  const file = readSmallFile(path, { maxBytes: MAX_DOCUMENT_BYTES })
  if (file.ok) return { ok: true, value: file.bytes }
  const cause = problem(CODES[file.reason], name, `${WHAT_TO_DO[file.reason]} (${file.message})`)
  return { ok: false, problem: { ...cause, ...errnoPart(file.cause) } }
}

const CODES: Record<SmallFileProblem, ProblemCode> = {
  missing: 'vanished',
  vanished: 'vanished',
  not_a_file: 'not_a_file',
  too_large: 'too_large',
  unreadable: 'unreadable',
}

const WHAT_TO_DO: Record<SmallFileProblem, string> = {
  missing: 'was removed while the bundle was read; read it again',
  vanished: 'was removed while the bundle was read; read it again',
  not_a_file: 'is not a regular file; replace it with one',
  too_large: 'is too large for a document; shorten it',
  unreadable: 'cannot be read; check its permissions',
}
