import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { listBundles } from '../src/local/list-bundles.js'
import { snapshotBundles } from '../src/local/snapshot-bundles.js'
import { listStrangers } from '../src/local/strangers.js'

const ids = async (root: string) => (await listBundles(root)).map(({ modelId }) => modelId)

describe('what lies in a models dir and is not a bundle', () => {
  it('is passed over when it has nothing of one, and named when asked for', async () => {
    const root = scratchDir()
    for (const name of ['lost+found', '@eaDir', 'empty', 'notes']) mkdirSync(join(root, name))
    writeFileSync(join(root, 'notes', 'readme.md'), '')
    mkdirSync(join(root, '..data', 'plots'), { recursive: true })
    symlinkSync('..data/plots', join(root, 'plots'))
    writeBundle(root, 'run-1')
    expect(await ids(root)).toEqual(['run-1'])
    expect(
      (await snapshotBundles(root, { now: () => new Date() })).map(({ bundle }) => bundle.modelId),
    ).toEqual(['run-1'])
    expect(listStrangers(root)).toEqual(['@eaDir', 'empty', 'lost+found', 'notes', 'plots'])
  })

  it.each(['metadata.json', 'metrics.json', 'manifest.json', 'model.txt', 'model.onnx'])(
    'is reported when it has a %s',
    async (name) => {
      const root = scratchDir()
      mkdirSync(join(root, 'half'))
      writeFileSync(join(root, 'half', name), '{}')
      expect(await ids(root)).toEqual(['half'])
      expect(listStrangers(root)).toEqual([])
    },
  )

  it('is reported when nobody may look into it, except what the file system keeps for itself', async () => {
    const base = scratchDir()
    chmodSync(base, 0o755)
    const root = join(base, 'models')
    for (const name of ['lost+found', 'private']) mkdirSync(join(root, name), { recursive: true })
    for (const name of ['lost+found', 'private']) chmodSync(join(root, name), 0o000)
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      expect(await ids(root)).toEqual(['private'])
      expect(listStrangers(root)).toEqual(['lost+found'])
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})

describe('names that the models dir keeps for itself, or that no pointer can hold', () => {
  it('belongs to no bundle', async () => {
    const root = scratchDir()
    const names = ['active.json', 'index.json', 'traffic.json', 'channel-blue.json', 'run\\8935']
    for (const name of names) writeBundle(root, name)
    writeBundle(root, 'run-1')
    const bundles = await listBundles(root)
    expect(bundles.map(({ modelId }) => modelId)).toEqual([...names, 'run-1'].sort())
    const codes = bundles.map((bundle) => (bundle.status === 'valid' ? 'valid' : bundle.problems[0]?.code))
    expect(codes.filter((code) => code === 'unusable_name')).toHaveLength(names.length)
  })

  it('ignores a link of that name that leads to a file, or nowhere', async () => {
    const root = scratchDir()
    mkdirSync(join(root, '.d'))
    writeFileSync(join(root, '.d', 'file'), '{}')
    symlinkSync('.d/file', join(root, 'active.json'))
    symlinkSync('.d/none', join(root, 'index.json'))
    symlinkSync('.d/file', join(root, 'a\\b'))
    symlinkSync('.d/file', Buffer.concat([Buffer.from(`${root}/x`), Buffer.from([0xff])]))
    expect(await ids(root)).toEqual([])
    symlinkSync('.d/none', join(root, 'c\\d'))
    expect(await ids(root)).toEqual(['c\\d'])
  })
})
