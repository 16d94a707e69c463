import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyDemoModels, copyRegistryModels, demoDir, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { RegistryError } from '../src/errors.js'
import { listBundles } from '../src/local/list-bundles.js'
import { openModelsDir } from '../src/local/models-dir.js'

describe('real registries', () => {
  it.each([
    ['the demo', copyDemoModels, 7],
    ['the Python project', copyRegistryModels, 12],
  ])('reports every bundle of %s as valid, without a warning', async (_name, copy, count) => {
    const bundles = await listBundles(copy(scratchDir()))
    expect(bundles.map((bundle) => bundle.status)).toEqual(Array(count).fill('valid'))
    expect(bundles.flatMap((bundle) => (bundle.status === 'valid' ? [...bundle.warnings] : []))).toEqual([])
  })

  it('fills in what the Python project leaves out', async () => {
    for (const bundle of await listBundles(copyRegistryModels(scratchDir()))) {
      expect(bundle).toMatchObject({
        derived: {
          metadata: ['task', 'train_range', 'params_hash'],
          metrics: ['per_class', 'breakidle_precision', 'min_class_precision'],
        },
      })
    }
  })

  it('derives from the matrix what the demo states', async () => {
    const bundles = await listBundles(copyDemoModels(scratchDir()))
    for (const bundle of bundles) {
      if (bundle.status === 'invalid') throw new Error('invalid')
      expect(bundle.derived).toEqual({ metadata: ['task'], metrics: [] })
      expect(Object.keys(bundle.metrics.per_class ?? {})).toEqual(bundle.metadata.label_set)
    }
  })
})

describe('listBundles', () => {
  it('passes over plain files and what begins with a dot, and orders by code units', async () => {
    const root = scratchDir()
    for (const id of ['b', 'a', 'Z', '10', '9', 'é', '~', '\u{1f600}', '\uff5e']) writeBundle(root, id)
    writeBundle(root, '.staging-run-1')
    writeFileSync(join(root, 'active.json'), '{}')
    const ids = (await listBundles(root)).map((bundle) => bundle.modelId)
    expect(ids).toEqual(['10', '9', 'Z', 'a', 'b', '~', 'é', '\u{1f600}', '\uff5e'])
  })

  it('says the same each time, whatever order the directory is in', async () => {
    const one = join(scratchDir(), 'models')
    const two = join(scratchDir(), 'models')
    const ids = readdirSync(join(demoDir, 'models'))
    for (const id of ids) cpSync(join(demoDir, 'models', id), join(one, id), { recursive: true })
    for (const id of [...ids].reverse())
      cpSync(join(demoDir, 'models', id), join(two, id), { recursive: true })
    const plain = async (root: string) =>
      (await listBundles(root)).map((bundle) => ({ ...bundle, path: '', location: '' }))
    expect(await plain(one)).toEqual(await plain(two))
    expect(await plain(one)).toEqual(await plain(one))
  })

  it('is empty for an empty directory, and follows a link to the models dir itself', async () => {
    const root = scratchDir()
    mkdirSync(join(root, 'models'))
    symlinkSync('models', join(root, 'link'))
    expect(await listBundles(join(root, 'link'))).toEqual([])
    const dir = writeBundle(join(root, 'models'), 'run-1')
    expect((await listBundles(join(root, 'link'))).map((bundle) => bundle.path)).toEqual([dir])
  })

  it('writes nothing', async () => {
    const root = copyRegistryModels(scratchDir())
    const before = [readdirSync(root), statSync(root, { bigint: true }).mtimeNs]
    await listBundles(root)
    expect([readdirSync(root), statSync(root, { bigint: true }).mtimeNs]).toEqual(before)
  })

  it('lets others have their turn while it works', async () => {
    const root = scratchDir()
    for (let i = 0; i < 600; i++) writeBundle(root, `run-${i}`)
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    await listBundles(root)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(0)
  })
})

describe('no models dir', () => {
  it('is an error with a code, a path and a cause', async () => {
    const root = scratchDir()
    writeFileSync(join(root, 'file'), '')
    symlinkSync('nowhere', join(root, 'dangling'))
    symlinkSync('loop', join(root, 'loop'))
    await expect(listBundles(join(root, 'none'))).rejects.toMatchObject({
      code: 'models_dir_missing',
      path: join(root, 'none'),
    })
    await expect(listBundles(join(root, 'dangling'))).rejects.toMatchObject({ code: 'models_dir_missing' })
    await expect(listBundles(join(root, 'file'))).rejects.toMatchObject({
      code: 'models_dir_not_a_directory',
    })
    await expect(listBundles(join(root, 'file', 'x'))).rejects.toMatchObject({
      code: 'models_dir_not_a_directory',
    })
    await expect(listBundles(join(root, 'loop'))).rejects.toMatchObject({ code: 'models_dir_unreadable' })
    expect(() => openModelsDir(join(root, 'none'))).toThrow(RegistryError)
    expect(openModelsDir(root).look().root).toBe(root)
  })
})
