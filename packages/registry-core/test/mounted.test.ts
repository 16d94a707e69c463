import { cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { computeBundleDigest } from '../src/local/build-manifest.js'
import { readBundleContent } from '../src/local/bundle-content.js'
import { listBundles } from '../src/local/list-bundles.js'
import { readBundle, readPromotedBundle } from '../src/local/read-bundle.js'
import { snapshotBundles } from '../src/local/snapshot-bundles.js'
import { verifyBundle } from '../src/local/verify-bundle.js'
import { writeIndex } from '../src/local/write-index.js'

const RANKING = {
  generated_at: '2026-04-06T03:14:01.000Z',
  schema_hash: 'x',
  policy_version: 1,
  ranked: [],
  excluded: [],
  best_model_id: null,
}

/** A volume as a cluster mounts it: data in a directory named for the time, reached through `..data`. */
function mount(root: string, time: string, id = 'run-1'): string {
  const volume = join(root, `..${time}`)
  writeBundle(volume, id, { metrics: { macro_f1: time === 'one' ? 0.8 : 0.9 } })
  writeFileSync(join(volume, 'active.json'), '{}')
  symlinkSync(`..${time}`, join(root, '..data_tmp'))
  renameSync(join(root, '..data_tmp'), join(root, '..data'))
  return join(volume, id)
}

function mounted(): { root: string; real: string } {
  const root = scratchDir()
  const real = mount(root, 'one')
  symlinkSync('..data/run-1', join(root, 'run-1'))
  symlinkSync('..data/active.json', join(root, 'active.json'))
  return { root, real }
}

const codes = async (root: string) =>
  (await listBundles(root)).map((bundle) => [
    bundle.modelId,
    bundle.status === 'valid' ? 'valid' : bundle.problems.map(({ code }) => code).join(),
  ])

describe('a mounted volume', () => {
  it('contains valid bundles under the names of its links, and links to files are passed over', async () => {
    const { root, real } = mounted()
    const [bundle, ...others] = await listBundles(root)
    expect(others).toEqual([])
    expect(bundle).toMatchObject({ status: 'valid', modelId: 'run-1', path: real })
    expect(await readPromotedBundle(root, 'run-1')).toEqual(bundle)
    expect(await readBundle(join(root, 'run-1'))).toEqual(bundle)
    expect(await verifyBundle(join(root, 'run-1'))).toMatchObject({ ok: true, modelId: 'run-1', path: real })
  })

  it('has the digest of what is there', async () => {
    const { root } = mounted()
    const bundle = await readPromotedBundle(root, 'run-1')
    if (bundle.status === 'invalid') throw new Error('invalid')
    const digest = await computeBundleDigest(bundle.path)
    expect(await computeBundleDigest(join(root, 'run-1'))).toBe(digest)
    expect((await readBundleContent(bundle)).digest).toBe(digest)
  })

  it('is read through its links at each look, whatever an index says', async () => {
    const { root } = mounted()
    const now = () => new Date(Date.now() + 60_000)
    const snapshots = await snapshotBundles(root, { now })
    expect(snapshots.map(({ line }) => line)).toEqual([undefined])
    await writeIndex(root, { snapshots, ranking: RANKING })
    const real = mount(root, 'two')
    const [bundle] = await listBundles(root, { useIndex: true })
    expect(bundle).toMatchObject({ status: 'valid', path: real, metrics: { macro_f1: 0.9 } })
  })

  it('contains one bundle alone, each of whose files is a link', async () => {
    const root = scratchDir()
    const dir = join(root, 'run-1')
    mkdirSync(dir)
    cpSync(writeBundle(scratchDir(), 'x'), join(dir, '..one'), { recursive: true })
    symlinkSync('..one', join(dir, '..data'))
    for (const name of ['metadata.json', 'metrics.json', 'model.txt'])
      symlinkSync(`..data/${name}`, join(dir, name))
    const [bundle] = await listBundles(root)
    if (bundle?.status !== 'valid') throw new Error('invalid')
    expect(Object.keys((await readBundleContent(bundle)).files)).toHaveLength(3)
  })

  it('contains nothing that is beside or outside, nor in the private directory of the writers', async () => {
    const base = scratchDir()
    const root = join(base, 'models')
    writeBundle(join(base, '..data'), 'out')
    writeBundle(join(root, '.taskclf', 'staging'), 'half')
    writeBundle(root, 'good')
    symlinkSync('../..data/out', join(root, 'a-out'))
    symlinkSync('.taskclf/staging/half', join(root, 'b-half'))
    symlinkSync('good', join(root, 'c-alias'))
    symlinkSync('..data/gone', join(root, 'd-gone'))
    expect(await codes(root)).toEqual([
      ['a-out', 'symlink_escape'],
      ['b-half', 'symlink_alias'],
      ['c-alias', 'symlink_alias'],
      ['d-gone', 'symlink_escape'],
      ['good', 'valid'],
    ])
  })

  it('is invalid when it contains a link out of itself', async () => {
    const { root, real } = mounted()
    rmSync(join(real, 'model.txt'))
    symlinkSync('/etc/hostname', join(real, 'model.txt'))
    expect(await codes(root)).toEqual([['run-1', 'symlink_escape']])
  })
})
