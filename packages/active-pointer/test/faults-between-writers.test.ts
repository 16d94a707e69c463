import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { instrument, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import {
  localStore,
  readActive,
  readHistory,
  rollbackActive,
  type StoreLike,
  writeActiveAtomic,
} from '../src/index.js'
import { bundleOf, expectUnbrokenChain, linesOf, modelsWith } from './support.js'

const MANUAL = { source: 'manual' } as const
const isPointer = (path: string) => path.endsWith('/active.json')

describe('a writer that was stopped and overtaken', () => {
  it.each(['openAppend', 'createExclusive', 'rename'] as const)(
    'does not overwrite the newer pointer when overtaken before its %s',
    async (step) => {
      const models = modelsWith('run-a', 'run-b', 'run-c')
      await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
      const [b, c] = [await bundleOf(models, 'run-b'), await bundleOf(models, 'run-c')]
      let overtaking: Awaited<ReturnType<typeof writeActiveAtomic>> | undefined
      const overtake = async () => {
        overtaking ??= await writeActiveAtomic(models, c, { ...MANUAL, lock: { staleAfterMs: 0 } })
      }
      const stopped = {
        ...nodeFileSystem,
        openAppend: async (path: string) => {
          if (step === 'openAppend') await overtake()
          return nodeFileSystem.openAppend(path)
        },
        createExclusive: async (path: string) => {
          if (step === 'createExclusive') await overtake()
          return nodeFileSystem.createExclusive(path)
        },
        rename: async (from: string, to: string) => {
          if (step === 'rename' && isPointer(to)) await overtake()
          await nodeFileSystem.rename(from, to)
        },
      }
      await expect(
        writeActiveAtomic(localStore(models, { fileSystem: stopped }), b, MANUAL),
      ).rejects.toMatchObject({
        code: 'overtaken',
      })
      expect(overtaking?.warnings).toMatchObject([{ code: 'lock_broken' }])
      expect(await readActive(models)).toMatchObject({ modelId: 'run-c', version: overtaking?.version })
      expect(expectUnbrokenChain(models).map((line) => line.new.model_id)).toEqual(['run-a', 'run-c'])
    },
  )
})

describe('what a switch costs and says', () => {
  it('leaves no line when overtaken before it appends', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    const [b, c] = [await bundleOf(models, 'run-b'), await bundleOf(models, 'run-c')]
    let overtaken = false
    const stopped = {
      ...nodeFileSystem,
      openRead: async (path: string) => {
        if (!overtaken) {
          overtaken = true
          await writeActiveAtomic(models, c, { ...MANUAL, lock: { staleAfterMs: 0 } })
        }
        return nodeFileSystem.openRead(path)
      },
    }
    await expect(
      writeActiveAtomic(localStore(models, { fileSystem: stopped }), b, MANUAL),
    ).rejects.toMatchObject({
      code: 'overtaken',
    })
    expect(linesOf(models).map((line) => line.new.model_id)).toEqual(['run-a', 'run-c'])
  })

  it('syncs the directory once more only where the history may have no safe name', async () => {
    const models = modelsWith('run-a', 'run-b')
    const synced = async (id: string) => {
      const seen = instrument(nodeFileSystem)
      await writeActiveAtomic(
        localStore(models, { fileSystem: seen.fileSystem }),
        await bundleOf(models, id),
        MANUAL,
      )
      return seen.steps.filter((step) => step === 'syncDirectory').length
    }
    expect([await synced('run-a'), await synced('run-b'), await synced('run-a')]).toEqual([2, 1, 1])
    rmSync(join(models, 'active.json'))
    expect([await synced('run-b'), await synced('run-a')]).toEqual([2, 1])
  })

  it('names what is there now in a conflict', async () => {
    const models = modelsWith('run-a')
    const a = await bundleOf(models, 'run-a')
    const { version } = await writeActiveAtomic(models, a, MANUAL)
    const conflict = async () => {
      const error = await writeActiveAtomic(models, a, { ...MANUAL, expected: 'other' }).catch((e) => e)
      return [error.code, error.message, error.details]
    }
    const [code, message, details] = await conflict()
    expect([code, details]).toEqual(['conflict', { expected: 'other', found: version, revision: 1 }])
    expect(message).toContain('run-a, revision 1')
    writeFileSync(join(models, 'active.json'), '{')
    expect((await conflict())[1]).toContain('corrupt')
  })

  it('warns of nothing where nothing was odd', async () => {
    const models = modelsWith('run-a')
    const { warnings } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect(warnings).toEqual([])
  })
})

