import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { createModelReloader, type ReloaderOptions } from '@taskclf/infer-resolver'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, vi } from 'vitest'

// One load at a time, and each was waited for: whatever never ended was the end of following and of closing.
const never = (_begun?: unknown) => new Promise<never>(() => {})

/** Whether something ends at all: long enough that only what never does is called so. */
const ends = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 5_000)),
  ])

async function service(options: Partial<ReloaderOptions<string>>) {
  const models = join(scratchDir(), 'models')
  for (const id of ['first', 'hangs', 'good']) writeBundle(models, id)
  const activate = async (id: string) =>
    writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, { source: 'manual' })
  await activate('first')
  const load = ({ modelId }: LocalValidBundle) => modelId
  const reloader = await createModelReloader<string>({ modelsDir: models, pollMs: 20, load, ...options })
  return { reloader, activate }
}

it.each<[string, (begin: () => void) => Partial<ReloaderOptions<string>>]>([
  ['load', (begin) => ({ load: ({ modelId }) => (modelId === 'hangs' ? never(begin()) : modelId) })],
  ['self-test', (begin) => ({ selfTest: (model) => (model === 'hangs' ? never(begin()) : undefined) })],
])('follows a newer pointer past a %s that never ends, and closing ends', async (_, hanging) => {
  let begun = false
  const { reloader, activate } = await service(
    hanging(() => {
      begun = true
    }),
  )
  await activate('hangs')
  await vi.waitFor(() => expect(begun).toBe(true), { timeout: 10_000 })
  await activate('good')
  const followed = await vi
    .waitFor(() => expect(reloader.current.modelId).toBe('good'), { timeout: 5_000 })
    .then(
      () => true,
      () => false,
    )
  expect([followed, await ends(reloader.close())]).toEqual([true, true])
})

it('ends closing while a load never does', async () => {
  let begun = false
  const { reloader, activate } = await service({
    load: ({ modelId }) => {
      begun ||= modelId === 'hangs'
      return modelId === 'hangs' ? never() : modelId
    },
  })
  await activate('hangs')
  await vi.waitFor(() => expect(begun).toBe(true), { timeout: 10_000 })
  expect(await ends(reloader.close())).toBe(true)
})

it('does not wait for itself in a request that closes the reloader', async () => {
  const { reloader } = await service({})
  expect(await ends(reloader.use(() => reloader.close()))).toBe(true)
})
