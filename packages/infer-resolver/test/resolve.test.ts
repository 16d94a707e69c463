import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rollbackActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { DEFAULT_POLICY, UNGATED_POLICY } from '@taskclf/selection-policy'
import { copyDemoModels, copyRegistryModels, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { ResolveError, resolveModelDir } from '../src/index.js'

const BEST = '2026-03-02_031009_run-8935'
const SECOND = '2026-02-16_031012_run-2286'
const requirement = { schemas: [{ hash: '8776f20dbb8f' }] }

const SWITCH = fileURLToPath(new URL('programs/switch.mjs', import.meta.url))

const demo = () => copyDemoModels(scratchDir())

async function valid(dir: string): Promise<LocalValidBundle> {
  const bundle = await readBundle(dir)
  if (bundle.status === 'invalid') throw new Error(JSON.stringify(bundle.problems))
  return bundle
}

const activate = async (models: string, id: string) =>
  writeActiveAtomic(models, await valid(join(models, id)), { source: 'manual' })

const codes = ({ warnings }: { warnings: readonly { code: string }[] }) => warnings.map(({ code }) => code)

/** Every file with its bytes: proof that nothing was written. */
function snapshot(dir: string): string {
  return JSON.stringify(
    readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'base64')])
      .sort(),
  )
}

describe('the override', () => {
  it('is used as given, also outside any models dir and under any name', async () => {
    const dir = writeBundle(join(scratchDir(), 'out'), 'fresh', { metadata: { model_id: 'run-7' } })
    expect(await resolveModelDir({ modelDir: dir, modelsDir: '/nowhere' })).toMatchObject({
      path: dir,
      source: 'override',
    })
  })

  it('requires a bundle', async () => {
    const dir = writeBundle(scratchDir(), 'half', { files: { 'model.txt': null } })
    await expect(resolveModelDir({ modelDir: dir })).rejects.toMatchObject({
      code: 'override_invalid',
      details: { problems: [{ code: 'missing_artifact' }] },
    })
  })

  it('uses what does not fit the requirement, with a warning', async () => {
    const dir = writeBundle(scratchDir(), 'other', { metadata: { schema_hash: 'ffff' } })
    const resolution = await resolveModelDir({ modelDir: dir, requirement })
    expect(codes(resolution)).toEqual(['override_incompatible'])
  })

  it('requires an override or a models dir', async () => {
    await expect(resolveModelDir({})).rejects.toMatchObject({ code: 'nothing_to_resolve', exclusions: [] })
  })
})

describe('the pointer', () => {
  it('is followed, whatever the ranking says, and nothing is written', async () => {
    const models = demo()
    const { revision, version, pointer } = await activate(models, SECOND)
    const before = snapshot(models)
    expect(await resolveModelDir({ modelsDir: models, requirement })).toMatchObject({
      path: join(models, SECOND),
      modelId: SECOND,
      source: 'active',
      revision,
      version,
      writeId: pointer.write_id,
      warnings: [],
    })
    expect(snapshot(models)).toBe(before)
  })

  it('follows the pointer of the Python project, which has no revision', async () => {
    const models = copyRegistryModels(scratchDir())
    const resolution = await resolveModelDir({ modelsDir: models })
    expect(resolution).toMatchObject({ source: 'active', modelId: '2026-03-30_031401_run-0520' })
    expect(resolution.revision).toBeUndefined()
  })

  it('warns when inference_policy.json names another model', async () => {
    const models = demo()
    await activate(models, SECOND)
    const policy = join(models, 'inference_policy.json')
    const warned = async (text: string) => {
      writeFileSync(policy, text)
      return codes(await resolveModelDir({ modelsDir: models, requirement }))
    }
    expect(await warned(JSON.stringify({ model_dir: `models/${BEST}` }))).toEqual([
      'inference_policy_differs',
    ])
    expect(await warned(JSON.stringify({ model_id: BEST }))).toEqual(['inference_policy_differs'])
    expect(await warned(JSON.stringify({ model_dir: `models/${SECOND}/` }))).toEqual([])
    expect(await warned(JSON.stringify({ other: 1 }))).toEqual([])
    expect(await warned('null')).toEqual([])
    // Nobody can say which model it names.
    expect(await warned('{')).toEqual(['inference_policy_differs'])
    rmSync(policy)
    mkdirSync(policy)
    expect(codes(await resolveModelDir({ modelsDir: models, requirement }))).toEqual([
      'inference_policy_differs',
    ])
  })

  it("passes a bundle's own warnings on", async () => {
    const models = join(scratchDir(), 'models')
    writeBundle(models, 'run-a', {
      metrics: {
        confusion_matrix: [
          [1, 0],
          [0, 1],
        ],
        label_names: ['BreakIdle', 'Build'],
      },
    })
    await activate(models, 'run-a')
    expect(codes(await resolveModelDir({ modelsDir: models }))).toContain('bundle_warning')
  })
})

