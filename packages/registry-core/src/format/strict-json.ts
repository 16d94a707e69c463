import { escapeControls, show } from './describe.js'
import { findDuplicateKeys } from './duplicate-keys.js'
import type { Problem, ProblemCode } from './problems.js'
import { decodeUtf8 } from './utf8.js'

const DEEPEST = 256
/** Below this size even a document of nothing but brackets parses in a blink, and is measured afterwards. */
const MEASURE_FIRST_ABOVE = 65_536

/** A parsed document, or why it is none. */
export type StrictJson =
  | { ok: true; value: unknown; duplicateKeys: readonly string[] }
  | { ok: false; problem: Problem }

/**
 * Parses JSON as RFC 8259 has it, and nothing laxer: UTF-8 only, no byte order mark, no NaN or Infinity, no comments,
 * nesting of at most 256 levels. Never throws, whatever the bytes. Keys that occur twice in one object are found at any depth;
 * the value holds the last of them. A key named `__proto__` is an ordinary key of the value.
 *
 * @param file Named in the problem, as the file's name inside its bundle.
 * @example
 * ```ts
 * const parsed = parseStrictJson(readFileSync('metrics.json'), 'metrics.json')
 * if (!parsed.ok) console.error(parsed.problem.code, parsed.problem.message)
 * ```
 */
export function parseStrictJson(
  bytes: Uint8Array,
  file: string,
  limits: { maxDepth?: number } = {},
): StrictJson {
  const maxDepth = limits.maxDepth ?? DEEPEST
  if (bytes.length > MEASURE_FIRST_ABOVE && deepest(bytes) > maxDepth) return tooDeep(file, maxDepth)
  const text = decodeUtf8(bytes)
  if (text === undefined) return refuse('not_utf8', file, 'is not UTF-8; write it again as UTF-8')
  if (text.startsWith('\uFEFF')) {
    return refuse(
      'malformed_json',
      file,
      'begins with a byte order mark, which JSON does not allow; remove it',
    )
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const why = text.trim() === '' ? 'it is empty' : escapeControls((error as Error).message).slice(0, 160)
    return refuse(
      'malformed_json',
      file,
      `is not JSON (NaN and Infinity are not either): ${why}; write it again`,
    )
  }
  const keys = countKeys(value, maxDepth)
  if (keys === undefined) return tooDeep(file, maxDepth)
  return { ok: true, value, duplicateKeys: keys === countColons(text) ? [] : findDuplicateKeys(text) }
}

/** The problem of a document in which keys occur twice. */
export function duplicateKeyProblems(file: string, keys: readonly string[]): Problem[] {
  return keys.map((at) => {
    const message = `${file}: the key ${show(at)} occurs twice in one object, and readers disagree about which counts; keep one`
    return { code: 'duplicate_key', file, at, message }
  })
}

function tooDeep(file: string, maxDepth: number): StrictJson {
  return refuse('too_deep', file, `is nested more than ${maxDepth} levels deep; write it flatter`)
}

function refuse(code: ProblemCode, file: string, what: string): StrictJson {
  return { ok: false, problem: { code, file, message: `${file} ${what}` } }
}

/** Deepest nesting by a look at the bytes alone: JSON.parse would spend seconds and gigabytes on a mountain of brackets. */
function deepest(bytes: Uint8Array): number {
  let depth = 0
  let most = 0
  let inString = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (inString) {
      if (byte === 0x5c) i++
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === 0x5b || byte === 0x7b) most = Math.max(most, ++depth)
    else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return most
}

/** How many keys all objects of the value have, or undefined when it is nested deeper than allowed. */
function countKeys(value: unknown, depthLeft: number): number | undefined {
  if (typeof value !== 'object' || value === null) return 0
  if (depthLeft === 0) return undefined
  const isList = Array.isArray(value)
  const children: unknown[] = isList ? value : Object.values(value)
  let keys = isList ? 0 : children.length
  for (const child of children) {
    if (typeof child !== 'object' || child === null) continue
    const below = countKeys(child, depthLeft - 1)
    if (below === undefined) return undefined
    keys += below
  }
  return keys
}

/**
 * Every key of a JSON text is followed by a colon; strings may hold more that look the same. So when these are as many as
 * the parsed value has keys, none was overwritten, and the slow search can be spared.
 */
function countColons(text: string): number {
  let count = 0
  for (let i = text.indexOf(':'); i !== -1; i = text.indexOf(':', i + 1)) {
    let before = i - 1
    while (isSpace(text.charCodeAt(before))) before--
    if (text.charCodeAt(before) === 0x22) count++
  }
  return count
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
