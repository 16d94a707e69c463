/**
 * An exact decimal number: `coefficient × 10^exponent`. Two forms of the same number may differ in both fields; compare
 * them with {@link compareDecimal}.
 */
export interface Decimal {
  readonly coefficient: bigint
  readonly exponent: number
}

/** What the arithmetic takes: a double stands for the shortest decimal text that reads back as it. */
export type DecimalInput = number | Decimal

/**
 * The decimal a person meant by a double: its shortest text, so that 0.1 is exactly one tenth.
 *
 * @throws RangeError for NaN and the infinities, which no contract lets through.
 * @example
 * ```ts
 * toDecimal(0.85) // { coefficient: 85n, exponent: -2 }
 * ```
 */
export function toDecimal(value: DecimalInput): Decimal {
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a decimal number; pass a finite one`)
  const text = String(value)
  const e = text.indexOf('e')
  const digits = e === -1 ? text : text.slice(0, e)
  const power = e === -1 ? 0 : Number(text.slice(e + 1))
  const point = digits.indexOf('.')
  if (point === -1) return { coefficient: BigInt(digits), exponent: power }
  const decimals = digits.length - point - 1
  return { coefficient: BigInt(digits.slice(0, point) + digits.slice(point + 1)), exponent: power - decimals }
}

/**
 * a + b, exactly.
 *
 * @throws RangeError when either is NaN or infinite.
 * @example
 * ```ts
 * formatDecimal(addDecimal(0.1, 0.2)) // '0.3'
 * ```
 */
export function addDecimal(a: DecimalInput, b: DecimalInput): Decimal {
  const [x, y, exponent] = align(a, b)
  return { coefficient: x + y, exponent }
}

/**
 * a − b, exactly.
 *
 * @throws RangeError when either is NaN or infinite.
 * @example
 * ```ts
 * formatDecimal(subtractDecimal(0.87, 0.85)) // '0.02', where doubles give 0.020000000000000018
 * ```
 */
export function subtractDecimal(a: DecimalInput, b: DecimalInput): Decimal {
  const [x, y, exponent] = align(a, b)
  return { coefficient: x - y, exponent }
}

/**
 * -1 when a is less than b, 1 when it is more, 0 when they are the same number.
 *
 * @throws RangeError when either is NaN or infinite.
 * @example
 * ```ts
 * compareDecimal(addDecimal(0.8, 0.05), 0.85) // 0
 * ```
 */
export function compareDecimal(a: DecimalInput, b: DecimalInput): -1 | 0 | 1 {
  if (typeof a === 'number' && typeof b === 'number' && Number.isFinite(a) && Number.isFinite(b))
    return order(a, b)
  const [x, y] = align(a, b)
  return order(x, y)
}

/** Two doubles are in the order of their shortest texts: no double is between a double and the text that reads back as it. */
function order(x: number | bigint, y: number | bigint): -1 | 0 | 1 {
  if (x < y) return -1
  return x > y ? 1 : 0
}

/**
 * The exact value as text: plain digits, or with an exponent where those would be long. `Number(text)` reads it back.
 *
 * @throws RangeError when the value is NaN or infinite.
 * @example
 * ```ts
 * formatDecimal(subtractDecimal(0.95, 0.9026)) // '0.0474'
 * ```
 */
export function formatDecimal(value: DecimalInput): string {
  const { coefficient, exponent } = toDecimal(value)
  if (coefficient === 0n) return '0'
  const sign = coefficient < 0n ? '-' : ''
  const all = String(coefficient < 0n ? -coefficient : coefficient)
  const digits = all.replace(/0+$/, '')
  const power = exponent + all.length - digits.length
  return sign + place(digits, power)
}

/** Digits × 10^power as text. Beyond this many zeros an exponent reads better, as in JavaScript's own numbers. */
const MOST_ZEROS = 20

function place(digits: string, power: number): string {
  const point = digits.length + power
  if (power >= 0 && power <= MOST_ZEROS) return digits + '0'.repeat(power)
  if (power < 0 && point > 0) return `${digits.slice(0, point)}.${digits.slice(point)}`
  if (power < 0 && point > -MOST_ZEROS) return `0.${'0'.repeat(-point)}${digits}`
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`
  return `${mantissa}e${point - 1}`
}

/** Doubles span 1e308 to 5e-324, so the larger coefficient grows by at most some 650 digits a step. */
function align(a: DecimalInput, b: DecimalInput): [bigint, bigint, number] {
  const x = toDecimal(a)
  const y = toDecimal(b)
  const exponent = Math.min(x.exponent, y.exponent)
  return [scale(x, exponent), scale(y, exponent), exponent]
}

function scale(value: Decimal, exponent: number): bigint {
  const zeros = value.exponent - exponent
  return zeros === 0 ? value.coefficient : value.coefficient * 10n ** BigInt(zeros)
}
