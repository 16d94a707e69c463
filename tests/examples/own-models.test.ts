// Teams with models of their own: from a blank folder to a served answer, with metrics and policies of their own and nothing of another project.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixturePath, runCli, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

interface Expected {
  feature_names: string[]
  /** What LightGBM answers for each row. */
  prediction: number[]
}

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

/** A folder with one trained model, `candidate`, and rows to predict, `rows.jsonl`. */
function blankFolder(model: string, metadata: object, metrics: object) {
  const dir = scratchDir()
  const from = fixturePath('lightgbm', model)
  mkdirSync(join(dir, 'candidate'))
  cpSync(join(from, 'model.txt'), join(dir, 'candidate/model.txt'))
  const created_at = '2026-03-01T00:00:00Z'
  writeFileSync(join(dir, 'candidate/metadata.json'), JSON.stringify({ created_at, ...metadata }))
  writeFileSync(join(dir, 'candidate/metrics.json'), JSON.stringify(metrics))
  const expected: Expected = json(join(from, 'expected.json'))
  const rows: (number | null)[][] = json(join(from, 'rows.json'))
  const named = rows.map((row) => Object.fromEntries(expected.feature_names.map((name, i) => [name, row[i]])))
  writeFileSync(join(dir, 'rows.jsonl'), named.map((row) => JSON.stringify(row)).join('\n'))
  return { dir, expected, rows: named }
}

/** Runs a command, which must succeed and must not speak of the project that the default policy comes from. */
async function taskclf(cwd: string, line: string): Promise<string> {
  const { code, stdout, stderr } = await runCli(line.split(' '), { cwd })
  expect([line, code, stderr]).toEqual([line, 0, stderr])
  expect(stdout + stderr).not.toMatch(/BreakIdle|breakidle|macro_f1/)
  return stdout
}

const predictions = (dir: string): Record<string, number>[] =>
  readFileSync(join(dir, 'out.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

it('serves a churn model by auc, answering as LightGBM does', async () => {
  const labels = ['stays', 'leaves']
  const { dir, expected } = blankFolder(
    'breast-cancer-binary-gbdt',
    { model_id: 'churn-1', label_set: labels },
    { auc: 0.91 },
  )
  mkdirSync(join(dir, 'models'))
  await taskclf(dir, 'policy init policy.json --metric auc --higher --gate auc>=0.7')
  await taskclf(dir, 'train promote candidate --policy policy.json')
  expect(await taskclf(dir, 'model list --policy policy.json')).toMatch(/\* churn-1 .* 0\.9100 +yes/)
  await taskclf(dir, 'infer batch --input rows.jsonl --output out.jsonl --policy policy.json')
  const found = predictions(dir)
  expect(found).toHaveLength(expected.prediction.length)
  // The sum over the trees is the same to the last bit; e to its power is the C library's there and V8's here.
  for (const [i, { prob_leaves }] of found.entries())
    expect(Math.abs((prob_leaves as number) - (expected.prediction[i] as number))).toBeLessThan(1e-15)
})

it('serves a regressor by rmse, answering as LightGBM does', async () => {
  const { dir, expected, rows } = blankFolder(
    'diabetes-regression-l2',
    { model_id: 'price-1', task: 'regression' },
    { rmse: 4.2 },
  )
  mkdirSync(join(dir, 'models'))
  const measured = rows.map((row, i) =>
    JSON.stringify({ ...row, truth: (expected.prediction[i] as number) + 3 }),
  )
  writeFileSync(join(dir, 'rows.jsonl'), measured.join('\n'))
  await taskclf(dir, 'policy init policy.json --metric rmse --lower --gate rmse<=5')
  await taskclf(dir, 'train promote candidate --policy policy.json')
  const said = await taskclf(
    dir,
    'infer batch --input rows.jsonl --output out.jsonl --label-column truth --policy policy.json --json',
  )
  expect(predictions(dir).map(({ value }) => value)).toEqual(expected.prediction)
  const { regression } = JSON.parse(said)
  expect(regression.rmse).toBeCloseTo(3, 9)
  expect(regression.mae).toBeCloseTo(3, 9)
})

it('refuses a regressor that is worse than its gate', async () => {
  const { dir } = blankFolder(
    'diabetes-regression-l2',
    { model_id: 'price-1', task: 'regression' },
    { rmse: 6 },
  )
  mkdirSync(join(dir, 'models'))
  await taskclf(dir, 'policy init policy.json --metric rmse --lower --gate rmse<=5')
  const { code, stdout } = await runCli(['train', 'promote', 'candidate', '--policy', 'policy.json'], {
    cwd: dir,
  })
  expect([code, stdout]).toEqual([1, expect.stringContaining('rmse')])
})
