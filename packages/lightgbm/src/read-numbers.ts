import { LightgbmError, type LightgbmErrorCode } from './errors.js'
import type { Field } from './line-reader.js'

/** The values an integer field may hold, and the code to refuse others with. */
export interface IntegerRange {
  readonly min: number
  readonly max: number
  readonly code?: LightgbmErrorCode
}

/** An error at a field. */
export function fieldError(code: LightgbmErrorCode, field: Field, message: string): LightgbmError {
  return new LightgbmError(code, message, { line: field.line, field: field.name })
}

/** A field that is one integer. */
export function readInteger(field: Field, range: IntegerRange): number {
  return integerAt(field, field.start, field.end, range)
}

/** A field that is exactly `count` integers. Nothing is allocated before the text is known to be long enough. */
export function readIntegers<T extends Int32Array | Uint32Array | Uint8Array>(
  field: Field,
  count: number,
  range: IntegerRange,
  create: (length: number) => T,
): T {
  checkRoom(field, count)
  const values = create(count)
  eachToken(field, count, (index, start, end) => {
    values[index] = integerAt(field, start, end, range)
  })
  return values
}

/** A field that is exactly `count` decimal numbers; infinities only where LightGBM writes them, NaN never. */
export function readDoubles(field: Field, count: number, allowInfinity: boolean): Float64Array {
  checkRoom(field, count)
  const values = new Float64Array(count)
  eachToken(field, count, (index, start, end) => {
    values[index] = doubleAt(field, start, end, allowInfinity)
  })
  return values
}

/** How many blank-separated tokens a field has. */
export function countTokens(field: Field): number {
  let count = 0
  for (let at = field.start; at < field.end; at++) {
    if (!isSpace(field, at) && (at + 1 === field.end || isSpace(field, at + 1))) count += 1
  }
  return count
}

function isSpace(field: Field, at: number): boolean {
  return field.text.charCodeAt(at) === 0x20
}

/** `count` tokens need `count` characters and the blanks between them. */
function checkRoom(field: Field, count: number): void {
  if (2 * count - 1 > field.end - field.start) throw wrongCount(field, count)
}

function wrongCount(field: Field, count: number): LightgbmError {
  return fieldError(
    'bad_count',
    field,
    `${countTokens(field)} values where ${count} belong; the file is damaged`,
  )
}

function eachToken(
  field: Field,
  count: number,
  visit: (index: number, start: number, end: number) => void,
): void {
  const { text, end } = field
  let index = 0
  let at = field.start
  for (;;) {
    while (at < end && text.charCodeAt(at) === 0x20) at += 1
    if (at >= end) break
    const start = at
    while (at < end && text.charCodeAt(at) !== 0x20) at += 1
    if (index >= count) throw wrongCount(field, count)
    visit(index, start, at)
    index += 1
  }
  if (index !== count) throw wrongCount(field, count)
}

function integerAt(field: Field, start: number, end: number, { min, max, code }: IntegerRange): number {
  const negative = field.text.charCodeAt(start) === 0x2d
  let value = 0
  const first = negative ? start + 1 : start
  if (first >= end) throw notANumber(field, start, end)
  for (let at = first; at < end; at++) {
    const digit = field.text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) throw notANumber(field, start, end)
    value = value * 10 + digit
  }
  const signed = negative ? -value : value
  if (signed < min || signed > max) {
    const message = `${excerpt(field, start, end)} is not between ${min} and ${max}; the file is damaged`
    throw fieldError(code ?? 'bad_number', field, message)
  }
  return signed === 0 ? 0 : signed
}

function doubleAt(field: Field, start: number, end: number, allowInfinity: boolean): number {
  const token = field.text.slice(start, end)
  if (allowInfinity && (token === 'inf' || token === '-inf')) return token === 'inf' ? Infinity : -Infinity
  for (let at = start; at < end; at++) {
    if (!isDecimalCharacter(field.text.charCodeAt(at))) throw notANumber(field, start, end)
  }
  const value = Number(token) // correctly rounded, as LightGBM's own reader is
  if (Number.isNaN(value) || (!allowInfinity && !Number.isFinite(value))) throw notANumber(field, start, end)
  return value
}

/** Digits, sign, point and exponent: what Number() takes beyond these (hexadecimal, Infinity) is not a decimal. */
function isDecimalCharacter(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    unit === 0x2b ||
    unit === 0x2d ||
    unit === 0x2e ||
    (unit | 0x20) === 0x65
  )
}

function notANumber(field: Field, start: number, end: number): LightgbmError {
  const message = `${excerpt(field, start, end)} is not a number LightGBM writes here; the file is damaged`
  return fieldError('bad_number', field, message)
}

function excerpt(field: Field, start: number, end: number): string {
  return JSON.stringify(field.text.slice(start, Math.min(end, start + 40)))
}
