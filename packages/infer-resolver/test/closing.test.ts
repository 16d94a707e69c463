import { setTimeout as delay } from 'node:timers/promises'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, vi } from 'vitest'
import { FailingTarget } from '../src/failing-target.js'
import { createModelReloader, ReloadError } from '../src/index.js'

it('ends closing after the last request that runs, and after its model is released', async () => {
  const models = scratchDir()
  const bundle = await readBundle(writeBundle(models, 'run-a'))
  await writeActiveAtomic(models, bundle as LocalValidBundle, { source: 'manual' })
  const order: string[] = []
  const reloader = await createModelReloader({
    modelsDir: models,
    load: () => ({}),
    dispose: () => {
      order.push('disposed')
    },
  })
  let answer: () => void = () => {}
  const running = reloader.use(
    () =>
      new Promise<void>((resolve) => {
        answer = () => {
          order.push('answered')
          resolve()
        }
      }),
  )
  const closed = reloader.close().then(() => order.push('closed'))
  // Time enough to end, for a closing that does not wait.
  await delay(50)
  expect(order).toEqual([])
  answer()
  await Promise.all([running, closed])
  expect(order).toEqual(['answered', 'disposed', 'closed'])
})

it('calls off the retry of a failing target for another failing target', () => {
  const calledOff = vi.fn()
  const retry = vi.fn()
  const error = new ReloadError('load_failed', 'does not load', {})
  const options = { schedule: () => calledOff }
  const first = FailingTarget.after(undefined, 'a', error, options, retry)
  expect(calledOff).not.toHaveBeenCalled()
  const second = FailingTarget.after(first, 'b', error, options, retry)
  expect([calledOff.mock.calls.length, second.attempts]).toEqual([1, 1])
  second.forget()
  expect(calledOff).toHaveBeenCalledTimes(2)
})
