import { parseStrictJson } from '@taskclf/registry-core/format'
import { FORMAT_VERSION, isNewerVersion } from './format-version.js'
import { joinBytes } from './join-bytes.js'
import {
  type ActivePointer,
  type DigestOf,
  POINTER_SOURCES,
  type PointerSource,
  pointerProblems,
} from './pointer.js'

/** One line of the history as written. `external`: a pointer of another program, adopted by our next write. */
export interface HistoryLine {
  at: string
  old: ActivePointer | null
  new: ActivePointer
  /** Of this line's form; absent: 1. */
  version?: number
  revision?: number
  write_id?: string
  source?: PointerSource | 'external'
  actor?: string
  decision?: unknown
  /** The pointer had been lost: `old` is the newest that is known to have been active. */
  lost?: boolean
  /** The digest of the line that accounts for `old`; null when there is none. Absent: nothing would show a change in that line. */
  prev?: string | null
  /** The history had lost the line of this pointer of ours, and the next writer wrote it again. */
  restored?: boolean
  /** Of a pointer that recorded no digest: that of the content which was there when it was adopted. */
  observed_digest?: string
  [key: string]: unknown
}

/** A line that could not be read: it is passed over, never fatal. */
export interface HistoryProblem {
  /** 1-based. */
  line: number
  code: 'malformed_line' | 'torn_line' | 'line_too_long' | 'unsupported_version'
  message: string
}

/** A line that could be read: its place, 1-based, and the digest of its bytes without the newline. */
export interface ParsedLine {
  number: number
  line: HistoryLine
  digest: string
}

/** A line that could not be read, and in which a write id can still be made out. */
export interface UnreadLine {
  number: number
  code: HistoryProblem['code']
  digest: string
}

/** Lines that could be read, in file order. */
export interface ParsedHistory {
  lines: ParsedLine[]
  problems: HistoryProblem[]
  /** By write id: the lines that could not be read. */
  unread?: ReadonlyMap<string, UnreadLine>
}

/** A line has some 2 kB; what is longer than this is none, and is not kept in memory. */
export const MAX_LINE_BYTES = 1024 * 1024

const NEWLINE = 0x0a
const SOURCES: readonly unknown[] = [...POINTER_SOURCES, 'external']

/**
 * Reads the bytes of a history; a torn last line is taken when it is whole JSON, else reported.
 *
 * @example
 * ```ts
 * const { lines, problems } = parseHistory(bytes, digestOf)
 * ```
 */
export function parseHistory(bytes: Uint8Array, digestOf: DigestOf): ParsedHistory {
  const parser = new HistoryParser(digestOf)
  parser.push(bytes)
  return parser.end()
}

/** Reads a history block by block: no more is held than the lines found and the one that is being read. */
export class HistoryParser {
  readonly #lines: ParsedHistory['lines'] = []
  readonly #problems: HistoryProblem[] = []
  readonly #unread = new Map<string, UnreadLine>()
  #number = 1
  /** Pieces of the line that is being read, and how long it is; beyond the limit only its length is kept. */
  #pieces: Uint8Array[] = []
  #length = 0

  constructor(readonly digestOf: DigestOf) {}

  push(block: Uint8Array): void {
    let start = 0
    while (start < block.length) {
      const newline = block.indexOf(NEWLINE, start)
      this.#take(block.subarray(start, newline === -1 ? block.length : newline))
      if (newline === -1) return
      this.#endLine(false)
      start = newline + 1
    }
  }

