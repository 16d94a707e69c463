import { writeActiveAtomic } from '@taskclf/active-pointer'
import { readRowBatches } from '@taskclf/dataset'
import { resolveModelDir } from '@taskclf/infer-resolver'
import { loadPredictor } from '@taskclf/predictor'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { findBestModel, readFeatureSchema } from '@taskclf/selection-policy/find-best-model'

const { hash } = await readFeatureSchema('feature-schema.json')
const requirement = { schemas: [{ hash }] }
const { best, excluded } = await findBestModel('models', DEFAULT_POLICY, requirement)
for (const { modelId, reasons } of excluded) console.log(`not ${modelId}: ${reasons[0].message}`)
if (best === undefined) throw new Error('none of the models may serve')

const { revision } = await writeActiveAtomic('models', best.bundle, { source: 'manual', actor: 'me' })
const { bundle, modelId } = await resolveModelDir({ modelsDir: 'models', requirement })
console.log(`serving ${modelId}, revision ${revision}`)

const predictor = await loadPredictor(bundle)
for await (const rows of readRowBatches('windows.csv')) {
  const [first] = await predictor.predict(rows.map(({ values }) => values))
  console.log(`${rows.length} rows, the first is ${first.label} at ${first.confidence.toFixed(2)}`)
}
