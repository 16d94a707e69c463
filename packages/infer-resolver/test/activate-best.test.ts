import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHistory, writeActiveAtomic } from '@taskclf/active-pointer'
import { type BundleChecks, type LocalValidBundle, openModelsDir, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { activateBest, readRegistry, weighBest } from '../src/index.js'

/** run-a, run-b, run-c, each better than the one before. */
function modelsDir(): string {
  const models = join(scratchDir(), 'models')
  for (const [i, id] of ['run-a', 'run-b', 'run-c'].entries())
    writeBundle(models, id, { metrics: { macro_f1: 0.8 + i / 100 } })
  return models
}

async function activate(models: string, id: string): Promise<void> {
  await writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, {
    source: 'promotion',
  })
}

/** Something happens the first `times` times that a model is tried, between the decision and the switch. */
function meanwhile(times: number, happens: (modelId: string) => Promise<void> | void): BundleChecks {
  let tried = 0
  return {
    check: async ({ modelId }) => {
      if (tried++ < times) await happens(modelId)
      return { status: 'passed' }
    },
  }
}

describe('activateBest', () => {
  it('decides again when another program switches between the decision and the switch', async () => {
    const models = modelsDir()
    const theirs = {
      model_dir: 'models/run-a',
      model_id: 'run-a',
      selected_at: '2026-05-01',
      policy_version: 1,
    }
    const checks = meanwhile(1, () => writeFileSync(join(models, 'active.json'), JSON.stringify(theirs)))
    const { switched } = await activateBest(models, { checks, actor: 'ci' })
    expect(switched).toMatchObject({ pointer: { model_id: 'run-c' }, line: { actor: 'ci' } })
    const { entries } = await readHistory(models)
    expect(entries.map((entry) => [entry.new.model_id, entry.source])).toEqual([
      ['run-a', 'external'],
      ['run-c', 'promotion'],
    ])
    expect(entries.at(-1)?.decision).toMatchObject({
      kind: 'select',
      code: 'better',
      incumbent: { model_id: 'run-a' },
    })
  })

  it('leaves it at a switch that made the best active already', async () => {
    const models = modelsDir()
    const checks = meanwhile(1, () => activate(models, 'run-c'))
    expect(await activateBest(models, { checks })).toMatchObject({ decision: { code: 'same_model' } })
    expect((await readHistory(models)).entries).toHaveLength(1)
  })

  it('takes the next best when the chosen bundle goes away', async () => {
    const models = modelsDir()
    const checks = meanwhile(1, (id) => rmSync(join(models, id), { recursive: true }))
    expect((await activateBest(models, { checks })).switched?.pointer.model_id).toBe('run-b')
  })

  it('gives up after thirty conflicts, and has written nothing', async () => {
    const models = modelsDir()
    let at = 0
    const checks = meanwhile(1000, () => {
      const selected_at = new Date(at++ * 1000).toISOString()
      const theirs = { model_dir: 'models/run-a', model_id: 'run-a', selected_at, policy_version: 1 }
      writeFileSync(join(models, 'active.json'), JSON.stringify(theirs))
    })
    await expect(activateBest(models, { checks })).rejects.toMatchObject({ code: 'conflict' })
    expect([at, (await readHistory(models)).entries]).toEqual([30, []])
  })

  it('decides again where the path was led elsewhere; a look cannot follow, and is given up at once', async () => {
    const [first, second] = [modelsDir(), modelsDir()]
    const link = join(scratchDir(), 'current')
    const lead = (to: string) => {
      rmSync(link, { force: true })
      symlinkSync(to, link)
    }
    lead(first)
    const tried: string[] = []
    const moving: BundleChecks = {
      check: async ({ path }) => {
        tried.push(path)
        lead(second)
        return { status: 'passed' }
      },
    }
    await expect(activateBest(openModelsDir(link).look(), { checks: moving })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(tried).toEqual([join(first, 'run-c')])
    lead(first)
    const { store: found } = await activateBest(link, { checks: moving })
    expect([found.location, existsSync(join(first, 'active.json'))]).toEqual([second, false])
  })

  it('writes over a pointer that cannot be read only when asked to', async () => {
    const models = modelsDir()
    writeFileSync(join(models, 'active.json'), '{')
    await expect(activateBest(models)).rejects.toMatchObject({
      name: 'ResolveError',
      code: 'pointer_corrupt',
    })
    expect((await activateBest(models, { replaceCorrupt: true })).switched?.pointer.model_id).toBe('run-c')
  })

  it('decides again before it leaves the pointer as it is, where what was read before is no longer so', async () => {
    const models = modelsDir()
    await activate(models, 'run-c')
    const seen = await readRegistry(models)
    await activate(models, 'run-a')
    const { decision, switched } = await activateBest(models, { seen })
    expect(decision).toMatchObject({ code: 'better', incumbent: { modelId: 'run-a' } })
    expect(switched?.pointer.model_id).toBe('run-c')
  })

  it('reads the models once where what was read before is still so', async () => {
    const models = modelsDir()
    await activate(models, 'run-c')
    const seen = await readRegistry(models)
    const { bundles, decision } = await activateBest(models, { seen })
    expect(decision.code).toBe('same_model')
    expect(bundles).toBe(seen.bundles)
  })

  it('does not try again what was tried already, and records its digest', async () => {
    const models = modelsDir()
    const checks = meanwhile(1, () => Promise.reject(new Error('tried')))
    const describe = () => ({ decision: { kind: 'test' }, bundleDigest: 'sha256:0' })
    const { switched } = await activateBest(models, { checks, describe })
    expect(switched?.pointer.bundle_digest).toBe('sha256:0')
  })
})

describe('weighBest', () => {
  it('writes nothing, and takes a bundle for published when asked to', async () => {
    const models = modelsDir()
    await activate(models, 'run-a')
    const better = (await readBundle(
      writeBundle(join(scratchDir(), 'elsewhere'), 'run-d', { metrics: { macro_f1: 0.95 } }),
    )) as LocalValidBundle
    expect((await weighBest(models)).report.best?.bundle.modelId).toBe('run-c')
    expect((await weighBest(models, { asIf: better })).decision).toMatchObject({
      code: 'better',
      candidate: { modelId: 'run-d' },
      incumbent: { modelId: 'run-a' },
    })
    expect((await readHistory(models)).entries).toHaveLength(1)
  })

  it('reports that the best is the active model, and must not serve', async () => {
    const models = modelsDir()
    await activate(models, 'run-c')
    writeFileSync(join(models, 'run-c', 'model.txt'), 'changed')
    await expect(weighBest(models, { tryActive: true })).rejects.toMatchObject({
      code: 'integrity_mismatch',
    })
    expect((await weighBest(models)).decision.code).toBe('same_model')
  })
})
