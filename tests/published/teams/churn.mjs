import { join } from 'node:path'
import { equal } from '../workbench.mjs'
import { lightgbmModel, near, readRows, writeCandidate, writeRows } from './material.mjs'

/** A binary LightGBM model, rows with missing values, `auc`, a policy of its own. */
export async function serveChurn({ dir, type }) {
  const { model, names, rows, prediction } = lightgbmModel('breast-cancer-binary-gbdt')
  equal('that values are missing', rows.flat().includes(null), true)
  writeCandidate(join(dir, 'churn-1'), model, { label_set: ['stays', 'leaves'] }, { auc: 0.91 })
  writeRows(join(dir, 'rows.jsonl'), names, rows)

  await type('npm i taskclf')
  await type("npx taskclf policy init policy.json --metric auc --higher --gate 'auc >= 0.7'")
  await type('mkdir models && npx taskclf train promote churn-1 --policy policy.json')
  equal(
    'that it is active',
    /^\* .* 0\.9100 +yes/m.test(await type('npx taskclf model list --policy policy.json')),
    true,
  )
  await type('npx taskclf infer batch --policy policy.json --input rows.jsonl --output out.jsonl')

  const answers = readRows(join(dir, 'out.jsonl')).map(({ prob_leaves }) => prob_leaves)
  // The sum over the trees is equal to the last bit; e to its power is V8's here and the C library's there.
  near('the probabilities', answers, prediction, 2 ** -52)
}
