import { categoryCode, isKnown, numberOf, UNKNOWN, type Vocabulary } from './encode-cell.js'
import { PredictorError } from './errors.js'
import { namesByPlace } from './names-by-place.js'
import { MANY_ROWS } from './prediction-watch.js'

/** So many columns are named in a message; all are in the error's `columns`. */
const MOST_NAMED = 10

/**
 * A row to predict: cells by column name (further columns are passed over), or the cells of `columns` in their order.
 * null, undefined, NaN and '' are missing.
 */
export type FeatureRow = Readonly<Record<string, unknown>> | readonly unknown[]

type NamedRow = Readonly<Record<string, unknown>>

/** LightGBM writes the spaces in a column's name so; rows and encoders still have the name itself. */
export const asFeatureName = (name: string) => name.replaceAll(' ', '_')

/** Whether a cell is without a value. */
export const isMissing = (cell: unknown): boolean =>
  cell === null || cell === undefined || cell === '' || cell === 'NaN' || cell === 'nan' || Number.isNaN(cell)

/** The cells of these columns, by whichever of its names a row has each. */
export function cellsOf(row: FeatureRow, columns: readonly string[]): unknown[] {
  if (Array.isArray(row)) return [...row]
  const named = row as NamedRow
  if (columns.every((column) => Object.hasOwn(named, column))) return columns.map((column) => named[column])
  const names = ownNames(named, columns)
  const places = namesByPlace(Object.keys(named), names, columns.keys()) ?? names
  return places.map((name) => (name === undefined ? undefined : named[name]))
}

/** Under which name a row has each column. */
function ownNames(row: NamedRow, columns: readonly string[]): (string | undefined)[] {
  const aliases = new Map(Object.keys(row).map((name) => [asFeatureName(name), name]))
  return columns.map((column) => (Object.hasOwn(row, column) ? column : aliases.get(asFeatureName(column))))
}

/** Cells of one column that no vocabulary has. */
export interface UnknownCells {
  column: string
  cells: readonly unknown[]
  /** Their rows. */
  places: readonly number[]
}

/** Turns rows into the numbers that the model was trained on. */
export class RowEncoder {
  readonly #columns: readonly string[]
  readonly #vocabularies: readonly (Vocabulary | undefined)[]
  readonly #missing: number
  readonly #unnamed: readonly number[]
  /** Places of the columns of categories that have no code of their own for unknown texts. */
  readonly #closed: readonly number[]
  /** Under which name the last row had each column: the first guess for the next. */
  #names: readonly string[]

