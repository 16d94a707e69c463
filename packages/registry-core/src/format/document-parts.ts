import {
  areUnique,
  type Find,
  type Found,
  findEntries,
  findUniqueTexts,
  isCount,
  isFraction,
  isObject,
  isWellFormed,
  member,
  NOTHING,
} from './shape.js'

// The parts of the documents that both the schemas and the checks without zod need, without a library.

const FRACTIONS = ['precision', 'recall', 'f1']

/** Labels, or names of files. */
export const findLabels = findUniqueTexts('labels')

/** Plain names of files in a bundle. */
export const findFileNames = findUniqueTexts('file names', (name) =>
  name.startsWith('.') || /[/\\\0]/.test(name) ? 'must be the plain name of a file in the bundle' : undefined,
)

/** `per_class`. */
export const findPerClass = findEntries((value) => {
  if (!isObject(value))
    return [{ path: [], message: 'must be an object of precision, recall, f1 and support' }]
  return [
    ...FRACTIONS.flatMap((key) => member(value, key, isFraction, 'must be a number from 0 to 1')),
    ...member(value, 'support', isCount, 'must be a count: a whole number from 0 to 2^53 - 1'),
  ]
})

/** `acceptance_checks`. */
export const findChecks = findEntries((value) =>
  typeof value === 'boolean' ? [] : [{ path: [], message: 'must be true or false' }],
)

/** Column → vocabulary. */
export const findVocabularies = findEntries((value) => {
  const texts = Array.isArray(value) && value.every((item) => typeof item === 'string' && isWellFormed(item))
  if (!texts) return [{ path: [], message: 'must be a list of texts, in the order of their codes' }]
  if (areUnique(value)) return []
  return [{ path: [], message: 'holds a text twice: its code would be ambiguous' }]
})

const isDigest = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

const isInnerPath = (name: string): boolean =>
  !/[\\\0]/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

/** The manifest's `files`. */
export const findManifestFiles = findEntries((value, name) => {
  if (!isInnerPath(name)) return [{ path: [], message: 'is not a path inside the bundle' }]
  if (!isObject(value)) return [{ path: [], message: 'must be an object of sha256 and size' }]
  return [
    ...member(value, 'sha256', isDigest, 'must be 64 hex digits, lower case'),
    ...member(value, 'size', isCount, 'must be a size in bytes'),
  ]
})

const MOST_ROWS = 1000

const isCell = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)

/** A list of 1 to 1000 rows. */
const findRows =
  (fits: (row: unknown) => boolean, message: string): Find =>
  (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ROWS) {
      return [{ path: [], message: `must be a list of 1 to ${MOST_ROWS} rows` }]
    }
    return value.flatMap((row: unknown, i): Found[] => (fits(row) ? [] : [{ path: [i], message }]))
  }

/** The self-test's `rows`. */
export const findInputRows = findRows(
  (row) => isObject(row) && Object.values(row).every(isCell),
  'must be an object of texts, numbers, booleans or null',
)

/** The self-test's `expected`. */
export const findOutputRows = findRows(
  (row) => Array.isArray(row) && row.every((cell) => Number.isFinite(cell)),
  'must be a list of numbers',
)

const MOST_COLUMNS = 100_000

const isColumn = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string' && part !== '')

/** The feature schema's `columns`. */
export const findColumns: Find = (value) => {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_COLUMNS) {
    return [{ path: [], message: `must be a list of 1 to ${MOST_COLUMNS} columns` }]
  }
  const seen = new Set<unknown>()
  return value.flatMap((column: unknown, i): Found[] => {
    if (!isColumn(column)) return [{ path: [i], message: 'must be a pair of name and type' }]
    const name: unknown = (column as unknown[])[0]
    if (seen.has(name)) return [{ path: [i], message: 'names a column that is there already' }]
    seen.add(name)
    return []
  })
}

/** Whether `label_names` names the rows of `confusion_matrix`. */
const findUnnamedRows: Find = (value) => {
  const { confusion_matrix: matrix, label_names: labels } = value as Record<string, unknown>
  if (!Array.isArray(matrix) || (Array.isArray(labels) && labels.length === matrix.length)) return NOTHING
  const message =
    labels === undefined
      ? 'must name the rows of confusion_matrix'
      : `must name the ${matrix.length} rows of confusion_matrix, each once`
  return [{ path: ['label_names'], message }]
}

/** Whether there is a finite number in a JSON value, at any depth. */
function hasNumber(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNumber)
}

/** What is wrong with metrics as a whole. */
export const findInWholeMetrics: Find = (value) => {
  const unnamed = findUnnamedRows(value)
  if (hasNumber(value)) return unnamed
  return [...unnamed, { path: [], message: 'must hold at least one finite number' }]
}
