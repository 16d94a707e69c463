import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import {
  type BundleChecks,
  buildManifest,
  digestFiles,
  type LocalValidBundle,
  RegistryError,
  readBundle,
  readBundleContent,
} from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkRecorded, createModelReloader, type ResolveOptions, resolveModelDir } from '../src/index.js'

const bundleOf = async (models: string, id: string) =>
  (await readBundle(join(models, id))) as LocalValidBundle
const activate = async (models: string, id: string, bundleDigest?: string) =>
  writeActiveAtomic(models, await bundleOf(models, id), {
    source: 'promotion',
    ...(bundleDigest && { bundleDigest }),
  })
const change = (models: string, id: string) => {
  const path = join(models, id, 'model.txt')
  writeFileSync(path, readFileSync(path, 'utf8').replace('leaf_value=0.25', 'leaf_value=0.75'))
}
async function publish(models: string, id: string): Promise<void> {
  writeFileSync(join(models, id, 'manifest.json'), JSON.stringify(await buildManifest(join(models, id))))
}

/** `a`, `b` and `c`, each activated in turn. */
async function modelsWith(): Promise<string> {
  const models = join(scratchDir(), 'models')
  for (const id of ['a', 'b', 'c']) writeBundle(models, id)
  await publish(models, 'b')
  for (const id of ['a', 'b', 'c']) await activate(models, id)
  return models
}

async function started(models: string, over: ResolveOptions = {}) {
  const load = ({ modelId }: LocalValidBundle) => modelId
  const reloader = await createModelReloader({ modelsDir: models, pollMs: 3_600_000, load, ...over })
  onTestFinished(() => reloader.close())
  return reloader
}

describe('a digest of all files, as earlier versions recorded it of a bundle with a manifest', () => {
  /** Beside what its manifest lists `b` has notes, and the pointer records the digest of all. */
  async function recordedOfAll(): Promise<string> {
    const models = await modelsWith()
    writeFileSync(join(models, 'b', 'notes.md'), 'trained on a Friday')
    await activate(models, 'b', digestFiles((await buildManifest(join(models, 'b'))).files))
    return models
  }

  it('is what there is', async () => {
    expect((await started(await recordedOfAll())).current).toMatchObject({ modelId: 'b', revision: 4 })
  })

  it.each<[string, (path: string) => void]>([
    ['has another content', (path) => writeFileSync(path, 'trained on a Monday')],
    [
      'is no file any more',
      (path) => {
        rmSync(path)
        execFileSync('mkfifo', [path])
      },
    ],
  ])('is not what there is when one of them %s', async (_, damage) => {
    const models = await recordedOfAll()
    damage(join(models, 'b', 'notes.md'))
    await expect(started(models)).rejects.toMatchObject({ name: 'ReloadError', code: 'integrity_mismatch' })
    expect((await started(models, { onBrokenPointer: 'last_good' })).current).toMatchObject({ modelId: 'c' })
  })
})

describe('a digest without the write that recorded it', () => {
  it('is compared with what is there and nothing else', async () => {
    const models = await modelsWith()
    const bundle = await bundleOf(models, 'a')
    const { digest } = await readBundleContent(bundle)
    const [line] = readFileSync(join(models, 'active_history.jsonl'), 'utf8').split('\n')
    const { write_id, ...theirs } = JSON.parse(line as string)
    writeFileSync(join(models, 'active_history.jsonl'), `${JSON.stringify(theirs)}\n`, { flag: 'a' })
    writeFileSync(join(models, 'a', 'notes.md'), 'trained on a Friday')
    const content = await readBundleContent(bundle)
    await checkRecorded(bundle, content, { recordedDigest: content.digest })
    await checkRecorded(bundle, content, { recordedDigest: digest, writeId: write_id })
    await expect(checkRecorded(bundle, content, { recordedDigest: digest })).rejects.toMatchObject({
      code: 'integrity_mismatch',
    })
  })
})

describe('a bundle of which a file cannot be one', () => {
  it('is invalid when it is loaded', async () => {
    const models = await modelsWith()
    execFileSync('mkfifo', [join(models, 'c', 'notes.md')])
    await expect(started(models)).rejects.toMatchObject({ name: 'ReloadError', code: 'bundle_invalid' })
  })
})

