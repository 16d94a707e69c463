import { ActivePointerError } from '../errors.js'
import type { ActiveState } from './active-state.js'
import {
  accountsFor,
  isLineGone,
  lineProblem,
  MAX_LINE_BYTES,
  type ParsedHistory,
  type ParsedLine,
} from './history.js'
import { type ActivePointer, parsePointer } from './pointer.js'
import { utf8Length } from './utf8.js'

/** A later version's pointer is not replaced by one of this: nothing that it knows may be lost. */
export function requireKnownVersion(active: ActiveState, path: string): void {
  const newer =
    active.status === 'corrupt' && active.problems.find(({ code }) => code === 'unsupported_version')
  if (newer)
    throw new ActivePointerError('unsupported_version', `${newer.message}; nothing was switched`, { path })
}

/** Compare-and-swap: the pointer must still be the one that the decision was made on. */
export function compare(active: ActiveState, expected: string | undefined): void {
  if (expected === undefined || active.version === expected) return
  const now =
    active.status === 'valid'
      ? `${active.modelId}, revision ${active.pointer.revision ?? 'none'}`
      : active.status
  throw new ActivePointerError(
    'conflict',
    `the active pointer changed since it was read (now: ${now}); look again and decide again`,
    {
      expected,
      found: active.version,
      revision: active.status === 'valid' ? active.pointer.revision : undefined,
    },
  )
}

/** A line of a later version is whole: it is not written again, nor its pointer taken for another program's. */
export function requireKnownLine(
  pointer: ActivePointer | undefined,
  { lines, unread }: Pick<ParsedHistory, 'lines' | 'unread'>,
): void {
  const line = unread?.get(pointer?.write_id ?? '')
  if (pointer === undefined || line?.code !== 'unsupported_version') return
  if (lines.some(({ line }) => accountsFor(line, pointer))) return
  const message = `line ${line.number} of the history, that of the active pointer, was written by a later version of taskclf; nothing was switched`
  throw new ActivePointerError('unsupported_version', message, { line: line.number })
}

/** The revision that was asked for is believed only of a pointer that a line of ours accounts for, or did before it was lost. */
export function compareRevision(
  active: ActiveState,
  lines: readonly ParsedLine[],
  expected: number | undefined,
): void {
  if (expected === undefined || (expected === 0 && active.status === 'absent')) return
  if (active.status !== 'valid') throw notAt(expected, active, `active.json is ${active.status}`)
  const { modelId, pointer } = active
  if (pointer.revision !== expected) {
    const at = pointer.revision === undefined ? 'without a revision' : `at revision ${pointer.revision}`
    throw notAt(expected, active, `it names ${modelId} ${at}`)
  }
  if (lines.some(({ line }) => accountsFor(line, pointer)) || isLineGone(pointer, lines)) return
  throw notAt(expected, active, `another program wrote it, naming ${modelId}`)
}

function notAt(expected: number, active: ActiveState, found: string): ActivePointerError {
  const message = `the active pointer is not at revision ${expected}: ${found}; look again and decide again`
  return new ActivePointerError('conflict', message, {
    expectedRevision: expected,
    found: active.version,
    ...(active.status === 'valid' && { modelId: active.modelId, revision: active.pointer.revision ?? null }),
  })
}

/** What no reader would take must not be written, whatever a caller asks for. */
export function requireReadable(pointer: Uint8Array, text: string): void {
  const parsed = parsePointer(pointer)
  const tooLong = utf8Length(text) > MAX_LINE_BYTES ? 'its history line is too long' : undefined
  const why = parsed.ok
    ? (tooLong ?? lineProblem(JSON.parse(text)))
    : parsed.problems.map(({ message }) => message).join('; ')
  if (why === undefined) return
  throw new ActivePointerError(
    'invalid_pointer',
    `nothing was switched: what was requested is not a pointer (${why})`,
  )
}
