import { hash } from 'node:crypto'
import { readSmallFile, type SmallFileProblem } from '@taskclf/durable-fs'
import { type Entries, locateFile, problem } from './bundle-entries.js'
import { checkDocument } from './check-document.js'
import { errnoPart } from './environment.js'
import { MAX_DOCUMENT_BYTES } from './layout.js'
import type { ManifestEntry } from './manifest.js'
import type { Problem, ProblemCode } from './problems.js'
import type { Find } from './shape.js'
import { duplicateKeyProblems, parseStrictJson } from './strict-json.js'

/** A document of a bundle: as parsed, as checked, and all that is wrong with it. */
export interface Document<T> {
  /** The parsed value, unchecked; undefined when it could not be parsed. */
  raw: unknown
  /** The value once it satisfies its contract. */
  value: T | undefined
  /** Digest and size of the bytes that were read. */
  bytes: (() => ManifestEntry) | undefined
  problems: Problem[]
}

/** Reads, parses and checks one document of a bundle. */
export function readDocument<T>(
  bundle: { root: string; dir: string; entries: Entries },
  name: string,
  find: Find,
): Document<T> | undefined {
  const entry = bundle.entries.get(name)
  if (entry === undefined) return undefined
  const located = locateFile(bundle.root, bundle.dir, entry)
  if (!located.ok) return failed(located.problem)
  const file = readSmallFile(located.path, { maxBytes: MAX_DOCUMENT_BYTES })
  if (!file.ok) {
    const cause = problem(CODES[file.reason], name, `${WHAT_TO_DO[file.reason]} (${file.message})`)
    return failed({ ...cause, ...errnoPart(file.cause) })
  }
  const bytes = () => ({ sha256: hash('sha256', file.bytes, 'hex'), size: file.bytes.length })
  const parsed = parseStrictJson(file.bytes, name)
  if (!parsed.ok) return { ...failed(parsed.problem), bytes }
  const checked = checkDocument<T>(find, parsed.value, name)
  const problems = duplicateKeyProblems(name, parsed.duplicateKeys)
  if (!checked.ok)
    return { raw: parsed.value, value: undefined, bytes, problems: [...problems, ...checked.problems] }
  return { raw: parsed.value, value: checked.value, bytes, problems }
}

function failed(cause: Problem): Document<never> {
  return { raw: undefined, value: undefined, bytes: undefined, problems: [cause] }
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