  end(): ParsedHistory {
    this.#endLine(true)
    const parsed: ParsedHistory = { lines: this.#lines, problems: this.#problems }
    return this.#unread.size === 0 ? parsed : { ...parsed, unread: this.#unread }
  }

  #take(piece: Uint8Array): void {
    this.#length += piece.length
    if (this.#length > MAX_LINE_BYTES) this.#pieces = []
    else this.#pieces.push(piece)
  }

  #endLine(last: boolean): void {
    const [number, length] = [this.#number++, this.#length]
    const bytes = joinBytes(this.#pieces)
    this.#pieces = []
    this.#length = 0
    if (length > MAX_LINE_BYTES) {
      const message = `active_history.jsonl line ${number} is passed over: ${length} bytes are not a line; the next switch continues after it`
      this.#problems.push({ line: number, code: 'line_too_long', message })
    } else if (length > 0) this.#addLine(number, bytes, last)
  }

  #addLine(number: number, bytes: Uint8Array, last: boolean): void {
    const json = parseStrictJson(bytes, 'active_history.jsonl')
    const problem = json.ok ? (twice(json.duplicateKeys) ?? lineProblem(json.value)) : json.problem.message
    const digest = this.digestOf(bytes)
    if (problem === undefined && json.ok) {
      this.#lines.push({ number, line: json.value as HistoryLine, digest })
      return
    }
    const isNewer = json.ok && isNewerLine(json.value)
    const code = isNewer ? 'unsupported_version' : last ? 'torn_line' : 'malformed_line'
    // Its own line comes first; those after it may name it as their old pointer.
    for (const id of writeIdsIn(bytes))
      if (!this.#unread.has(id)) this.#unread.set(id, { number, code, digest })
    const message =
      code === 'torn_line'
        ? `active_history.jsonl line ${number} was torn by a crash; the next switch goes on after it`
        : `active_history.jsonl line ${number} is passed over: ${problem}`
    this.#problems.push({ line: number, code, message })
  }
}

/** The write ids of ours that can be made out in damaged bytes. */
export function writeIdsIn(bytes: Uint8Array): string[] {
  // A write id is ASCII: what damage made of the other bytes does not matter.
  const text = new TextDecoder().decode(bytes)
  return [...text.matchAll(/"write_id"\s*:\s*"([0-9a-f]{32})"/g)].map(([, id]) => id as string)
}

/** Why a value is not a line of the history. */
export function lineProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not a JSON object'
  const line = value as Record<string, unknown>
  if (isNewerLine(value)) return 'a later version of taskclf wrote it; upgrade taskclf'
  if (line.version !== undefined && line.version !== FORMAT_VERSION) return 'bad version'
  if (typeof line.at !== 'string') return 'at must be a string'
  if (pointerProblems(line.new).length > 0) return 'new must be a pointer'
  if (line.old !== null && pointerProblems(line.old).length > 0) return 'old must be a pointer or null'
  const { revision, write_id, source, actor } = line
  if (revision !== undefined && !(Number.isSafeInteger(revision) && (revision as number) >= 1))
    return 'bad revision'
  if (write_id !== undefined && (typeof write_id !== 'string' || write_id === '')) return 'bad write_id'
  if (source !== undefined && !SOURCES.includes(source)) return 'bad source'
  if (line.lost !== undefined && typeof line.lost !== 'boolean') return 'bad lost'
  if (line.observed_digest !== undefined && typeof line.observed_digest !== 'string')
    return 'bad observed_digest'
  if (line.prev !== undefined && line.prev !== null && typeof line.prev !== 'string') return 'bad prev'
  if (line.restored !== undefined && typeof line.restored !== 'boolean') return 'bad restored'
  if (actor !== undefined && typeof actor !== 'string') return 'bad actor'
  return undefined
}

/** Whether a later taskclf wrote the line, or a pointer in it: then it is whole, and not understood here. */
function isNewerLine(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { version, old, new: pointer } = value as Record<string, { version?: unknown } | null | undefined>
  return [version, old?.version, pointer?.version].some(isNewerVersion)
}

/** Whether this line is the record of that pointer: by write_id, or, for another program's, by what it wrote. */
export function accountsFor(line: HistoryLine, pointer: ActivePointer): boolean {
  if (pointer.write_id !== undefined && line.write_id !== pointer.write_id) return false
  return line.new.model_id === pointer.model_id && line.new.selected_at === pointer.selected_at
}

/**
 * Whether a pointer that no line accounts for is ours all the same. While its line is there and whole, it was changed by another program
 * that kept our keys.
 */
export function isLineGone(pointer: ActivePointer, lines: readonly ParsedLine[]): pointer is OurPointer {
  const { write_id, revision, source, line: own } = pointer
  if (write_id === undefined || revision === undefined || source === undefined) return false
  return !lines.some(
    ({ line, digest }) => line.write_id === write_id && (own === undefined || own === digest),
  )
}

type OurPointer = ActivePointer & { write_id: string; revision: number; source: PointerSource }

function twice([at]: readonly string[]): string | undefined {
  return at === undefined ? undefined : `${at} occurs twice`
}
