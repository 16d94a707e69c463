import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readActive, rollbackActive, writeActiveAtomic } from '@taskclf/active-pointer'
import {
  type BundleChecks,
  computeBundleDigest,
  type LocalValidBundle,
  readBundle,
} from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { lookAtActive, type ResolveOptions, resolveModelDir } from '../src/index.js'

const OTHER = 'ffffffffffff'

/** Models `a`, `b` and `c` of one feature schema, ever better; the first ones are activated in order. */
async function modelsWith(...activated: string[]): Promise<string> {
  const models = join(scratchDir(), 'models')
  for (const [i, id] of ['a', 'b', 'c'].entries())
    writeBundle(models, id, { metrics: { macro_f1: 0.7 + i / 10 } })
  for (const id of activated) await activate(models, id)
  return models
}

const bundleOf = async (models: string, id: string) =>
  (await readBundle(join(models, id))) as LocalValidBundle

async function activate(models: string, id: string) {
  const bundleDigest = await computeBundleDigest(join(models, id))
  return writeActiveAtomic(models, await bundleOf(models, id), { source: 'manual', bundleDigest })
}

const tear = (models: string) => writeFileSync(join(models, 'active.json'), '{"model_dir": "mod')
const remove = (models: string, id: string) => rmSync(join(models, id), { recursive: true })
const pointer = (models: string) => readFileSync(join(models, 'active.json'), 'utf8')

/** The pointer with a key more, as versions write it that record the feature schema; or without it. */
function record(models: string, schema_hash: string | undefined): void {
  const text = JSON.stringify({ ...JSON.parse(pointer(models)), schema_hash })
  writeFileSync(join(models, 'active.json'), text)
}

const resolve = (models: string, options: ResolveOptions = {}) =>
  resolveModelDir({ modelsDir: models, ...options }).then(
    ({ modelId, degraded, repaired }) => ({ modelId, degraded, repaired }),
    ({ code, message }) => ({ code, message, modelId: undefined, degraded: undefined }),
  )

describe('lookAtActive', () => {
  it.each<[string, (models: string) => unknown, object]>([
    ['absent', (models) => rmSync(join(models, 'active.json')), { state: 'absent' }],
    ['missing', (models) => remove(models, 'b'), { state: 'missing' }],
    ['broken', tear, { state: 'broken', code: 'pointer_corrupt' }],
    [
      'broken',
      (models) => rmSync(join(models, 'b', 'metrics.json')),
      { state: 'broken', code: 'bundle_invalid', problems: [{ code: 'missing_metrics' }] },
    ],
    [
      // A name that is listed is not missing.
      'broken',
      (models) => {
        remove(models, 'b')
        symlinkSync('nowhere', join(models, 'b'))
      },
      { state: 'broken', code: 'bundle_invalid' },
    ],
    ['good', () => {}, { state: 'good', bundle: { modelId: 'b' } }],
  ])('says %s', async (_, damage, expected) => {
    const models = await modelsWith('b')
    await damage(models)
    expect(await lookAtActive(models)).toMatchObject(expected)
  })

  it('says broken of a model that does not fit', async () => {
    const models = await modelsWith('b')
    expect(await lookAtActive(models, { schemas: [{ hash: OTHER }] })).toMatchObject({
      state: 'broken',
      code: 'bundle_incompatible',
    })
  })

  it('throws for a models dir that is not there, and answers nothing for it', async () => {
    await expect(lookAtActive(join(scratchDir(), 'no'))).rejects.toMatchObject({ code: 'models_dir_missing' })
  })
})

