import { appendFileSync, realpathSync, renameSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import type { LocalBundle, ValidBundle } from '../src/format/bundle.js'
import { readBundleContent } from '../src/local/bundle-content.js'
import { localBundles } from '../src/local/local-bundles.js'
import { lookAtModelsDir } from '../src/local/models-dir.js'

function modelsDir(...ids: string[]): string {
  const root = realpathSync(scratchDir())
  for (const id of ids) writeBundle(root, id)
  return root
}

async function all(bundles: AsyncIterable<LocalBundle>): Promise<LocalBundle[]> {
  const found: LocalBundle[] = []
  for await (const bundle of bundles) found.push(bundle)
  return found
}

const usable = (bundle: LocalBundle | undefined) => {
  if (bundle?.status !== 'valid') throw new Error('not valid')
  return bundle
}

/** The bundle as another process or another store would know it. */
function withoutPath({ path: _, ...bundle }: ValidBundle & { path: string }): ValidBundle {
  return bundle
}

describe('localBundles', () => {
  it('scans in the order of the ids, bad bundles among them', async () => {
    const root = modelsDir('b', 'a')
    writeBundle(root, 'c', { metrics: { macro_f1: 'high' } })
    const bundles = await all(localBundles(root).scan())
    expect(bundles.map(({ modelId, status }) => [modelId, status])).toEqual([
      ['a', 'valid'],
      ['b', 'valid'],
      ['c', 'invalid'],
    ])
    expect(await all(localBundles(root).scan({ useIndex: true }))).toEqual(bundles)
  })

  it('returns bundles that are where they are said to be', async () => {
    const root = modelsDir('a')
    const { path, location } = await localBundles(root).read('a')
    expect([path, location]).toEqual([join(root, 'a'), join(root, 'a')])
    expect(localBundles(root).location).toBe(root)
  })

  it('answers an invalid bundle for an id that is not there, and refuses one that cannot be', async () => {
    const root = modelsDir()
    expect(await localBundles(root).read('a')).toMatchObject({
      status: 'invalid',
      problems: [{ code: 'vanished' }],
    })
    await expect(localBundles(root).read('../a')).rejects.toMatchObject({ code: 'unusable_name' })
    await expect(localBundles(root).fingerprint('../a')).rejects.toMatchObject({ code: 'unusable_name' })
  })

  it('fetches a bundle that it read as the bundle itself', async () => {
    const reader = localBundles(modelsDir('a'))
    const bundle = usable(await reader.read('a'))
    await using fetched = await reader.fetch(bundle)
    expect(fetched.bundle).toBe(bundle)
  })

  it('finds the files of a bundle that has no path, and what was changed in them meanwhile is found', async () => {
    const root = modelsDir('a')
    const reader = localBundles(root)
    const read = withoutPath(usable(await reader.read('a')))
    await using fetched = await reader.fetch(read)
    expect(fetched.bundle).toEqual({ ...read, path: join(root, 'a') })
    expect((await readBundleContent(fetched.bundle)).bytes.has('model.txt')).toBe(true)
    writeBundle(root, 'a', { metrics: { macro_f1: 0.11 } })
    await expect(readBundleContent(fetched.bundle)).rejects.toMatchObject({ code: 'bundle_unreadable' })
  })

  it('fetches nothing once it was given up', async () => {
    const reader = localBundles(modelsDir('a'))
    const bundle = usable(await reader.read('a'))
    const signal = AbortSignal.abort(new Error('given up'))
    await expect(reader.fetch(bundle, { signal })).rejects.toThrow('given up')
  })

  it('changes a fingerprint when a file changed, and only then', async () => {
    const root = modelsDir('a', 'b')
    const reader = localBundles(root)
    const before = await reader.fingerprint('a')
    appendFileSync(join(root, 'b', 'model.txt'), '\n')
    expect(await reader.fingerprint('a')).toBe(before)
    appendFileSync(join(root, 'a', 'model.txt'), '\n')
    expect(await reader.fingerprint('a')).not.toBe(before)
    expect(await reader.fingerprint('gone')).not.toBe(before)
  })

  it('looks again at each call, unless it was given a look', async () => {
    const [one, other] = [modelsDir('a'), modelsDir('b')]
    const link = join(scratchDir(), 'models')
    symlinkSync(one, link)
    const [always, once] = [localBundles(link), localBundles(lookAtModelsDir(link))]
    symlinkSync(other, `${link}.new`)
    renameSync(`${link}.new`, link)
    expect((await all(always.scan())).map(({ path }) => path)).toEqual([join(other, 'b')])
    expect((await all(once.scan())).map(({ path }) => path)).toEqual([join(one, 'a')])
    expect(always.location).toBe(link)
  })
})
