import { join } from 'node:path'
import { equal } from '../workbench.mjs'
import { lightgbmModel, readRows, writeCandidate, writeRows } from './material.mjs'

/** A regressor with `rmse`, and a gate on it. */
export async function serveRegressor({ dir, type }) {
  const { model, names, rows, prediction } = lightgbmModel('diabetes-regression-l2')
  writeCandidate(join(dir, 'price-1'), model, { task: 'regression' }, { rmse: 4.2 })
  writeRows(join(dir, 'rows.jsonl'), names, rows)

  await type('npm i taskclf')
  await type("npx taskclf policy init policy.json --metric rmse --lower --gate 'rmse <= 5'")
  await type('mkdir models && npx taskclf train promote price-1 --policy policy.json')
  await type('npx taskclf infer batch --policy policy.json --input rows.jsonl --output out.jsonl')

  const answers = readRows(join(dir, 'out.jsonl')).map(({ value }) => value)
  equal('the values', answers, prediction)
}
