import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { localStore, writeActiveAtomic } from '@taskclf/active-pointer'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { readBundle } from '@taskclf/registry-core'
import { type Fault, instrument, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { type PromotionError, promote, publishBundle } from '../src/index.js'
import {
  activeId,
  errorOf,
  expectUnbrokenChain,
  expectWhole,
  moveOn,
  place,
  scored,
  seen,
  staged,
} from './support.js'

const FAULTS: Fault[] = [{ errno: 'EIO' }, { errno: 'ENOSPC' }, 'short', 'kill']

const LONG = { timeout: 300_000 }

async function scene() {
  const { base, models } = place()
  writeBundle(models, 'run-0', { metrics: { macro_f1: 0.7 } })
  const run0 = await readBundle(join(models, 'run-0'))
  if (run0.status === 'valid') await writeActiveAtomic(models, run0, { source: 'promotion' })
  return { base, models, candidateDir: scored(base, 'run-1', 0.8) }
}

async function stepsOf(): Promise<string[]> {
  const { models, candidateDir } = await scene()
  const { fileSystem, steps } = instrument(nodeFileSystem)
  await promote({ candidateDir, modelsDir: localStore(models, { fileSystem }) })
  return steps
}

it(
  'leaves all of a bundle or nothing at each step under each fault, a clear error, and a next promotion that succeeds',
  LONG,
  async () => {
    const steps = await stepsOf()
    expect(steps.length).toBeGreaterThan(40)
    for (let step = 0; step < steps.length; step++) {
      for (const fault of FAULTS) {
        const { base, models, candidateDir } = await scene()
        const faulty = instrument(nodeFileSystem, new Map([[step, fault]]))
        const what = `step ${step} (${steps[step]}), ${JSON.stringify(fault)}`
        const outcome = await promote({
          candidateDir,
          modelsDir: localStore(models, { fileSystem: faulty.fileSystem }),
        }).then(
          (result) => result.outcome,
          (error: PromotionError) => error,
        )
        const isPublished = (await expectWhole(models)).includes('run-1')
        const active = activeId(models)
        if (typeof outcome === 'string') expect([outcome, active], what).toEqual(['promoted', 'run-1'])
        else if (!faulty.killed) {
          expect(['publish_failed', 'io', 'durability_unknown'], what).toContain(outcome.code)
          expect(outcome.result !== undefined, what).toBe(isPublished)
          expect(outcome.result?.outcome, what).toBe(
            isPublished ? (active === 'run-1' ? 'promoted' : 'published') : undefined,
          )
          if (outcome.code === 'publish_failed') expect(isPublished, what).toBe(false)
        }
        await expectUnbrokenChain(models)
        // The "killed" one still lives here, so its locks are overtaken as those of a stopped process.
        const lock = { staleAfterMs: 0 }
        const next = await promote({ candidateDir: scored(base, 'run-2', 0.9), modelsDir: models, lock })
        expect(next.outcome, what).toBe('promoted')
      }
    }
  },
)

describe('publishing alone', () => {
  it('says when the last sync failed: published, durability unknown', async () => {
    const { models, candidateDir } = await scene()
    const failing = {
      ...nodeFileSystem,
      syncDirectory: async (path: string) => {
        if (path === models) throw Object.assign(new Error('no'), { code: 'EIO' })
        await nodeFileSystem.syncDirectory(path)
      },
    }
    const error = await errorOf(
      publishBundle({ candidateDir, modelsDir: localStore(models, { fileSystem: failing }) }),
    )
    expect([error.code, error.details.modelId]).toEqual(['durability_unknown', 'run-1'])
    expect(await expectWhole(models)).toEqual(['run-0', 'run-1'])
  })

  it('gives up on a publisher that does not let go', async () => {
    const { base, models, candidateDir } = await scene()
    let waited: Promise<unknown> | undefined
    const nested = {
      ...nodeFileSystem,
      rename: async (from: string, to: string) => {
        if (to.endsWith('run-1')) {
          const other = scored(base, 'run-2', 0.9)
          waited = promote({ candidateDir: other, modelsDir: models, lock: { timeoutMs: 50 } })
          expect((await errorOf(waited)).code).toBe('lock_timeout')
        }
        await nodeFileSystem.rename(from, to)
      },
    }
    await publishBundle({ candidateDir, modelsDir: localStore(models, { fileSystem: nested }) })
    expect(waited).toBeDefined()
    expect(await expectWhole(models)).toEqual(['run-0', 'run-1'])
    expect(staged(models)).toEqual([])
  })
})

describe('switching after publishing', () => {
  it('waits for a switcher that does not let go, then says: published, not switched', async () => {
    const { base, models, candidateDir } = await scene()
    const nested = {
      ...nodeFileSystem,
      openAppend: async (path: string) => {
        const other = scored(base, 'run-2', 0.9)
        const error = await errorOf(
          promote({ candidateDir: other, modelsDir: models, lock: { timeoutMs: 50 } }),
        )
        expect(error).toMatchObject({ code: 'lock_timeout', result: { outcome: 'published' } })
        return nodeFileSystem.openAppend(path)
      },
    }
    const result = await promote({ candidateDir, modelsDir: localStore(models, { fileSystem: nested }) })
    expect([result.outcome, seen(models)]).toEqual([
      'promoted',
      ['active.json', 'active_history.jsonl', 'index.json', 'run-0', 'run-1', 'run-2'],
    ])
  })

  it('gives up when the pointer never stops changing: published, and nobody is overrun', async () => {
    const { base, models, candidateDir } = await scene()
    const other = scored(base, 'run-2', 0.75)
    await publishBundle({ candidateDir: other, modelsDir: models })
    let switches = 0
    const restless = {
      ...nodeFileSystem,
      mkdir: async (path: string) => {
        if (/active\.lock\.new-[^/]*$/.test(path)) await moveOn(models, switches++)
        await nodeFileSystem.mkdir(path)
      },
    }
    const error = await errorOf(
      promote({ candidateDir, modelsDir: localStore(models, { fileSystem: restless }) }),
    )
    expect(error).toMatchObject({ code: 'conflict', result: { outcome: 'published', published: {} } })
    expect(switches).toBeGreaterThan(10)
    await expectUnbrokenChain(models)
  })

  it('gives up in the same way when its lock never lasts long enough to switch', async () => {
    const { models, candidateDir } = await scene()
    const losing = {
      ...nodeFileSystem,
      openRead: async (path: string) => {
        if (path.endsWith('active_history.jsonl'))
          rmSync(join(models, '.taskclf', 'active.lock'), { recursive: true, force: true })
        return nodeFileSystem.openRead(path)
      },
    }
    const error = await errorOf(
      promote({ candidateDir, modelsDir: localStore(models, { fileSystem: losing }) }),
    )
    expect(error).toMatchObject({
      code: 'conflict',
      cause: { code: 'overtaken' },
      result: { outcome: 'published' },
    })
  })
})
