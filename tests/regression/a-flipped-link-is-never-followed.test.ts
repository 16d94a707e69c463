import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader, type ReloadFailure } from '@taskclf/infer-resolver'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, onTestFinished, vi } from 'vitest'

// The models dir was opened once, at the start: a deployment that leads the link elsewhere was never seen.
async function release(dir: string, name: string): Promise<string> {
  const models = join(dir, name)
  mkdirSync(models)
  writeBundle(models, `run-of-${name}`)
  const bundle = (await readBundle(join(models, `run-of-${name}`))) as LocalValidBundle
  await writeActiveAtomic(models, bundle, { source: 'manual' })
  return models
}

it('follows a link that a deployment leads to another models dir, and does not miss the old one', async () => {
  const dir = scratchDir()
  const first = await release(dir, 'r1')
  await release(dir, 'r2')
  symlinkSync('r1', join(dir, 'models'))
  const failures: ReloadFailure[] = []
  const reloader = await createModelReloader({
    modelsDir: join(dir, 'models'),
    pollMs: 20,
    load: ({ modelId }) => modelId,
    onError: (failure) => failures.push(failure),
  })
  onTestFinished(() => reloader.close())
  symlinkSync('r2', join(dir, 'models.new'))
  renameSync(join(dir, 'models.new'), join(dir, 'models'))
  await vi.waitFor(() => expect(reloader.current.modelId).toBe('run-of-r2'), { timeout: 10_000 })
  rmSync(first, { recursive: true })
  await reloader.refresh()
  expect([reloader.current.modelId, failures]).toEqual(['run-of-r2', []])
})
