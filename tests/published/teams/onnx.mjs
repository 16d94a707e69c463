import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../workbench.mjs'
import { near, readJson, readRows, writeCandidate, writeRows } from './material.mjs'

const models = join(repository, 'packages/onnx/test/models')
const PROGRAM = `
import { createModelReloader } from '@taskclf/infer-resolver'
import { onnxLoaders } from '@taskclf/onnx'
import { predictorUnit } from '@taskclf/predictor'
import { readFileSync } from 'node:fs'

const rows = readFileSync('rows.jsonl', 'utf8').trim().split('\\n').map((line) => JSON.parse(line))
const models = await createModelReloader({ modelsDir: 'models', ...predictorUnit({ loaders: onnxLoaders }) })
const answers = await models.use((model) => model.predict(rows))
for (const { probabilities } of answers) console.log(JSON.stringify(probabilities))
await models.close()
`

/** A random forest of scikit-learn as ONNX: promoted and predicted by the command line, then served by a reloader. */
export async function serveOnnx({ dir, type }) {
  const { columns, rows, answers } = readJson(models, 'answers.json')
  const label_set = ['good', 'late']
  const metadata = { artifacts: ['forest.onnx'], feature_names: columns, label_set }
  writeCandidate(join(dir, 'forest-1'), join(models, 'binary.onnx'), metadata, { log_loss: 0.31 })
  writeRows(join(dir, 'rows.jsonl'), columns, rows)
  writeFileSync(join(dir, 'serve.mjs'), PROGRAM)

  await type(
    'npm i --ignore-scripts taskclf @taskclf/onnx onnxruntime-node @taskclf/infer-resolver @taskclf/predictor',
  )
  await type('npx taskclf policy init policy.json --metric log_loss --lower')
  await type('mkdir models && npx taskclf train promote forest-1 --policy policy.json')
  await type('npx taskclf infer batch --policy policy.json --input rows.jsonl --output out.jsonl')
  const served = readLines(await type('node serve.mjs'))

  const expected = answers.binary.flat()
  const batch = readRows(join(dir, 'out.jsonl')).flatMap((row) =>
    label_set.map((label) => row[`prob_${label}`]),
  )
  near("the command line's probabilities", batch, expected, 1e-5)
  near("the service's probabilities", served.flat(), expected, 1e-5)
}

const readLines = (text) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
