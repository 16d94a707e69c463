import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { lackingStrace, runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// A pointer that could not be read, or whose model could not, was taken for none: the best by policy served in its place.
const CLI = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))

/** As another program leaves a pointer: it says nothing of what was activated. */
function forget(models: string, ...keys: string[]): void {
  const path = join(models, 'active.json')
  const pointer = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  for (const key of keys) delete pointer[key]
  writeFileSync(path, JSON.stringify(pointer))
}

async function chosen(dir: string): Promise<string> {
  const models = join(dir, 'models')
  writeBundle(models, 'chosen', { metrics: { macro_f1: 0.7 } })
  writeBundle(models, 'best', { metrics: { macro_f1: 0.99 } })
  const bundle = (await readBundle(join(models, 'chosen'))) as LocalValidBundle
  await writeActiveAtomic(models, bundle, { source: 'manual' })
  return models
}

it.each<[string, (models: string) => void]>([
  ['an empty pointer', (models) => writeFileSync(join(models, 'active.json'), '')],
  ['a damaged model', (models) => rmSync(join(models, 'chosen', 'metrics.json'))],
])('refuses to resolve with %s, and to start', async (_, damage) => {
  const dir = scratchDir()
  const models = await chosen(dir)
  damage(models)
  const { code, stdout } = await runCli(['infer', 'resolve'], { cwd: dir })
  expect([code, stdout]).toEqual([1, ''])
  const started = await createModelReloader({ modelsDir: models, load: ({ modelId }) => modelId }).then(
    async (reloader) => {
      await reloader.close()
      return reloader.current.modelId
    },
    () => 'refused',
  )
  expect(started).toBe('refused')
})

it('does not replace one that is gone by a model of other features', async () => {
  const dir = scratchDir()
  const models = await chosen(dir)
  forget(models, 'schema_hash')
  rmSync(join(models, 'chosen'), { recursive: true })
  writeBundle(models, 'other', { metadata: { schema_hash: 'ffffffffffff' } })
  const { code, stdout } = await runCli(['infer', 'resolve'], { cwd: dir })
  // Nothing recorded of which features it was; two are there.
  expect([code, stdout]).toEqual([1, ''])
})

it('says at the start of a service whose model is gone that another serves', async () => {
  const models = await chosen(scratchDir())
  rmSync(join(models, 'chosen'), { recursive: true })
  const told: string[] = []
  const reloader = await createModelReloader({
    modelsDir: models,
    load: ({ modelId }) => modelId,
    onError: ({ error }) => told.push(error.code),
  })
  const { served } = reloader.status()
  await reloader.close()
  expect([served.modelId, told]).toEqual(['best', ['active_bundle_missing']])
})

// Without strace the same is held in one process, with failures put in above the system call (tests/states).
const noStrace = lackingStrace()

it.for(['EIO', 'ESTALE', 'EMFILE', 'EACCES'])(
  'never reports what the system fails to read (%s) as a broken pointer, nor repairs it',
  async (errno, { skip }) => {
    if (noStrace) skip(noStrace)
    const dir = scratchDir()
    const models = await chosen(dir)
    const pointer = readFileSync(join(models, 'active.json'), 'utf8')
    const inject = ['-f', '-qq', '-o', join(dir, 'trace'), '-P', join(models, 'active.json')]
    const resolve = (args: string[]) =>
      spawnSync(
        'strace',
        [
          ...inject,
          '-e',
          `inject=openat,open:error=${errno}`,
          process.execPath,
          CLI,
          'infer',
          'resolve',
          ...args,
        ],
        { cwd: dir, encoding: 'utf8', timeout: 50_000 },
      )
    const looked = resolve([])
    expect([looked.status, looked.stdout]).toEqual([3, ''])
    expect(resolve(['--repair']).status).toBe(3)
    expect(readFileSync(join(models, 'active.json'), 'utf8')).toBe(pointer)
    expect(readFileSync(join(dir, 'trace'), 'utf8')).toContain('INJECTED')
  },
)