describe('the last good model', () => {
  const PASSED: BundleChecks = { check: async () => ({ status: 'passed' }) }
  const resolved = async (models: string, checks?: BundleChecks) =>
    (await resolveModelDir({ modelsDir: models, onBrokenPointer: 'last_good', ...(checks && { checks }) }))
      .modelId

  it('is not one that was changed since, whatever the checks say', async () => {
    const models = await modelsWith()
    await activate(models, 'a')
    await activate(models, 'c')
    rmSync(join(models, 'c'), { recursive: true })
    change(models, 'a')
    expect(await resolved(models, PASSED)).toBe('b')
    expect((await started(models, { onBrokenPointer: 'last_good' })).current).toMatchObject({ modelId: 'b' })
  })

  it.each<[string, (models: string) => unknown]>([
    ['is not what its manifest says', (models) => change(models, 'b')],
    [
      'holds what is no file',
      (models) => {
        rmSync(join(models, 'b', 'manifest.json'))
        execFileSync('mkfifo', [join(models, 'b', 'notes.md')])
      },
    ],
  ])('is the one before, where one %s', async (_, damage) => {
    const models = await modelsWith()
    rmSync(join(models, 'c'), { recursive: true })
    damage(models)
    expect(await resolved(models, PASSED)).toBe('a')
  })

  it('is unknown when the check of a newer one cannot say whether it loads', async () => {
    const models = await modelsWith()
    rmSync(join(models, 'c'), { recursive: true })
    const check = async ({ path, modelId }: LocalValidBundle) => {
      if (modelId === 'b') throw new RegistryError('io', path, 'too many open files')
      return { status: 'passed' } as const
    }
    await expect(resolved(models, { check })).rejects.toMatchObject({ code: 'io' })
  })

  it('is the same when a file was added that nothing reads', async () => {
    const models = await modelsWith()
    for (const id of ['b', 'c']) rmSync(join(models, id), { recursive: true })
    writeFileSync(join(models, 'a', 'notes.md'), 'trained on a Friday')
    expect(await resolved(models, PASSED)).toBe('a')
    expect((await started(models, { onBrokenPointer: 'last_good' })).current).toMatchObject({ modelId: 'a' })
  })

  it('is not one whose switch never happened', async () => {
    const models = await modelsWith()
    writeBundle(models, 'd')
    await activate(models, 'd')
    const path = join(models, 'active_history.jsonl')
    const lines = readFileSync(path, 'utf8').trim().split('\n')
    const [a, b, c, d] = lines as [string, string, string, string]
    // Its writer was overtaken: the next line goes on from the one before.
    const prev = `sha256:${createHash('sha256').update(b).digest('hex')}`
    const next = JSON.stringify({ ...JSON.parse(d), old: JSON.parse(b).new, prev })
    writeFileSync(path, `${[a, b, c, next].join('\n')}\n`)
    rmSync(join(models, 'd'), { recursive: true })
    expect(await resolved(models)).toBe('b')
  })

  it('is found past others that do not load', async () => {
    const models = await modelsWith()
    const load = ({ modelId }: LocalValidBundle) => {
      if (modelId === 'c') throw new Error('cannot be parsed')
      return modelId
    }
    const selfTest = (modelId: string) => {
      if (modelId === 'b') throw new Error('wrong output')
    }
    const options = { modelsDir: models, pollMs: 3_600_000, load, selfTest }
    const reloader = await createModelReloader({ ...options, onBrokenPointer: 'last_good' })
    onTestFinished(() => reloader.close())
    expect(reloader.status()).toMatchObject({
      served: { modelId: 'a' },
      degraded: { code: 'load_failed', wanted: 'c', revision: 1 },
    })
    // The policy chooses one: nobody asked for the next best.
    await expect(
      createModelReloader({
        ...options,
        load: () => Promise.reject(new Error('no')),
        onBrokenPointer: 'policy',
      }),
    ).rejects.toMatchObject({ code: 'load_failed' })
  })
})

it('is not decided on a history that cannot be read', async () => {
  const models = await modelsWith()
  const reloader = await started(models)
  rmSync(join(models, 'active_history.jsonl'))
  mkdirSync(join(models, 'active_history.jsonl'))
  writeFileSync(join(models, 'c', 'notes.md'), 'trained on a Friday')
  await reloader.refresh()
  expect(reloader.status()).toMatchObject({ served: { modelId: 'c' }, failing: { error: { code: 'io' } } })
  await expect(started(models)).rejects.toMatchObject({ code: 'io' })
})
