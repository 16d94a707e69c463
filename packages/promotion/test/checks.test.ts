import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleChecks, CheckResult } from '@taskclf/registry-core'
import { describe, expect, it } from 'vitest'
import { promote } from '../src/index.js'
import { activeId, place, scored, seen, staged } from './support.js'

const refusal: CheckResult = { status: 'failed', code: 'self_test_failed', message: 'off by 0.86' }

function answering(result: CheckResult, more: Partial<BundleChecks> = {}) {
  const seenPaths: string[] = []
  const checks: BundleChecks = {
    check: async (bundle, { content }) => {
      seenPaths.push(bundle.path)
      expect(content.bytes.get('model.txt')).toEqual(readFileSync(join(bundle.path, 'model.txt')))
      return result
    },
    ...more,
  }
  return { checks, seenPaths }
}

describe('promote, with checks', () => {
  it('rejects a candidate that fails its check, publishes nothing, and keeps it with the reason', async () => {
    const { base, models, rejected } = place()
    const candidateDir = scored(base, 'a', 0.9)
    const { checks } = answering(refusal)
    const result = await promote({ candidateDir, modelsDir: models, checks })
    expect(result).toMatchObject({
      outcome: 'rejected',
      rejection: { stage: 'check', code: 'self_test_failed' },
      checks: { status: 'failed' },
    })
    expect(result.published).toBeUndefined()
    expect(seen(models)).toEqual([])
    expect(staged(models)).toEqual([])
    expect(seen(rejected)).toEqual(['a'])
    expect(activeId(models)).toBeUndefined()
  })

  it('tries the staged copy, before any reader can see it', async () => {
    const { base, models } = place()
    const { checks, seenPaths } = answering({ status: 'passed' })
    const result = await promote({ candidateDir: scored(base, 'a', 0.9), modelsDir: models, checks })
    expect(result).toMatchObject({ outcome: 'promoted', checks: { status: 'passed' } })
    expect(seenPaths[0]).toContain(join('.taskclf', 'staging'))
  })

  it('refuses what nothing can load, unless that is allowed, and records it', async () => {
    const { base, models } = place()
    const found: CheckResult = { status: 'not_checked', code: 'not_checked', message: 'no loader' }
    const candidateDir = scored(base, 'a', 0.9)
    const refused = await promote({ candidateDir, modelsDir: models, ...answering(found) })
    expect(refused.rejection).toMatchObject({ stage: 'check', code: 'not_checked' })
    const { checks } = answering(found, { allowUnchecked: true })
    const allowed = await promote({ candidateDir, modelsDir: models, checks })
    expect(allowed).toMatchObject({ outcome: 'promoted', checks: { status: 'not_checked' } })
    const line = readFileSync(join(models, 'active_history.jsonl'), 'utf8').trim()
    expect(JSON.parse(line).decision.checks).toMatchObject({ status: 'not_checked' })
  })

  it('gives up a check that never ends', async () => {
    const { base, models } = place()
    let aborted = false
    const checks: BundleChecks = {
      timeoutMs: 20,
      check: (_, { signal }) => {
        signal.addEventListener('abort', () => {
          aborted = true
        })
        return new Promise(() => {})
      },
    }
    const result = await promote({ candidateDir: scored(base, 'a', 0.9), modelsDir: models, checks })
    expect(result.rejection?.code).toBe('load_timed_out')
    expect(aborted).toBe(true)
    expect(seen(models)).toEqual([])
  })

  it('tries the candidate in a dry run too, and writes nothing', async () => {
    const { base, models, rejected } = place()
    mkdirSync(rejected)
    const { checks } = answering(refusal)
    const settings = { candidateDir: scored(base, 'a', 0.9), modelsDir: models, dryRun: true }
    expect(await promote({ ...settings, checks })).toMatchObject({
      outcome: 'rejected',
      rejection: { stage: 'check' },
    })
    expect([...seen(models), ...seen(rejected)]).toEqual([])
  })

  it('activates no other bundle that fails its check', async () => {
    const { base, models } = place()
    await promote({ candidateDir: scored(base, 'best', 0.95), modelsDir: models })
    const { checks } = answering({ status: 'passed' })
    const only: BundleChecks = {
      check: (bundle, context) =>
        bundle.modelId === 'best' ? Promise.resolve(refusal) : checks.check(bundle, context),
    }
    const { rm } = await import('node:fs/promises')
    await rm(join(models, 'active.json'))
    await rm(join(models, 'active_history.jsonl'))
    const promoting = promote({
      candidateDir: scored(base, 'b', 0.94),
      modelsDir: models,
      ignoreChampion: true,
      checks: only,
    })
    await expect(promoting).rejects.toMatchObject({
      code: 'self_test_failed',
      result: { outcome: 'published' },
    })
    expect(activeId(models)).toBeUndefined()
  })
})
