import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { readBundle } from '@taskclf/registry-core'
import { runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { writeOnnx } from './support.js'

it('runs the README’s example', async () => {
  const cwd = scratchDir()
  const models = join(cwd, 'models')
  const bundle = await readBundle(writeOnnx(models, 'run-1', 'binary'))
  if (bundle.status !== 'valid') throw new Error('the model is not a bundle')
  await writeActiveAtomic(models, bundle, { source: 'manual' })
  const [run] = await runReadmeExample(fileURLToPath(new URL('..', import.meta.url)), cwd)
  expect(run).toMatchObject({ code: 0, stderr: '' })
  expect(run?.stdout.trim()).toMatch(/^(no|yes)$/)
})
