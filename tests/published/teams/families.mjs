import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { equal } from '../workbench.mjs'
import { lightgbmModel, near, readRows, writeCandidate, writeRows } from './material.mjs'

const CONFIG = {
  version: 1,
  models: {
    churn: { models_dir: 'models/churn', policy: 'auc.policy.json' },
    price: { models_dir: 'models/price', policy: 'rmse.policy.json' },
    upsell: { models_dir: 'models/upsell', policy: 'auc.policy.json' },
  },
}

/** Three families in one configuration, two of which share a policy. */
export async function serveThreeFamilies({ dir, type }) {
  const [churn, price, upsell] = [
    'breast-cancer-binary-gbdt',
    'diabetes-regression-l2',
    'extreme-values-binary',
  ].map(lightgbmModel)
  writeCandidate(join(dir, 'new/churn-1'), churn.model, { label_set: ['stays', 'leaves'] }, { auc: 0.91 })
  writeCandidate(join(dir, 'new/price-1'), price.model, { task: 'regression' }, { rmse: 4.2 })
  writeCandidate(join(dir, 'new/upsell-1'), upsell.model, { label_set: ['no', 'yes'] }, { auc: 0.7 })
  // A file of JSON lines can hold no infinity.
  const asked = upsell.rows.flatMap((row, i) => (row.some((value) => typeof value === 'string') ? [] : [i]))
  const rows = asked.map((i) => upsell.rows[i])
  writeRows(join(dir, 'customers.jsonl'), upsell.names, rows)
  writeFileSync(join(dir, 'taskclf.config.json'), JSON.stringify(CONFIG))

  await type('npm i taskclf && mkdir -p models/churn models/price models/upsell')
  await type('npx taskclf policy init auc.policy.json --model churn --metric auc --higher')
  await type('npx taskclf policy init rmse.policy.json --model price --metric rmse --lower')
  for (const family of ['churn', 'price', 'upsell'])
    await type(`npx taskclf train promote new/${family}-1 --model ${family}`)
  const { families } = JSON.parse(await type('npx taskclf status --json --fail-on problem'))
  await type('npx taskclf infer batch --model upsell --input customers.jsonl --output out.jsonl')

  equal(
    'the families',
    families.map(({ family }) => family),
    ['churn', 'price', 'upsell'],
  )
  const answers = readRows(join(dir, 'out.jsonl')).map(({ prob_yes }) => prob_yes)
  const expected = asked.map((i) => upsell.prediction[i])
  near('the probabilities', answers, expected, 2 ** -52)
}