describe('a model that is gone is replaced', () => {
  it('chooses the best of the feature schema that the pointer recorded', async () => {
    const models = await modelsWith('b')
    writeBundle(models, 'best', { metadata: { schema_hash: OTHER }, metrics: { macro_f1: 0.99 } })
    record(models, '8776f20dbb8f')
    remove(models, 'b')
    expect(await resolve(models)).toMatchObject({
      modelId: 'c',
      degraded: { code: 'active_bundle_missing', wanted: 'b' },
    })
    record(models, OTHER)
    expect(await resolve(models)).toMatchObject({ modelId: 'best' })
    // What is recorded counts, also where more is accepted.
    const schemas = [{ hash: '8776f20dbb8f' }, { hash: OTHER }]
    expect(await resolve(models, { requirement: { schemas } })).toMatchObject({ modelId: 'best' })
    const strangers = { schemas: [{ hash: '8776f20dbb8f' }] }
    expect(await resolve(models, { requirement: strangers })).toMatchObject({ code: 'no_eligible_model' })
  })

  it('chooses the best of the required schema, where the pointer recorded none', async () => {
    const models = await modelsWith('b')
    writeBundle(models, 'best', { metadata: { schema_hash: OTHER }, metrics: { macro_f1: 0.99 } })
    remove(models, 'b')
    const requirement = { schemas: [{ hash: '8776f20dbb8f' }] }
    expect(await resolve(models, { requirement })).toMatchObject({ modelId: 'c' })
  })

  it('chooses the best of all where they share one schema, and nobody where they do not', async () => {
    const models = await modelsWith('b')
    const active = join(models, 'active.json')
    writeFileSync(active, pointer(models).replace(/,\s*"schema_hash": "[^"]*"/, ''))
    remove(models, 'b')
    expect(await resolve(models)).toMatchObject({ modelId: 'c' })
    writeBundle(models, 'best', { metadata: { schema_hash: OTHER }, metrics: { macro_f1: 0.99 } })
    expect(await resolve(models)).toMatchObject({ code: 'fallback_ambiguous' })
    expect(await resolve(models, { repair: true })).toMatchObject({ code: 'fallback_ambiguous' })
    rmSync(join(models, 'active.json'))
    expect(await resolve(models)).toMatchObject({ modelId: 'best' })
  })

  it('chooses nobody where no model says of which schema it is', async () => {
    const models = await modelsWith('b')
    const schemaless = { metadata: { schema_hash: undefined } }
    for (const id of ['a', 'c']) writeBundle(models, id, schemaless)
    record(models, undefined)
    remove(models, 'b')
    await expect(resolveModelDir({ modelsDir: models })).rejects.toMatchObject({
      code: 'fallback_ambiguous',
      details: { wanted: 'b', schema_hashes: ['none'] },
    })
  })

  it('chooses nobody, when that is required', async () => {
    const models = await modelsWith('b')
    remove(models, 'b')
    expect(await resolve(models, { onBrokenPointer: 'fail' })).toMatchObject({
      code: 'active_bundle_missing',
    })
  })
})

describe('last_good', () => {
  const lastGood = { onBrokenPointer: 'last_good' } as const

  it('takes the newest model that served before and still can', async () => {
    const models = await modelsWith('a', 'c', 'b')
    remove(models, 'b')
    expect(await resolve(models, lastGood)).toMatchObject({
      modelId: 'c',
      degraded: { code: 'active_bundle_missing', wanted: 'b', confirmed: true, revision: 2 },
    })
    rmSync(join(models, 'c', 'metadata.json'))
    expect(await resolve(models, lastGood)).toMatchObject({ modelId: 'a' })
    remove(models, 'a')
    expect(await resolve(models, lastGood)).toMatchObject({ code: 'active_bundle_missing' })
  })

  it('does not go back to what a rollback left', async () => {
    const models = await modelsWith('b', 'a', 'c')
    await rollbackActive(models)
    remove(models, 'a')
    expect(await resolve(models, lastGood)).toMatchObject({ modelId: 'b' })
  })

  it('goes by the history where the pointer cannot be read, and says whether that is sure', async () => {
    const models = await modelsWith('c', 'a')
    const whole = pointer(models)
    tear(models)
    expect(await resolve(models, lastGood)).toMatchObject({
      modelId: 'a',
      degraded: { code: 'pointer_corrupt', confirmed: false, revision: 2 },
    })
    // What is left of the pointer names the write.
    writeFileSync(join(models, 'active.json'), whole.slice(0, -3))
    expect(await resolve(models, lastGood)).toMatchObject({ modelId: 'a', degraded: { confirmed: true } })
    // Before it lies what a later line names.
    remove(models, 'a')
    tear(models)
    expect(await resolve(models, lastGood)).toMatchObject({
      modelId: 'c',
      degraded: { confirmed: true, revision: 1 },
    })
  })

  it('passes over a model that fails its checks', async () => {
    const models = await modelsWith('a', 'c', 'b')
    remove(models, 'b')
    const checks: BundleChecks = {
      check: async ({ modelId }) =>
        modelId === 'c' ? { status: 'failed', code: 'load_failed', message: 'no' } : { status: 'passed' },
    }
    expect(await resolve(models, { ...lastGood, checks })).toMatchObject({ modelId: 'a' })
  })

  it('is what a repair writes, when both are asked for', async () => {
    const models = await modelsWith('a', 'b')
    remove(models, 'b')
    expect(await resolve(models, { ...lastGood, repair: true })).toMatchObject({
      modelId: 'a',
      repaired: true,
    })
    expect(await readActive(models)).toMatchObject({ modelId: 'a', pointer: { source: 'repair' } })
  })
})

describe('repair', () => {
  it('writes for a pointer that is absent or corrupt, and for a model that is gone', async () => {
    const models = await modelsWith('b')
    for (const damage of [() => rmSync(join(models, 'active.json')), () => tear(models)]) {
      damage()
      expect(await resolve(models, { repair: true })).toMatchObject({ modelId: 'c', repaired: true })
    }
    await activate(models, 'a')
    remove(models, 'a')
    // By hand `c` was left for `a`: automatic choices pass it over.
    expect(await resolve(models, { repair: true })).toMatchObject({ modelId: 'b', repaired: true })
  })

  it.each(['fail', 'last_good', 'policy', undefined] as const)(
    'does not replace what somebody chose and is there (%s)',
    async (onBrokenPointer) => {
      const models = await modelsWith('a', 'b')
      rmSync(join(models, 'b', 'metrics.json'))
      const before = pointer(models)
      const asked = { repair: true, ...(onBrokenPointer && { onBrokenPointer }) }
      expect(await resolve(models, asked)).toMatchObject({ code: 'repair_refused' })
      expect(pointer(models)).toBe(before)
    },
  )

  it('does not write a model that fails its checks', async () => {
    const models = await modelsWith()
    const checks: BundleChecks = {
      check: async () => ({ status: 'failed', code: 'self_test_failed', message: 'no' }),
    }
    expect(await resolve(models, { repair: true, checks })).toMatchObject({ code: 'self_test_failed' })
    expect(await readActive(models)).toMatchObject({ status: 'absent' })
  })
})
