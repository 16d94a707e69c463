import { parseStrictJson } from '@taskclf/registry-core'
import { type ActivePointer, POINTER_SOURCES, type PointerSource, pointerProblems } from './pointer.js'

/** One line of the history as written. `external`: a pointer of another program, adopted by our next write. */
export interface HistoryLine {
  at: string
  old: ActivePointer | null
  new: ActivePointer
  revision?: number
  write_id?: string
  source?: PointerSource | 'external'
  actor?: string
  decision?: unknown
  [key: string]: unknown
}

/** A line that could not be read: it is passed over, never fatal. */
export interface HistoryProblem {
  /** 1-based. */
  line: number
  code: 'malformed_line' | 'torn_line'
  message: string
}

/** Lines that could be read, in file order, with their 1-based numbers. */
export interface ParsedHistory {
  lines: { number: number; line: HistoryLine }[]
  problems: HistoryProblem[]
}

const NEWLINE = 0x0a
const SOURCES: readonly unknown[] = [...POINTER_SOURCES, 'external']

/** Reads the bytes of a history; a torn last line is taken when it is whole JSON, else reported. */
export function parseHistory(bytes: Uint8Array): ParsedHistory {
  const parsed: ParsedHistory = { lines: [], problems: [] }
  let start = 0
  for (let number = 1; start < bytes.length; number++) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline === -1 ? bytes.length : newline
    if (end > start) addLine(parsed, number, bytes.subarray(start, end), newline === -1)
    start = end + 1
  }
  return parsed
}

function addLine(parsed: ParsedHistory, number: number, bytes: Uint8Array, last: boolean): void {
  const json = parseStrictJson(bytes, 'active_history.jsonl')
  const problem = json.ok ? lineProblem(json.value) : json.problem.message
  if (problem === undefined && json.ok) parsed.lines.push({ number, line: json.value as HistoryLine })
  else if (last) {
    const message = `active_history.jsonl line ${number} was torn by a crash; the next switch goes on after it`
    parsed.problems.push({ line: number, code: 'torn_line', message })
  } else {
    const message = `active_history.jsonl line ${number} is passed over: ${problem}`
    parsed.problems.push({ line: number, code: 'malformed_line', message })
  }
}

/** Why a value is no line of the history. */
export function lineProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not a JSON object'
  const line = value as Record<string, unknown>
  if (typeof line.at !== 'string') return 'at must be a string'
  if (pointerProblems(line.new).length > 0) return 'new must be a pointer'
  if (line.old !== null && pointerProblems(line.old).length > 0) return 'old must be a pointer or null'
  const { revision, write_id, source, actor } = line
  if (revision !== undefined && !(Number.isSafeInteger(revision) && (revision as number) >= 1))
    return 'bad revision'
  if (write_id !== undefined && (typeof write_id !== 'string' || write_id === '')) return 'bad write_id'
  if (source !== undefined && !SOURCES.includes(source)) return 'bad source'
  if (actor !== undefined && typeof actor !== 'string') return 'bad actor'
  return undefined
}

/** Whether this line is the record of that pointer: by write_id, or, for another program's, by what it wrote. */
export function accountsFor(line: HistoryLine, pointer: ActivePointer): boolean {
  if (pointer.write_id !== undefined && line.write_id !== pointer.write_id) return false
  return line.new.model_id === pointer.model_id && line.new.selected_at === pointer.selected_at
}
