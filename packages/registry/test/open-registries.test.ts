import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { POLICY_PRESETS } from '@taskclf/selection-policy'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { openRegistries, openRegistry } from '../src/index.js'
import { memoryStore } from '../src/memory.js'
import { opened } from './support.js'

const policy = POLICY_PRESETS.ungated

describe('the status of a registry', () => {
  it('says what is active, since when and by whom, and what is newest', async () => {
    const { models } = await opened()
    const registry = await openRegistry(models, {
      policy,
      actor: 'ada',
      now: () => new Date('2026-04-01T12:00:00Z'),
    })
    expect(await registry.status()).toMatchObject({ total: 3, eligible: 3, problems: [] })
    expect((await registry.status()).active).toBeUndefined()
    await registry.activate('run-b')
    const { active, newest, location } = await registry.status()
    expect(active).toMatchObject({ modelId: 'run-b', revision: 1, actor: 'ada', source: 'manual' })
    expect(active?.since).toContain('2026-04-01')
    expect([newest?.modelId, newest?.createdAt instanceof Date, location]).toEqual([
      expect.any(String),
      true,
      models,
    ])
  })

  it('names what is wrong, worst first', async () => {
    const { models } = await opened()
    const registry = await openRegistry(models, { policy })
    await registry.activate('run-c')
    rmSync(join(models, 'run-c'), { recursive: true })
    expect((await registry.status()).problems).toMatchObject([
      { level: 'error', code: 'active_bundle_missing' },
    ])
    writeFileSync(join(models, 'active.json'), 'half of')
    const { active, problems } = await registry.status()
    expect(active).toBeUndefined()
    expect(problems[0]).toMatchObject({ level: 'error', code: 'pointer_corrupt' })
    const strict = await openRegistry(models, { policy, requirement: { schemas: [{ hash: 'other' }] } })
    expect((await strict.status()).problems.map(({ code }) => code)).toContain('no_eligible_model')
  })

  it('answers of a store in memory', async () => {
    const registry = await openRegistry(memoryStore(), { policy })
    expect(await registry.status()).toMatchObject({
      total: 0,
      eligible: 0,
      problems: [{ code: 'no_bundles' }],
    })
  })
})

describe('several registries', () => {
  it('opens each by its name, with what holds for it', async () => {
    const { models } = await opened()
    const asked: string[] = []
    const registries = openRegistries({
      families: {
        churn: { modelsDir: models },
        upsell: async () => {
          asked.push('upsell')
          return { modelsDir: models, actor: 'own' }
        },
      },
      policy,
      actor: 'all',
    })
    expect([registries.names, asked]).toEqual([['churn', 'upsell'], []])
    const { pointer } = await (await registries.get('churn')).activate('run-a')
    expect(pointer.revision).toBe(1)
    await (await registries.get('upsell')).activate('run-b')
    const { entries } = await (await registries.get('churn')).history()
    expect(entries.map(({ actor }) => actor)).toEqual(['all', 'own'])
  })

  it('refuses a name that it does not know', async () => {
    const registries = openRegistries({ families: { churn: { modelsDir: scratchDir() } } })
    for (const name of ['chrun', 'toString'])
      await expect(registries.get(name)).rejects.toMatchObject({
        code: 'unknown_family',
        details: { family: name },
      })
  })

  it('reports one that fails beside the others', async () => {
    const { models } = await opened()
    const empty = join(scratchDir(), 'empty')
    mkdirSync(empty)
    writeBundle(empty, 'run-1')
    const registries = openRegistries({
      families: {
        gone: { modelsDir: join(empty, 'gone') },
        churn: { modelsDir: models },
        broken: () => Promise.reject(new Error('no such policy')),
        upsell: { modelsDir: empty },
      },
      policy,
    })
    const found = await registries.status()
    expect(found.map(({ family, status }) => [family, status?.total])).toEqual([
      ['gone', undefined],
      ['churn', 3],
      ['broken', undefined],
      ['upsell', 1],
    ])
    expect(found[0]?.error).toMatchObject({ code: 'models_dir_missing' })
    expect(found[2]?.error).toMatchObject({ message: 'no such policy' })
  })
})