describe('selection decides', () => {
  it.each<[string, (models: string) => unknown, string]>([
    ['without a pointer', () => {}, 'no_pointer'],
    [
      'with a pointer to a bundle that is gone',
      async (models) => {
        await activate(models, SECOND)
        rmSync(join(models, SECOND), { recursive: true })
      },
      'active_bundle_missing',
    ],
  ])('falls back %s, says so, and writes nothing', async (_, prepare, code) => {
    const models = demo()
    await prepare(models)
    const before = snapshot(models)
    const resolution = await resolveModelDir({ modelsDir: models, requirement })
    expect(resolution).toMatchObject({
      modelId: BEST,
      source: 'selection',
      report: { best: { bundle: { modelId: BEST } } },
    })
    expect(codes(resolution)[0]).toBe(code)
    expect(resolution.repaired).toBeUndefined()
    expect(snapshot(models)).toBe(before)
  })

  it.each<[string, (models: string) => unknown, string]>([
    [
      'with a torn pointer',
      (models) => writeFileSync(join(models, 'active.json'), '{"model'),
      'pointer_corrupt',
    ],
    [
      'with a pointer that is a directory',
      (models) => mkdirSync(join(models, 'active.json')),
      'pointer_corrupt',
    ],
    [
      'with a pointer to a bundle of another schema',
      (models) => activate(models, '2026-03-16_031027_run-9674'),
      'bundle_incompatible',
    ],
    [
      'with a pointer to a damaged bundle',
      async (models) => {
        await activate(models, SECOND)
        rmSync(join(models, SECOND, 'metrics.json'))
      },
      'bundle_invalid',
    ],
  ])('does not fall back %s, unless asked to, and writes nothing', async (_, prepare, code) => {
    const models = demo()
    await prepare(models)
    const before = snapshot(models)
    const options = { modelsDir: models, requirement }
    await expect(resolveModelDir(options)).rejects.toMatchObject({ name: 'ResolveError', code })
    const asked = await resolveModelDir({ ...options, onBrokenPointer: 'policy' })
    expect(asked).toMatchObject({ source: 'selection', modelId: BEST, degraded: { code } })
    expect(snapshot(models)).toBe(before)
  })

  it('passes over withdrawn models even when the pointer is gone', async () => {
    const models = demo()
    await activate(models, SECOND)
    await activate(models, BEST)
    await rollbackActive(models)
    rmSync(join(models, 'active.json'))
    expect(await resolveModelDir({ modelsDir: models, requirement })).toMatchObject({ modelId: SECOND })
  })

  it('uses the policy given', async () => {
    const resolution = await resolveModelDir({ modelsDir: demo(), policy: UNGATED_POLICY, requirement })
    expect(resolution.modelId).toBe('2026-03-30_031401_run-0520')
  })

  it('fails with every exclusion when nothing is eligible, or nothing is there', async () => {
    const error = await resolveModelDir({
      modelsDir: demo(),
      requirement: { schemas: [{ hash: 'none' }] },
    }).catch((e) => e)
    expect(error).toBeInstanceOf(ResolveError)
    expect(error.code).toBe('no_eligible_model')
    expect(error.exclusions.length).toBe(7)
    for (const { modelId } of error.exclusions) expect(error.message).toContain(modelId)
    const empty = await resolveModelDir({ modelsDir: scratchDir() }).catch((e) => e)
    expect([empty.code, empty.exclusions]).toEqual(['no_eligible_model', []])
  })

  it('needs the models dir', async () => {
    await expect(resolveModelDir({ modelsDir: join(scratchDir(), 'no') })).rejects.toMatchObject({
      code: 'models_dir_missing',
    })
  })
})

describe('repair', () => {
  const now = () => new Date('2026-05-01T00:00:00Z')

  it('writes the pointer with its decision, once', async () => {
    const models = demo()
    writeFileSync(join(models, 'active.json'), '{')
    const options = { modelsDir: models, requirement, repair: true, actor: 'service', now }
    const first = await resolveModelDir(options)
    expect(first).toMatchObject({ source: 'selection', repaired: true, revision: 1, modelId: BEST })
    const line = JSON.parse(readFileSync(join(models, 'active_history.jsonl'), 'utf8'))
    expect(line).toMatchObject({
      source: 'repair',
      actor: 'service',
      decision: { kind: 'repair' },
      new: { model_id: BEST },
    })
    expect(line.new.bundle_digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(await resolveModelDir(options)).toMatchObject({
      source: 'active',
      revision: 1,
      version: first.version,
    })
    expect(readFileSync(join(models, 'active_history.jsonl'), 'utf8').trim().split('\n').length).toBe(1)
  })

  it("loses to a person's switch made meanwhile, and says so", async () => {
    const models = demo()
    let switched = false
    // The scan for the best has just ended when the pointer's change is made: the repair then finds another version.
    const policy = new Proxy(DEFAULT_POLICY, {
      get(target, key) {
        if (key === 'version' && !switched) {
          switched = true
          execFileSync(process.execPath, [SWITCH, models, SECOND])
        }
        return Reflect.get(target, key)
      },
    })
    const resolution = await resolveModelDir({ modelsDir: models, requirement, policy, repair: true })
    expect(switched).toBe(true)
    expect(resolution).toMatchObject({ source: 'active', modelId: SECOND })
    expect(codes(resolution)[0]).toBe('repair_lost')
  })

  it('keeps its own selection, unwritten, when it lost to a switch which does not fit', async () => {
    const models = demo()
    let switched = false
    const policy = new Proxy(DEFAULT_POLICY, {
      get(target, key) {
        if (key === 'version' && !switched) {
          switched = true
          execFileSync(process.execPath, [SWITCH, models, '2026-03-16_031027_run-9674'])
        }
        return Reflect.get(target, key)
      },
    })
    const resolution = await resolveModelDir({ modelsDir: models, requirement, policy, repair: true })
    expect(resolution).toMatchObject({ source: 'selection', modelId: BEST })
    expect(codes(resolution).slice(0, 2)).toEqual(['repair_lost', 'active_bundle_incompatible'])
  })

  it('does not hide that it cannot write', async () => {
    const models = demo()
    writeFileSync(join(models, '.taskclf'), 'in the way')
    await expect(resolveModelDir({ modelsDir: models, requirement, repair: true })).rejects.toMatchObject({
      code: 'io',
    })
  })
})
