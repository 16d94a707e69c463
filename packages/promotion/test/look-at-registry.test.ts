import { localStore } from '@taskclf/active-pointer'
import { writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { drawModelId, lookAtRegistry, promote, publishBundle } from '../src/index.js'
import { errorOf, place, scored } from './support.js'

/** A store elsewhere that nobody can publish to. */
function readOnly(models: string) {
  const look = () => {
    const { local: _, ...rest } = localStore(models).look()
    return { ...rest, store }
  }
  const store = { ...localStore(models), look }
  return store
}

it('refuses to publish to a store that only reads, before a candidate is read', async () => {
  const { base, models } = place()
  writeBundle(models, 'run-a')
  const candidateDir = scored(base, 'run-c', 0.95)
  const store = readOnly(models)
  for (const publishing of [promote, publishBundle])
    expect((await errorOf(publishing({ candidateDir, modelsDir: store }))).code).toBe('publish_failed')
})

it('keeps the publisher of a store that has one', () => {
  const { models } = place()
  writeBundle(models, 'run-a')
  const look = lookAtRegistry(models)
  expect(lookAtRegistry(look)).toBe(look)
})

it('draws another id while the one it drew is taken', async () => {
  const asked: string[] = []
  const id = await drawModelId(new Date('2026-03-02T03:10:09Z'), (each) => asked.push(each) < 3)
  expect(asked).toHaveLength(3)
  expect(asked.at(-1)).toBe(id)
  expect(id).toMatch(/^2026-03-02_031009_run-\d{4}$/)
})
