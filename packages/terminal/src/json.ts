import { escapeJson } from './escape.js'
import type { Rows } from './rows.js'

/** The one JSON document of a command, as it goes to standard output. */
export function renderJson(document: object): string {
  return [...jsonParts(document)].join('')
}

/** {@link renderJson} piece by piece: what is given as `Rows` is never in memory as a whole. */
export function* jsonParts(document: object): Iterable<string> {
  let before = '{'
  const members: [string, unknown][] = Object.entries({ version: 1, ...document })
  for (const [key, value] of members) {
    if (value === undefined) continue
    yield `${before}\n  ${toJson(key, 2)}: `
    if (isRows(value)) yield* listParts(value)
    else yield toJson(value, 2)
    before = ','
  }
  yield '\n}\n'
}

/** By its shape: programs that are loaded on occasion bring a class of their own. */
function isRows(value: unknown): value is Rows<unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Symbol.iterator in value
}

function* listParts(rows: Rows<unknown>): Iterable<string> {
  if (rows.length === 0) {
    yield '[]'
    return
  }
  let before = '['
  for (const row of rows) {
    yield `${before}\n    ${toJson(row, 4)}`
    before = ','
  }
  yield '\n  ]'
}

/** A value as it is in a document that is indented so far. Strings have no raw newline, so every one begins a line. */
function toJson(value: unknown, indent: number): string {
  return escapeJson(JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(indent)}`))
}
