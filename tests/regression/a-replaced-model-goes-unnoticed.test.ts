import { copyFileSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader } from '@taskclf/infer-resolver'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, onTestFinished } from 'vitest'

const activate = async (models: string, id: string) =>
  writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, { source: 'manual' })

/** As another program leaves a pointer: it says nothing of what was activated. */
function forget(models: string, ...keys: string[]): void {
  const path = join(models, 'active.json')
  const pointer = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  for (const key of keys) delete pointer[key]
  writeFileSync(path, JSON.stringify(pointer))
}

/** A service whose model is the text of its file. */
async function service(models: string, onLoad: () => Promise<unknown> = async () => {}) {
  const reloader = await createModelReloader<string>({
    modelsDir: models,
    // Nothing but what is looked at on purpose, so that no time of day can help.
    pollMs: 3_600_000,
    load: async ({ path }) => {
      const text = readFileSync(join(path, 'model.txt'), 'utf8')
      await onLoad()
      return text
    },
  })
  onTestFinished(() => reloader.close())
  return {
    text: async () => {
      await reloader.refresh()
      return reloader.use((model) => model)
    },
  }
}

/** Puts other bytes in a file's place; size and times are those of the old one. */
function replaceUnseen(path: string, text: string): void {
  const { atime, mtime } = statSync(path)
  writeFileSync(`${path}.new`, text)
  utimesSync(`${path}.new`, atime, mtime)
  renameSync(`${path}.new`, path)
}

it('follows a pointer restored by a copy that keeps times', async () => {
  const models = join(scratchDir(), 'models')
  for (const id of ['run-a', 'run-b']) writeBundle(models, id, { model: `model of ${id}` })
  const pointer = join(models, 'active.json')
  await activate(models, 'run-b')
  copyFileSync(pointer, join(models, '..', 'kept.json'))
  await activate(models, 'run-a')
  const { text } = await service(models)
  expect(await text()).toBe('model of run-a')
  replaceUnseen(pointer, readFileSync(join(models, '..', 'kept.json'), 'utf8'))
  expect(await text()).toBe('model of run-b')
})

it('loads a model restored by a copy that keeps times', async () => {
  const models = join(scratchDir(), 'models')
  writeBundle(models, 'run-a', { model: 'model one' })
  await activate(models, 'run-a')
  forget(models, 'bundle_digest')
  const { text } = await service(models)
  expect(await text()).toBe('model one')
  replaceUnseen(join(models, 'run-a', 'model.txt'), 'model two')
  expect(await text()).toBe('model two')
})

it('follows a switch made while the first model loads', async () => {
  const models = join(scratchDir(), 'models')
  for (const id of ['run-a', 'run-b']) writeBundle(models, id, { model: `model of ${id}` })
  await activate(models, 'run-a')
  let loads = 0
  const { text } = await service(models, async () => {
    if (++loads === 1) await activate(models, 'run-b')
  })
  expect(await text()).toBe('model of run-b')
})
