import { cellsOf } from './load-data.mjs'

const UNKNOWN = '__unknown__'
/** LightGBM takes what is no larger than this, a float32, for zero. */
const TINY = Math.fround(1e-35)

/** Column → vocabulary in code order, for every category of the schema. */
export function fitVocabularies(schema, table) {
  const categories = schema.columns.filter(({ type }) => type === 'category')
  return Object.fromEntries(
    categories.map(({ name }) => {
      const words = new Set(cellsOf(table, name).filter((cell) => cell !== ''))
      return [name, [...words.add(UNKNOWN)].sort()]
    }),
  )
}

/**
 * Rows as numbers: `values` is row by row, `classes` the index of each row's label. A missing or unknown category gets
 * the code of `__unknown__`; a missing number is NaN or, with `missing` = zero, 0: as at inference.
 */
export function encodeTable(table, schema, vocabularies, labels, missing) {
  const width = schema.columns.length
  const values = new Float64Array(table.rows.length * width)
  schema.columns.forEach(({ name, type }, feature) => {
    const read =
      type === 'category' ? codeReader(vocabularies[name]) : numberReader(missing === 'nan' ? NaN : 0)
    cellsOf(table, name).forEach((cell, row) => {
      const value = read(cell)
      if (value === undefined)
        throw new Error(`${table.path}: row ${row + 1}: ${name} is ${JSON.stringify(cell)}`)
      values[row * width + feature] = value
    })
  })
  const classes = Int32Array.from(cellsOf(table, 'label'), (label) => labels.indexOf(label))
  const isCategory = schema.columns.map(({ type }) => type === 'category')
  return { values, classes, width, height: table.rows.length, isCategory }
}

/** A cell as JSON would hold it: what a caller of the model gives. */
export function cellValue(cell, type) {
  if (cell === '') return null
  if (type === 'category') return cell
  return type === 'bool' && /^(true|false)$/i.test(cell) ? cell.toLowerCase() === 'true' : Number(cell)
}

function codeReader(vocabulary) {
  const codes = new Map(vocabulary.map((word, code) => [word, code]))
  return (cell) => codes.get(cell) ?? codes.get(UNKNOWN)
}

function numberReader(missing) {
  return (cell) => {
    if (cell === '') return missing
    const value = Number(cellValue(cell, 'bool'))
    if (!Number.isFinite(value)) return undefined
    return Math.abs(value) <= TINY ? 0 : value
  }
}
