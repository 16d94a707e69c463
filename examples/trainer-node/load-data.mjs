import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRandom } from './random.mjs'
import { digestOf, readCsv } from './read-csv.mjs'

/** The column to learn, and the one that says when; neither is a feature. */
const LABEL = 'label'
const TIME = 'window_start'

/**
 * The schema, and the rows to train on and to measure with. With `data.eval`, that file is the evaluation set, so that
 * all models are measured alike; without, a share of the training file that follows from the seed is kept apart.
 */
export function loadData({ data, seed, params }) {
  const schema = readSchema(data.schema)
  const file = readCsv(data.train)
  requireColumns(file, schema)
  const { train, evaluation, shared } =
    data.eval === undefined ? keepApart(file, seed, params.holdout) : frozen(file, readCsv(data.eval))
  requireColumns(evaluation, schema)
  const labels = labelsOf(train)
  const unknown = labelsOf(evaluation).filter((label) => !labels.includes(label))
  if (unknown.length > 0) throw new Error(`no row to train on has the label ${unknown.join(', ')}`)
  if (labels.length < 2) throw new Error(`${file.path} has fewer than two labels`)
  return { schema, train, evaluation, shared, labels, range: rangeOf(train) }
}

/** The cells of one column. */
export function cellsOf(table, column) {
  const at = table.columns.indexOf(column)
  return table.rows.map((row) => row[at])
}

function readSchema(path) {
  const { columns, version, schema_hash: stated } = JSON.parse(readFileSync(path, 'utf8'))
  const hash = createHash('sha256').update(JSON.stringify(columns)).digest('hex').slice(0, 12)
  if (stated !== undefined && stated !== hash) {
    throw new Error(`${path}: schema_hash is ${stated}, but its columns give ${hash}; write the schema again`)
  }
  return { columns: columns.map(([name, type]) => ({ name, type })), version, hash }
}

function requireColumns(table, schema) {
  const needed = [...schema.columns.map(({ name }) => name), LABEL, TIME]
  const missing = needed.filter((name) => !table.columns.includes(name))
  if (missing.length > 0) throw new Error(`${table.path} lacks the columns ${missing.join(', ')}`)
}

function keepApart(file, seed, share) {
  const random = createRandom(seed)
  const isKept = file.rows.map(() => random() < share)
  const evaluation = { ...file, rows: file.rows.filter((_, i) => isKept[i]) }
  const train = { ...file, rows: file.rows.filter((_, i) => !isKept[i]) }
  if (evaluation.rows.length === 0) throw new Error(`${file.path} is too small to keep ${share} of it apart`)
  evaluation.digest = digestOf(`${file.digest} holdout ${share} seed ${seed}`)
  return { train, evaluation, shared: 0 }
}

/** Rows that are in the evaluation set are not trained on: a model would be asked what it was told. */
function frozen(file, evaluation) {
  const asked = new Set(evaluation.rows.map((row) => JSON.stringify(row)))
  const rows = file.rows.filter((row) => !asked.has(JSON.stringify(row)))
  return { train: { ...file, rows }, evaluation, shared: file.rows.length - rows.length }
}

function labelsOf(table) {
  const unlabelled = cellsOf(table, LABEL).indexOf('')
  if (unlabelled >= 0) throw new Error(`${table.path}: row ${unlabelled + 1} has no label`)
  return [...new Set(cellsOf(table, LABEL))].sort()
}

function rangeOf(table) {
  const days = cellsOf(table, TIME)
    .map((time) => time.slice(0, 10))
    .sort()
  return { from: days[0], to: days.at(-1) }
}
