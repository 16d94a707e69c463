import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { refreshIndex } from '@taskclf/promotion'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('writes a text for a hash into the index of a registry without a required schema, as the Python project reads it', async () => {
  const models = copyDemoModels(scratchDir())
  await refreshIndex(models, DEFAULT_POLICY, {}, { withdrawn: [], now: () => new Date() })
  const index = JSON.parse(readFileSync(join(models, 'index.json'), 'utf8')) as Record<string, unknown>
  // What its cache declares: none of these may be null.
  expect(typeof index.schema_hash).toBe('string')
  expect(typeof index.generated_at).toBe('string')
  expect(typeof index.policy_version).toBe('number')
  expect(['2026-03-02_031009_run-8935']).toContain(index.best_model_id)
})
