import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBestModel } from '@taskclf/infer-resolver'
import { checkPolicy } from '@taskclf/registry'
import { parsePolicy, policyFileSchema } from '@taskclf/selection-policy'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const FOLDER = fileURLToPath(new URL('../../examples/policies/', import.meta.url))

/** Models by their metrics, which are all that they have. */
function registryOf(models: Readonly<Record<string, object>>): string {
  const dir = join(scratchDir(), 'models')
  for (const [id, metrics] of Object.entries(models))
    writeBundle(dir, id, { files: { 'metrics.json': JSON.stringify(metrics) } })
  return dir
}

const SCENES: readonly [string, Readonly<Record<string, object>>, string][] = [
  [
    'churn.policy.json',
    {
      a: { auc: 0.83, log_loss: 0.41 },
      b: { auc: 0.84, log_loss: 0.44 },
      c: { auc: 0.9, log_loss: 0.7 },
      d: { macro_f1: 0.99 },
    },
    'b',
  ],
  [
    'regressor.policy.json',
    { a: { rmse: 4.2 }, b: { rmse: 3.9, mae: 3 }, c: { rmse: 3.9 }, d: { rmse: 5.1 }, e: { r2: 1 } },
    'b',
  ],
]

it('has a scene for each example', () => {
  expect(readdirSync(FOLDER).filter((name) => name.endsWith('.json'))).toEqual(SCENES.map(([name]) => name))
})

it.each(SCENES)('selects by %s the model that it is written for', async (name, models, best) => {
  const document = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))
  expect(policyFileSchema.safeParse(document).success).toBe(true)
  const parsed = parsePolicy(document)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.violations))
  const dir = registryOf(models)
  expect(await checkPolicy(parsed.policy, dir)).toMatchObject({ violations: [], warnings: [] })
  expect((await findBestModel(dir, parsed.policy)).best?.bundle.modelId).toBe(best)
  const { code, stdout } = await runCli(['policy', 'check', join(FOLDER, name), '--models-dir', dir], {})
  expect([code, stdout]).toEqual([0, expect.stringContaining('is a valid policy')])
})
