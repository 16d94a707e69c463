import { expect, it } from 'vitest'
import { modelReader, PredictorError } from '../src/index.js'

const model = {
  name: 'model.mine',
  path: '/models/model.mine',
  bytes: new Uint8Array(),
  metadata: { created_at: '2026-03-01T00:00:00Z' },
  read: async () => new Uint8Array(),
}

it('gives up a loader that never answers, tells it so, and lets go of what comes late', async () => {
  const late: string[] = []
  let answer = (_: unknown): void => {}
  const loaders = {
    '*.mine': ({ signal }: { signal?: AbortSignal }) => {
      signal?.addEventListener('abort', () => late.push('told'))
      return new Promise<never>((resolve) => {
        answer = resolve as (runtime: unknown) => void
      })
    },
  }
  const looking = modelReader(loaders, { timeoutMs: 20 }).look(model)
  const error = await looking.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(PredictorError)
  expect(error).toMatchObject({ code: 'load_failed', message: expect.stringContaining('within 20 ms') })
  answer({ dispose: () => late.push('let go') })
  await new Promise((resolve) => setImmediate(resolve))
  expect(late).toEqual(['told', 'let go'])
})

it('says what cannot be loaded, and that nothing loads it', async () => {
  const refusing = { '*.mine': () => Promise.reject(new Error('half a file')) }
  await expect(modelReader(refusing).look(model)).rejects.toMatchObject({
    code: 'load_failed',
    message: expect.stringContaining('half a file'),
  })
  await expect(modelReader().look(model)).rejects.toMatchObject({ code: 'no_loader' })
})
