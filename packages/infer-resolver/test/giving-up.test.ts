import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, onTestFinished } from 'vitest'
import { createModelReloader, type ModelReloader } from '../src/index.js'

interface Toy {
  id: string
  disposed: number
}

const pointer = (models: string) => join(models, 'active.json')

async function modelsWith(...ids: string[]): Promise<string> {
  const models = join(scratchDir(), 'models')
  for (const id of ids) {
    const bundle = (await readBundle(writeBundle(models, id))) as LocalValidBundle
    await writeActiveAtomic(models, bundle, { source: 'manual' })
  }
  return models
}

async function serving(models: string, selfTest: (toy: Toy) => void = () => {}) {
  const made: Toy[] = []
  const reloader: ModelReloader<Toy> = await createModelReloader<Toy>({
    modelsDir: models,
    pollMs: 3_600_000,
    load: ({ modelId: id }) => {
      const toy = { id, disposed: 0 }
      made.push(toy)
      return toy
    },
    selfTest,
    dispose: (toy) => {
      toy.disposed++
    },
  })
  onTestFinished(() => reloader.close())
  return { reloader, made }
}

it('lets a model go that is given up at any instant between its test and its serving', async () => {
  const models = await modelsWith('newer', 'left', 'first')
  const first = readFileSync(pointer(models))
  const [newer, left] = ['newer', 'left'].map((id) =>
    first
      .toString()
      .replaceAll('first', id)
      .replace(/,\s*"bundle_digest": "[^"]*"/, ''),
  )
  for (let turns = 0; turns < 24; turns++) {
    writeFileSync(pointer(models), first)
    let reloader: ModelReloader<Toy> | undefined
    const served = await serving(models, ({ id }) => {
      if (id !== 'left') return
      writeFileSync(pointer(models), newer as string)
      // Looked at so many turns later, while what loaded it goes on from one to the next.
      let wait = Promise.resolve()
      for (let i = 0; i < turns; i++) wait = wait.then(() => {})
      void wait.then(() => reloader?.refresh())
    })
    reloader = served.reloader
    writeFileSync(pointer(models), left as string)
    await reloader.refresh()
    await reloader.refresh()
    expect([turns, reloader.current.modelId, reloader.status().degraded]).toEqual([turns, 'newer', undefined])
    await reloader.close()
    expect([turns, served.made.map(({ id, disposed }) => [id, disposed])]).toEqual([
      turns,
      [
        ['first', 1],
        ['left', 1],
        ['newer', 1],
      ],
    ])
  }
})

it('closes from within a request that another reloader runs in between', async () => {
  const models = await modelsWith('run-a')
  const [outer, inner] = [await serving(models), await serving(models)]
  const closed = await outer.reloader.use(() =>
    inner.reloader.use(() => outer.reloader.close().then(() => 'closed')),
  )
  expect(closed).toBe('closed')
  await outer.reloader.close()
  expect(outer.made).toMatchObject([{ disposed: 1 }])
})

it('waits, when closed from within a request of another reloader, for its own', async () => {
  const models = await modelsWith('run-a')
  const [outer, inner] = [await serving(models), await serving(models)]
  const order: string[] = []
  let end = () => {}
  const running = inner.reloader.use(
    () =>
      new Promise<void>((resolve) => {
        end = () => {
          order.push('ended')
          resolve()
        }
      }),
  )
  await outer.reloader.use(async () => {
    const closing = inner.reloader.close().then(() => order.push('closed'))
    setTimeout(end, 20)
    await closing
  })
  await running
  expect(order).toEqual(['ended', 'closed'])
})

it('starts beside a pointer that cannot be read, and says so of no model', async () => {
  const models = await modelsWith('run-a')
  writeFileSync(pointer(models), '{')
  const told: { code: string; modelId: string | undefined }[] = []
  const reloader = await createModelReloader({
    modelsDir: models,
    pollMs: 3_600_000,
    onBrokenPointer: 'last_good',
    load: ({ modelId }) => modelId,
    onError: ({ error: { code, modelId } }) => told.push({ code, modelId }),
  })
  onTestFinished(() => reloader.close())
  expect(told).toEqual([{ code: 'pointer_corrupt', modelId: undefined }])
  expect(reloader.status()).toMatchObject({
    served: { modelId: 'run-a' },
    degraded: { code: 'pointer_corrupt' },
  })
  expect(reloader.status().degraded).not.toHaveProperty('wanted')
})
