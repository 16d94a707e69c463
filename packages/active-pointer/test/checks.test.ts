import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BundleChecks,
  type CheckResult,
  type LocalValidBundle,
  readBundle,
} from '@taskclf/registry-core'
import { describe, expect, it } from 'vitest'
import { readActive, rollbackActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, linesOf, modelsWith, pointerOf } from './support.js'

const MANUAL = { source: 'manual' } as const
const PASSED: CheckResult = { status: 'passed' }
const FAILED: CheckResult = { status: 'failed', code: 'load_failed', message: 'half a model' }

/** Checks in which the named bundles fail. */
function failing(...ids: string[]): BundleChecks & { tried: string[] } {
  const tried: string[] = []
  return {
    tried,
    check: async ({ modelId }) => {
      tried.push(modelId)
      return ids.includes(modelId) ? FAILED : PASSED
    },
  }
}

async function switched(...ids: string[]): Promise<string> {
  const models = modelsWith(...ids)
  for (const id of ids) await writeActiveAtomic(models, await bundleOf(models, id), MANUAL)
  return models
}

describe('a switch', () => {
  it('says of a model that nothing could load that it serves untried', async () => {
    const models = modelsWith('run-a')
    const found: CheckResult = { status: 'not_checked', code: 'not_checked', message: 'no loader' }
    const checks: BundleChecks = { check: async () => found, allowUnchecked: true }
    const { warnings } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), {
      ...MANUAL,
      checks,
    })
    expect(warnings.map(({ code }) => code)).toEqual(['not_checked'])
  })

  it('takes the bundle of a mounted volume, and none from outside', async () => {
    const models = modelsWith('run-a', 'run-b')
    mkdirSync(join(models, '..data'))
    for (const [id, to] of [
      ['run-a', join(models, '..data')],
      ['run-b', join(models, '..')],
    ] as const) {
      renameSync(join(models, id), join(to, id))
      symlinkSync(join(to, id), join(models, id))
    }
    const inside = await readBundle(join(models, '..data', 'run-a'), { promoted: false })
    const outside = await readBundle(join(models, '..', 'run-b'), { promoted: false })
    const { pointer } = await writeActiveAtomic(models, inside as LocalValidBundle, MANUAL)
    expect(pointer.model_id).toBe('run-a')
    await expect(writeActiveAtomic(models, outside as LocalValidBundle, MANUAL)).rejects.toMatchObject({
      code: 'bundle_not_promoted',
    })
  })

  it('records the digest of what it switched to, its schema, and its files where there is no manifest', async () => {
    const models = await switched('run-a')
    const [line] = linesOf(models)
    const bundle = await bundleOf(models, 'run-a')
    expect(pointerOf(models)).toMatchObject({
      bundle_digest: expect.stringMatching(/^sha256:/),
      schema_hash: bundle.metadata.schema_hash,
    })
    expect(line?.target_files).toMatchObject({ 'model.txt': { size: expect.any(Number) } })
    expect(JSON.stringify(line).length).toBeLessThan(4096)
  })

  it('is refused where its target fails a check, and nothing is written', async () => {
    const models = await switched('run-a', 'run-b')
    const { version } = await readActive(models)
    const attempt = writeActiveAtomic(models, await bundleOf(models, 'run-a'), {
      ...MANUAL,
      checks: failing('run-a'),
    })
    await expect(attempt).rejects.toMatchObject({ code: 'load_failed' })
    expect([(await readActive(models)).version, linesOf(models).length]).toEqual([version, 2])
  })

  it('records what its check found', async () => {
    const models = modelsWith('run-a')
    const { line } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), {
      ...MANUAL,
      checks: failing(),
      decision: { why: 'x' },
    })
    expect(line.decision).toEqual({ why: 'x', checks: { status: 'passed' } })
  })

  it('records the new digest of a bundle that is no longer what was activated, and says so', async () => {
    const models = await switched('run-a')
    const before = pointerOf(models).bundle_digest
    writeFileSync(join(models, 'run-a', 'model.txt'), 'another model')
    const { warnings, pointer } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect(warnings).toMatchObject([{ code: 'digest_changed' }])
    expect(pointer.bundle_digest).not.toBe(before)
  })
})

describe('a rollback', () => {
  it('passes over what does not load, and over what is no longer what was active', async () => {
    const models = await switched('run-a', 'run-b', 'run-c', 'run-d')
    writeFileSync(join(models, 'run-c', 'model.txt'), 'another model')
    const { pointer, passedOver, line } = await rollbackActive(models, { checks: failing('run-b') })
    expect(passedOver).toEqual([
      { revision: 3, modelId: 'run-c', why: 'changed' },
      { revision: 2, modelId: 'run-b', why: 'does_not_load' },
    ])
    expect(pointer).toMatchObject({ model_id: 'run-a', bundle_digest: pointerOf(models).bundle_digest })
    expect(line.decision).toMatchObject({ kind: 'rollback', checks: { status: 'passed' } })
  })

  it.each<[object, string]>([
    [{ checks: failing('run-a') }, 'run-a'],
    [{}, 'run-a'],
  ])('refuses to go back to a revision whose bundle may not serve', async (options, id) => {
    const models = await switched('run-a', 'run-b')
    if (Object.keys(options).length === 0) writeFileSync(join(models, id, 'model.txt'), 'another model')
    await expect(rollbackActive(models, { toRevision: 1, ...options })).rejects.toMatchObject({
      code: 'target_not_usable',
    })
    expect(linesOf(models).length).toBe(2)
  })

  it('activates what is there for a pointer without a digest, and records its digest', async () => {
    const models = await switched('run-a', 'run-b')
    const line = linesOf(models)[0]
    const { bundle_digest, ...pointer } = line?.new ?? {}
    const rest = linesOf(models)[1]
    const lines = [
      { ...line, new: pointer },
      { ...rest, old: pointer },
    ]
    writeFileSync(
      join(models, 'active_history.jsonl'),
      lines.map((one) => `${JSON.stringify(one)}\n`).join(''),
    )
    writeFileSync(join(models, 'run-a', 'model.txt'), 'another model')
    const back = await rollbackActive(models)
    expect(back.pointer.model_id).toBe('run-a')
    expect(back.pointer.bundle_digest).not.toBe(bundle_digest)
  })

  it('decides again when somebody switches while its target is tried', async () => {
    const models = await switched('run-a', 'run-b', 'run-c')
    const a = await bundleOf(models, 'run-a')
    const tried: string[] = []
    const checks: BundleChecks = {
      check: async ({ modelId }) => {
        tried.push(modelId)
        if (tried.length === 1) await writeActiveAtomic(models, a, { source: 'promotion' })
        return PASSED
      },
    }
    const { pointer } = await rollbackActive(models, { checks })
    expect([pointer.model_id, tried]).toEqual(['run-c', ['run-b', 'run-c']])
  })
})

it('cannot go back to a bundle that is gone', async () => {
  const models = await switched('run-a', 'run-b')
  rmSync(join(models, 'run-a'), { recursive: true })
  await expect(rollbackActive(models, { checks: failing() })).rejects.toMatchObject({
    code: 'nothing_to_roll_back_to',
  })
})
