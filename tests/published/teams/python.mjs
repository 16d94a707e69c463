import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { equal } from '../workbench.mjs'
import { fixtures, near, readJson, readRows, writeRows } from './material.mjs'

/** The models dir of the Python project, its pointer and its history as they are. */
export async function serveThePythonProject({ dir, type }) {
  const { feature_columns, rows, models, labels_sorted } = readJson(fixtures, 'registry/e2e-goldens.json')
  cpSync(join(fixtures, 'registry/models'), join(dir, 'models'), { recursive: true })
  writeFileSync(
    join(dir, 'taskclf.config.json'),
    JSON.stringify({ version: 1, models_dir: 'models', policy: 'ungated', python_interop: true }),
  )
  writeRows(join(dir, 'rows.jsonl'), feature_columns, rows)
  const active = readJson(dir, 'models/active.json').model_id

  await type('npm i taskclf')
  const resolved = (await type('npx taskclf infer resolve')).trim()
  equal('what is resolved', resolved.endsWith(`/models/${active}`), true)
  await type('npx taskclf infer batch --input rows.jsonl --output out.jsonl')
  const history = JSON.parse(await type('npx taskclf model history --json'))
  await type('npx taskclf doctor')

  equal('that its switches are read', history.entries.length > 0, true)
  const answers = readRows(join(dir, 'out.jsonl'))
  const expected = models[active].proba
  for (const [c, label] of labels_sorted.entries())
    near(
      `the probabilities of ${label}`,
      answers.map((row) => row[`prob_${label}`]),
      expected.map((row) => row[c]),
      1e-12,
    )
}
