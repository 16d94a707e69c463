import { RegistryError } from '../errors.js'
import { keyPath } from './describe.js'
import { isWellFormed } from './shape.js'

const DEEPEST = 1000

/**
 * The RFC 8785 (JCS) text of a JSON value: keys sorted by UTF-16 code units, numbers as JavaScript writes them, no
 * white space. Two documents that mean the same have the same text.
 *
 * @throws RegistryError `not_canonical`, with the key path, for what JSON cannot hold: non-finite numbers, lone
 * surrogates, undefined, functions, bigint, objects that are not plain, nesting beyond 1,000.
 * @example
 * ```ts
 * canonicalJson({ b: 1, a: [1e21, -0] }) // '{"a":[1e+21,0],"b":1}'
 * ```
 */
export function canonicalJson(value: unknown): string {
  return write(value, [])
}

/**
 * Whether an object is so plain that it surely has a canonical text: flat, of everyday texts and numbers. Quicker than
 * writing it; what is not so plain {@link canonicalJson} decides.
 */
export function isSurelyCanonical(value: Record<string, unknown>): boolean {
  return Object.keys(value).every((key) => PLAIN.test(key) && isPlainScalar(value[key]))
}

function isPlainScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'string') return PLAIN.test(value)
  return value === null || typeof value === 'boolean'
}

/** `path` leads to the value while it is written, and is what it was afterwards. */
function write(value: unknown, path: PropertyKey[]): string {
  if (path.length > DEEPEST) throw refuse(path.slice(0, 3), 'is nested too deeply')
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value, path)
  if (typeof value === 'string') return writeString(value, path)
  if (Array.isArray(value)) {
    // Array.from visits holes as well, so that they are refused and not written as nothing.
    return `[${Array.from(value, (item: unknown, i) => writeAt(item, i, path)).join(',')}]`
  }
  if (isPlainObject(value)) {
    let text = ''
    for (const key of Object.keys(value).sort()) {
      text += `${text === '' ? '' : ','}${writeString(key, path)}:${writeAt(value[key], key, path)}`
    }
    return `{${text}}`
  }
  throw refuse(path, `is ${typeof value === 'object' ? 'not a plain object' : `of type ${typeof value}`}`)
}

function writeAt(value: unknown, key: PropertyKey, path: PropertyKey[]): string {
  path.push(key)
  const text = write(value, path)
  path.pop()
  return text
}

function writeNumber(value: number, path: PropertyKey[]): string {
  if (!Number.isFinite(value)) throw refuse(path, `is ${value}`)
  return String(value)
}

/** Characters that stand for themselves in JSON. */
const PLAIN = /^[\w .:/+-]*$/

function writeString(value: string, path: PropertyKey[]): string {
  if (PLAIN.test(value)) return `"${value}"`
  if (!isWellFormed(value)) throw refuse(path, 'holds a lone surrogate')
  return JSON.stringify(value)
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function refuse(path: PropertyKey[], why: string): RegistryError {
  const at = keyPath(path)
  const message = `cannot be written as canonical JSON: ${at === '' ? 'the value' : at} ${why}`
  return new RegistryError('not_canonical', at, message)
}
