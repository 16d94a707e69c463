import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cellValue } from './encode.mjs'
import { formatModel } from './write-model.mjs'

const SELF_TEST_ROWS = 8

/** Writes every file of the bundle, metadata.json last: a directory without it is not taken for a bundle. */
export function writeBundle({ spec, data, vocabularies, train, trees, metrics, probabilities }) {
  const { labels, schema } = data
  const createdAt = new Date().toISOString()
  const params = { objective: 'multiclass', num_class: labels.length, ...spec.params, seed: spec.seed }
  const write = (name, text) => writeFileSync(join(spec.output_dir, name), text)
  const writeJson = (name, value) => write(name, `${JSON.stringify(value, null, 2)}\n`)
  write('model.txt', formatModel({ trees, labels, schema, train, vocabularies, params }))
  writeJson('categorical_encoders.json', vocabularies)
  writeJson('metrics.json', { ...metrics, eval_dataset_id: data.evaluation.digest, created_at: createdAt })
  write('confusion_matrix.csv', formatMatrix(metrics.confusion_matrix, labels))
  writeJson('self_test.json', selfTest(data, probabilities))
  writeJson('metadata.json', {
    created_at: createdAt,
    schema_version: schema.version ?? 'unknown',
    schema_hash: schema.hash,
    label_set: labels,
    // The Python project demands the flat form, the contract reads either.
    train_date_from: data.range.from,
    train_date_to: data.range.to,
    train_range: data.range,
    params,
    git_commit: gitCommit(),
    dataset_hash: data.train.digest,
    reject_threshold: spec.params.reject_threshold,
    data_provenance: spec.params.data_provenance,
    preprocessing: { missing_numeric: spec.params.missing_numeric },
  })
}

function formatMatrix(matrix, labels) {
  const quote = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const lines = matrix.map((row, i) => [quote(labels[i]), ...row])
  return [['', ...labels.map(quote)], ...lines].map((cells) => `${cells.join(',')}\n`).join('')
}

function selfTest({ schema, evaluation }, probabilities) {
  const rows = evaluation.rows.slice(0, SELF_TEST_ROWS).map((cells) => {
    const cell = (name) => cells[evaluation.columns.indexOf(name)]
    return Object.fromEntries(schema.columns.map(({ name, type }) => [name, cellValue(cell(name), type)]))
  })
  const expected = probabilities.slice(0, SELF_TEST_ROWS).map((each) => [...each])
  return { version: 1, rows, expected, tolerance: 1e-9 }
}

/** The commit of the trainer itself. */
function gitCommit() {
  try {
    const options = { cwd: import.meta.dirname, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
    return execFileSync('git', ['rev-parse', 'HEAD'], options).trim()
  } catch {
    return 'unknown'
  }
}