  /**
   * `vocabularies` has one for each column of categories, `missing` is what a missing number becomes, `unnamed` are the
   * places of columns that a row may have under any name.
   */
  constructor(
    columns: readonly string[],
    vocabularies: readonly (Vocabulary | undefined)[],
    missing: number,
    unnamed: readonly number[] = [],
  ) {
    this.#columns = columns
    this.#names = columns
    this.#vocabularies = vocabularies
    this.#missing = missing
    this.#unnamed = unnamed
    this.#closed = columns.flatMap((_, c) => {
      const vocabulary = vocabularies[c]
      return vocabulary === undefined || vocabulary.codes.has(UNKNOWN) ? [] : [c]
    })
  }

  /** Columns with a vocabulary, where what is missing has a code of its own. */
  get categorical(): readonly string[] {
    return this.#columns.filter((_, c) => this.#vocabularies[c] !== undefined)
  }

  /** Columns that a row may have under any name, at their place. */
  get byPlace(): readonly string[] {
    return this.#unnamed.map((place) => this.#columns[place] as string)
  }

  /** Writes rows.length × columns numbers, row by row. Throws PredictorError `bad_row`, `missing_columns`, `bad_value`. */
  encode(rows: readonly FeatureRow[], out: Float64Array): void {
    this.#write(rows, out)
    if (rows.length < MANY_ROWS) return
    // A program that maps a name wrongly gives undefined for every row; nobody means so many to be missing.
    const absent = this.#columns.filter((_, c) => this.#isAll(rows, out, c, (cell) => cell === undefined))
    if (absent.length === 0) return
    const message = `no row has ${absent.join(', ')}; give every column that the model was trained on, null where a value is missing`
    throw new PredictorError('missing_columns', message, { columns: absent })
  }

  /** Of rows that were just encoded, by column: the cells that no vocabulary has, and no `__unknown__` to be coded as. */
  unknownCells(rows: readonly FeatureRow[], out: Float64Array): UnknownCells[] {
    const width = this.#columns.length
    return this.#closed.flatMap((c) => {
      const cells: unknown[] = []
      const places: number[] = []
      for (let r = 0; r < rows.length; r++) {
        // Both −1 and NaN; a code means that the text is known.
        if ((out[r * width + c] as number) >= 0) continue
        const cell = this.cellOf(rows[r] as FeatureRow, c)
        if (isMissing(cell) || isKnown(cell, this.#vocabularies[c] as Vocabulary)) continue
        cells.push(cell)
        places.push(r)
      }
      return cells.length === 0 ? [] : [{ column: this.#columns[c] as string, cells, places }]
    })
  }

  /** The cell of a row that was just encoded, as the row has it. */
  cellOf(row: FeatureRow, c: number): unknown {
    if (Array.isArray(row)) return row[c]
    const named = row as NamedRow
    const [name, other] = [this.#names[c] as string, this.#columns[c] as string]
    return Object.hasOwn(named, name) ? named[name] : named[other]
  }

  /** Of rows that were just encoded: the columns without a value, and those of which the model knows no value. */
  silentColumns(rows: readonly FeatureRow[], out: Float64Array): { empty: string[]; unknown: string[] } {
    const empty = this.#columns.filter((_, c) => this.#isAll(rows, out, c, isMissing))
    const unknown = this.#columns.filter((name, c) => {
      const code = this.#vocabularies[c]?.unknown
      return code !== undefined && !empty.includes(name) && this.#isAll(rows, out, c, () => true, code)
    })
    return { empty, unknown }
  }

  /** Whether a column has one code in every row, that of a missing cell unless given, and its cells are so, too. */
  #isAll(
    rows: readonly FeatureRow[],
    out: Float64Array,
    c: number,
    is: (cell: unknown) => boolean,
    code = this.#vocabularies[c]?.missing ?? this.#missing,
  ): boolean {
    const width = this.#columns.length
    for (let r = 0; r < rows.length; r++) if (!Object.is(out[r * width + c], code)) return false
    return rows.every((row) => is(this.cellOf(row, c)))
  }

  #write(rows: readonly FeatureRow[], out: Float64Array): void {
    const width = this.#columns.length
    for (let r = 0; r < rows.length; r++) {
      const row: unknown = rows[r]
      if (Array.isArray(row)) this.#list(row, r, out, r * width)
      else if (typeof row === 'object' && row !== null) this.#named(row as NamedRow, r, out, r * width)
      else throw new PredictorError('bad_row', 'it is not an object of cells by column name', { row: r })
    }
  }

  #list(row: readonly unknown[], r: number, out: Float64Array, at: number): void {
    const width = this.#columns.length
    if (row.length !== width) {
      const message = `it has ${row.length} cells, the model has ${width} columns; give one for each, or name them`
      throw new PredictorError('bad_row', message, { row: r })
    }
    for (let c = 0; c < width; c++) out[at + c] = this.#cell(row[c], r, c)
  }

  #named(row: NamedRow, r: number, out: Float64Array, at: number): void {
    for (let c = 0; c < this.#columns.length; c++) {
      const name = this.#names[c] as string
      const value = row[name]
      // What a plain object inherits is undefined, a function or an object; only then is it worth asking whose it is.
      const isDoubtful = value === undefined || typeof value === 'function' || typeof value === 'object'
      if (isDoubtful && value !== null && !Object.hasOwn(row, name)) {
        this.#names = this.#find(row, r)
        this.#named(row, r, out, at)
        return
      }
      out[at + c] = this.#cell(value, r, c)
    }
  }

  /** The row's own names of the columns; all that it lacks are reported at once. */
  #find(row: NamedRow, r: number): readonly string[] {
    const own = ownNames(row, this.#columns)
    const names = namesByPlace(Object.keys(row), own, this.#unnamed) ?? own
    const missing = this.#columns.filter((_, c) => names[c] === undefined)
    if (missing.length === 0) return names as string[]
    const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : ''
    const message = `it has no ${missing.slice(0, MOST_NAMED).join(', ')}${more}; give every column that the model was trained on, null where a value is missing`
    throw new PredictorError('missing_columns', message, { row: r, columns: missing })
  }

  #cell(value: unknown, r: number, c: number): number {
    const vocabulary = this.#vocabularies[c]
    const found = vocabulary ? categoryCode(value, vocabulary) : numberOf(value, this.#missing)
    if (found !== undefined) return found
    const column = this.#columns[c] as string
    const needed = vocabulary ? 'a text' : 'a number, true or false'
    const message = `column ${column}: ${show(value)} is not ${needed}; correct it, or leave it empty if it is missing`
    throw new PredictorError('bad_value', message, { row: r, columns: [column] })
  }
}

function show(value: unknown): string {
  const text =
    typeof value === 'string' ? JSON.stringify(value) : Array.isArray(value) ? 'a list' : `a ${typeof value}`
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`
}