describe('what a switch records', () => {
  it('records only what it was given, and by default the figures of the bundle as its reason', async () => {
    const models = modelsWith('run-a', 'run-b')
    const { pointer, line } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect(pointer.reason).toStrictEqual({ metric: 'macro_f1', macro_f1: 0.8, weighted_f1: 0.91 })
    writeBundle(models, 'run-auc', { files: { 'metrics.json': '{"auc":0.9}' } })
    const named = await writeActiveAtomic(models, await bundleOf(models, 'run-auc'), MANUAL)
    expect(named.pointer.reason).toStrictEqual({ metric: 'model_id', model_id: 'run-auc' })
    const keys = (value: object) =>
      ['policy_digest', 'bundle_digest', 'actor', 'decision'].filter((key) => key in value)
    expect([keys(pointer), keys(line)]).toEqual([['bundle_digest'], []])
    const told = {
      actor: 'ops',
      decision: 1,
      policyDigest: 'p',
      bundleDigest: 'b',
      reason: { metric: 'by hand' },
    }
    const second = await writeActiveAtomic(models, await bundleOf(models, 'run-b'), { ...MANUAL, ...told })
    expect(second.pointer.reason).toStrictEqual({ metric: 'by hand' })
    expect([keys(second.pointer), keys(second.line)]).toEqual([
      ['policy_digest', 'bundle_digest'],
      ['actor', 'decision'],
    ])
  })

  it('records of a corrupt pointer no more than 4,096 characters', async () => {
    const models = modelsWith('run-a')
    writeFileSync(join(models, 'active.json'), 'x'.repeat(5000))
    const { line } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect(line).toMatchObject({ replaced_corrupt: { text: 'x'.repeat(4096) } })
  })

  it('records of an adopted pointer that withdrawn models stay so', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    for (const id of ['run-a', 'run-b']) await writeActiveAtomic(models, await bundleOf(models, id), MANUAL)
    const foreign = {
      model_dir: 'models/run-c',
      model_id: 'run-c',
      selected_at: '2026-06-01',
      policy_version: 1,
    }
    writeFileSync(join(models, 'active.json'), JSON.stringify(foreign))
    const { adopted } = await writeActiveAtomic(models, await bundleOf(models, 'run-b'), {
      source: 'promotion',
    })
    expect(adopted?.new.withdrawn).toEqual(['run-a'])
  })

  it('records nothing of a bundle that is elsewhere, which the error names', async () => {
    const [models, elsewhere] = [modelsWith('run-a'), modelsWith('run-x')]
    const foreign = await bundleOf(elsewhere, 'run-x')
    await expect(writeActiveAtomic(models, foreign, MANUAL)).rejects.toMatchObject({
      code: 'bundle_not_promoted',
      details: { path: foreign.path },
    })
  })
})

describe('a line whose switch never happened', () => {
  const failing = {
    ...nodeFileSystem,
    rename: async (from: string, to: string) => {
      if (isPointer(to)) throw Object.assign(new Error('no'), { code: 'EIO' })
      await nodeFileSystem.rename(from, to)
    },
  }

  it.each([1, 2])('is passed over by a rollback, %d back', async (steps) => {
    const models = modelsWith('run-a', 'run-b', 'run-c', 'run-d')
    const switchTo = async (id: string, store: StoreLike = models) =>
      writeActiveAtomic(store, await bundleOf(models, id), MANUAL)
    await switchTo('run-d')
    await switchTo('run-a')
    await expect(switchTo('run-b', localStore(models, { fileSystem: failing }))).rejects.toMatchObject({
      code: 'io',
    })
    await switchTo('run-c')
    expect((await readHistory(models)).entries.map(({ state }) => state)).toEqual([
      'visible',
      'visible',
      'aborted',
      'visible',
    ])
    const { pointer, passedOver } = await rollbackActive(models, { steps })
    expect([pointer.model_id, passedOver]).toEqual([steps === 1 ? 'run-a' : 'run-d', []])
    await expect(rollbackActive(models, { toRevision: 3 })).rejects.toMatchObject({
      code: 'unknown_revision',
    })
  })

  it('passes over a line that is still pending, too', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    for (const id of ['run-a', 'run-b']) await writeActiveAtomic(models, await bundleOf(models, id), MANUAL)
    const pending = writeActiveAtomic(
      localStore(models, { fileSystem: failing }),
      await bundleOf(models, 'run-c'),
      MANUAL,
    )
    await expect(pending).rejects.toMatchObject({ code: 'io' })
    expect((await rollbackActive(models)).pointer.model_id).toBe('run-a')
  })
})
