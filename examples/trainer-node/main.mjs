// A trainer: reads the spec, says what it does on stdout, writes a bundle. The protocol is in docs/guides/trainers.md.
import { boost } from './boost.mjs'
import { openCheckpoint } from './checkpoint.mjs'
import { encodeTable, fitVocabularies } from './encode.mjs'
import { confusionMatrix, measure } from './evaluate.mjs'
import { loadData } from './load-data.mjs'
import { mostLikely, predictAll } from './predict.mjs'
import { readSpec } from './read-spec.mjs'
import { writeBundle } from './write-bundle.mjs'

const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`)
const phase = (name) => say({ type: 'phase', name })

function run() {
  const spec = readSpec(process.env)

  phase('load')
  const data = loadData(spec)
  if (data.shared > 0) {
    const message = `${data.shared} rows of the evaluation set are in the training data too; they are not trained on`
    say({ type: 'log', level: 'warning', message })
  }
  const vocabularies = fitVocabularies(data.schema, data.train)
  const encode = (table) =>
    encodeTable(table, data.schema, vocabularies, data.labels, spec.params.missing_numeric)
  const train = encode(data.train)
  const evaluation = encode(data.evaluation)

  phase('train')
  const checkpoint = openCheckpoint(spec, data)
  const trees = checkpoint.trees
  if (trees.length > 0)
    say({ type: 'log', message: `resumed after round ${trees.length / data.labels.length}` })
  for (const { round, grown, logLoss } of boost(train, data.labels.length, spec, trees)) {
    checkpoint.append(grown)
    trees.push(...grown)
    say({ type: 'metrics', values: { train_log_loss: logLoss }, step: round })
    say({ type: 'progress', current: round, total: spec.params.num_rounds, unit: 'rounds' })
  }

  phase('evaluate')
  const probabilities = predictAll(trees, data.labels.length, evaluation)
  const matrix = confusionMatrix(evaluation.classes, probabilities.map(mostLikely), data.labels.length)
  const metrics = measure(matrix, data.labels)
  say({ type: 'metrics', values: { macro_f1: metrics.macro_f1, weighted_f1: metrics.weighted_f1 } })

  phase('write')
  writeBundle({ spec, data, vocabularies, train, trees, metrics, probabilities })
  checkpoint.remove()
  say({ type: 'bundle' })
}

try {
  run()
} catch (error) {
  process.stderr.write(`trainer-node: ${error.message}\n`)
  process.exitCode = 1
}
