import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import { readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, onTestFinished } from 'vitest'

it('notices that a file in a subdirectory is rewritten in place while the model serves', async () => {
  const models = scratchDir()
  const dir = writeBundle(models, 'run-1')
  mkdirSync(join(dir, 'vocabulary'))
  const path = join(dir, 'vocabulary', 'words.txt')
  writeFileSync(path, 'one')
  const bundle = await readBundle(dir)
  if (bundle.status === 'invalid') throw new Error('invalid')
  await writeActiveAtomic(models, bundle, { source: 'manual' })
  let loads = 0
  let failures = 0
  const reloader = await createModelReloader({
    modelsDir: models,
    pollMs: 20,
    onError: () => void failures++,
    load: () => {
      loads++
      return { loads }
    },
  })
  onTestFinished(() => reloader.close())
  expect(loads).toBe(1)
  writeFileSync(path, 'two')
  utimesSync(path, new Date(), new Date(statSync(path).mtimeMs + 5_000))
  for (let i = 0; i < 200 && loads + failures < 2; i++) {
    await reloader.refresh()
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  // Loaded again, or refused because it is not what was activated: but seen.
  expect(loads + failures).toBe(2)
})
