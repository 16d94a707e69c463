/** A vocabulary ready to look up: text → code, and the code of everything that is not in it. */
export interface Vocabulary {
  codes: ReadonlyMap<string, number>
  unknown: number
}

const UNKNOWN = '__unknown__'

/** The vocabulary of a list of texts in the order of their codes. */
export function createVocabulary(texts: readonly string[]): Vocabulary {
  const codes = new Map(texts.map((text, code) => [text, code]))
  return { codes, unknown: codes.get(UNKNOWN) ?? -1 }
}

/** The code of a categorical cell; undefined when no cell can hold such a value. */
export function categoryCode(value: unknown, { codes, unknown }: Vocabulary): number | undefined {
  switch (typeof value) {
    case 'string':
      // An empty text is a missing one, as in CSV.
      return value === '' ? unknown : (codes.get(value) ?? unknown)
    case 'number':
      // What JSON overflows to is not what was written.
      return Math.abs(value) === Infinity ? undefined : (codes.get(String(value)) ?? unknown)
    case 'boolean':
    case 'bigint':
      return codes.get(String(value)) ?? unknown
    case 'undefined':
      return unknown
    default:
      return value === null ? unknown : undefined
  }
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** The number of a numeric cell; undefined when it is none, or one too large to be held. Booleans are 1 and 0. */
export function numberOf(value: unknown, missing: number): number | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isNaN(value) ? missing : finite(value)
    case 'string':
      return DECIMAL.test(value) ? finite(Number(value)) : wordOf(value, missing)
    case 'boolean':
      return value ? 1 : 0
    case 'bigint':
      return finite(Number(value))
    case 'undefined':
      return missing
    default:
      return value === null ? missing : undefined
  }
}

/** `1e400` is read as Infinity, which nobody wrote. */
function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

/** The few words that stand for numbers in files of rows, as JavaScript and Python write them. */
function wordOf(text: string, missing: number): number | undefined {
  switch (text) {
    case '':
    case 'NaN':
    case 'nan':
      return missing
    case 'true':
    case 'True':
      return 1
    case 'false':
    case 'False':
      return 0
    default:
      return undefined
  }
}
