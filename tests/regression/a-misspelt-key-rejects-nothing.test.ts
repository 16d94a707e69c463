import { join } from 'node:path'
import { readBundle } from '@taskclf/registry-core'
import { metadataOf, metricsOf, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

async function warningsOf(metadata: Record<string, unknown>, metrics: Record<string, unknown> = {}) {
  const spec = { metadata: metadataOf(metadata), metrics: metricsOf(metrics) }
  const bundle = await readBundle(writeBundle(join(scratchDir(), 'models'), 'run-1', spec))
  if (bundle.status !== 'valid') throw new Error('not valid')
  return bundle.warnings.map(({ code, file, at }) => `${code} ${file} ${at}`)
}

it.each<[string, Record<string, unknown>, Record<string, unknown>?]>([
  ['metadata.json reject_treshold', { reject_treshold: 0.9 }],
  ['metadata.json preprocessing.missing_numric', { preprocessing: { missing_numric: 'zero' } }],
  ['metadata.json artefacts', { artefacts: ['model.txt'] }],
  ['metrics.json acceptance_check', {}, { acceptance_check: { all: false } }],
])('warns of a key that is nearly a known one: %s', async (place, metadata, metrics) => {
  expect(await warningsOf(metadata, metrics)).toEqual([`unknown_key ${place}`])
})

it('keys of a team of its own are none of ours', async () => {
  const own = {
    owner: 'growth',
    notes: 'x',
    run_id: 7,
    updated_at: '2026-01-01',
    reject_thresholds: [0.1],
    reject_threshold: 0.2,
  }
  expect(await warningsOf(own, { auc: 0.9, macro_f2: 0.7, weighted_f05: 0.5, rmse: 1 })).toEqual([])
})
