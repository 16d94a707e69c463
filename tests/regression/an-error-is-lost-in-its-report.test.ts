import { join } from 'node:path'
import { inspect } from 'node:util'
import { ResolveError, resolveModelDir } from '@taskclf/infer-resolver'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('prints of a start that fails what is wrong, not every number of every model', async () => {
  const models = join(scratchDir(), 'models')
  for (let i = 0; i < 10; i++) writeBundle(models, `run-${i}`, { metrics: { acceptance_pass: false } })
  const error = await resolveModelDir({ modelsDir: models }).catch((thrown) => thrown)
  expect(error).toBeInstanceOf(ResolveError)
  expect(error.code).toBe('no_eligible_model')
  expect(error.report.excluded).toHaveLength(10)
  expect(inspect(error)).not.toContain('excluded:')
})
