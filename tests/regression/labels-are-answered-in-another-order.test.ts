import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkBundle } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const SWAPPED = {
  metadata: { label_set: ['Build', 'BreakIdle'] },
  metrics: { label_names: ['BreakIdle', 'Build'] },
}
const CODE = expect.objectContaining({ code: 'label_order_differs' })
const SAID = expect.objectContaining({ message: expect.stringContaining('[label_order_differs]') })

async function jsonOf(args: string[], cwd: string) {
  return JSON.parse((await runCli([...args, '--json'], { cwd })).stdout)
}

it('labels in another order than those of the metrics are warned of, before and while they serve', async () => {
  const dir = scratchDir()
  mkdirSync(join(dir, 'models'))
  const candidate = writeBundle(join(dir, 'runs'), 'run-1', SWAPPED)
  const promoted = await jsonOf(['train', 'promote', candidate], dir)
  expect(promoted.warnings).toContainEqual(SAID)
  const inspected = await jsonOf(['model', 'inspect', promoted.candidate.model_id], dir)
  expect(inspected.warnings).toContainEqual(CODE)
  expect((await jsonOf(['model', 'verify'], dir)).bundles[0].warnings).toContainEqual(CODE)
  expect((await jsonOf(['infer', 'resolve'], dir)).warnings).toContainEqual(SAID)
  expect((await jsonOf(['doctor'], dir)).findings).toContainEqual(CODE)
})

it('refuses them by a self-test that names the labels', async () => {
  const test = {
    version: 1,
    rows: [{ x: 1 }],
    expected: [[0.4, 0.6]],
    tolerance: 0.1,
    labels: ['BreakIdle', 'Build'],
  }
  const spec = { ...SWAPPED, files: { 'self_test.json': JSON.stringify(test) } }
  const bundle = await readBundle(writeBundle(join(scratchDir(), 'models'), 'run-1', spec))
  if (bundle.status !== 'valid') throw new Error('not valid')
  expect(await checkBundle(bundle)).toMatchObject({ status: 'failed', code: 'self_test_failed' })
})
