/** A vocabulary ready to look up: text → code. */
export interface Vocabulary {
  codes: ReadonlyMap<string, number>
  /** The code of every text that is not in it. */
  unknown: number
  /** The code of a cell without a value. */
  missing: number
  /** Whether the categories are numbers: then `10.0` is 10. */
  isNumeric: boolean
}

/** The text that stands for all that are not in a vocabulary. */
export const UNKNOWN = '__unknown__'

/** The vocabulary of a list of texts in the order of their codes. */
export function createVocabulary(texts: readonly string[]): Vocabulary {
  const codes = new Map(texts.map((text, code) => [text, code]))
  const unknown = codes.get(UNKNOWN) ?? -1
  return { codes, unknown, missing: codes.get('') ?? unknown, isNumeric: false }
}

/** The code of a categorical cell; undefined when no cell can hold such a value. */
export function categoryCode(value: unknown, vocabulary: Vocabulary): number | undefined {
  switch (typeof value) {
    case 'string':
      // An empty text is a missing one, as in CSV.
      return value === '' ? vocabulary.missing : codeOf(value, vocabulary)
    case 'number':
      if (Number.isNaN(value)) return vocabulary.missing
      // What JSON overflows to is not what was written.
      return Math.abs(value) === Infinity ? undefined : codeOf(String(value), vocabulary)
    case 'boolean':
    case 'bigint':
      return codeOf(String(value), vocabulary)
    case 'undefined':
      return vocabulary.missing
    default:
      return value === null ? vocabulary.missing : undefined
  }
}

function codeOf(text: string, { codes, unknown, isNumeric }: Vocabulary): number {
  const code = codes.get(text)
  if (code !== undefined) return code
  return isNumeric && DECIMAL.test(text) ? (codes.get(String(Number(text))) ?? unknown) : unknown
}

/** Whether a vocabulary has a cell's text, though the model may never have seen it. */
export function isKnown(cell: unknown, { codes, isNumeric }: Vocabulary): boolean {
  const text = String(cell)
  return codes.has(text) || (isNumeric && DECIMAL.test(text) && codes.has(String(Number(text))))
}

/** How a number is written in a file of rows. */
export const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

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
