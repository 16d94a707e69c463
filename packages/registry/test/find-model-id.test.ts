import { metadataOf, metricsOf, TINY_MODEL } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRegistry } from '../src/index.js'
import { memoryStore } from '../src/memory.js'

const files = {
  'metadata.json': metadataOf(),
  'metrics.json': metricsOf(),
  'model.txt': TINY_MODEL,
}
const storeOf = (ids: readonly string[]) => memoryStore(Object.fromEntries(ids.map((id) => [id, files])))

const finding = async (ids: readonly string[], text: string) => {
  await using store = storeOf(ids)
  return (await openRegistry(store)).find(text)
}

describe('find', () => {
  it('returns an id that is there, else the only one that begins so, else refuses or returns the text', async () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[ab][ab-]{0,4}$/), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(ids, fc.stringMatching(/^[ab][ab-]{0,3}$/), async (known, text) => {
        const begun = known.filter((id) => id.startsWith(text)).sort()
        const answer = await finding(known, text).catch((error: unknown) => error)
        if (known.includes(text) || begun.length === 0) expect(answer).toBe(text)
        else if (begun.length === 1) expect(answer).toBe(begun[0])
        else expect(answer).toMatchObject({ code: 'ambiguous_model', details: { text, candidates: begun } })
      }),
    )
  })

  it('takes the id of a removed model as whole', async () => {
    await using store = storeOf(['run-1', 'run-10', 'run-2'])
    const registry = await openRegistry(store)
    await registry.activate('run-1')
    await registry.activate('run-10')
    store.remove('run-1')
    expect(await registry.find('run-1')).toBe('run-1')
    expect(await registry.find('run-10')).toBe('run-10')
    await registry.withdraw('run-2')
    store.remove('run-2')
    store.put('run-20', files)
    expect(await registry.find('run-2')).toBe('run-2')
    expect(await registry.find('run-20')).toBe('run-20')
  })

  it('names ten candidates and how many more there are', async () => {
    const known = Array.from({ length: 12 }, (_, i) => `run-${i + 10}`)
    await expect(finding(known, 'run')).rejects.toThrow(/"run" begins 12 ids: run-10, .*run-19 and 2 more$/)
  })

  it('leaves names that no bundle can have to the verbs', async () => {
    for (const text of ['', '..', 'a/b', 'active.json']) expect(await finding(['run-1'], text)).toBe(text)
  })
})
