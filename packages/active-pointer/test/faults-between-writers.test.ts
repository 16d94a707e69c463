import { nodeFileSystem } from '@taskclf/durable-fs'
import { describe, expect, it } from 'vitest'
import { readActive, readHistory, rollbackActive, writeActiveAtomic } from '../src/index.js'
import { bundleOf, expectUnbrokenChain, modelsWith } from './support.js'

const MANUAL = { source: 'manual' } as const
const isPointer = (path: string) => path.endsWith('/active.json')

describe('a writer that was stopped and overtaken', () => {
  it.each(['openAppend', 'createExclusive', 'rename'] as const)(
    'before its %s: does not overwrite the newer pointer',
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
      await expect(writeActiveAtomic(models, b, { ...MANUAL, fileSystem: stopped })).rejects.toMatchObject({
        code: 'overtaken',
      })
      expect(overtaking?.warnings).toMatchObject([{ code: 'lock_broken' }])
      expect(await readActive(models)).toMatchObject({ modelId: 'run-c', version: overtaking?.version })
      expect(expectUnbrokenChain(models).map((line) => line.new.model_id)).toEqual(['run-a', 'run-c'])
    },
  )
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
    const switchTo = async (id: string, options = {}) =>
      writeActiveAtomic(models, await bundleOf(models, id), { ...MANUAL, ...options })
    await switchTo('run-d')
    await switchTo('run-a')
    await expect(switchTo('run-b', { fileSystem: failing })).rejects.toMatchObject({ code: 'io' })
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

  it('that is still pending is passed over too', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    for (const id of ['run-a', 'run-b']) await writeActiveAtomic(models, await bundleOf(models, id), MANUAL)
    const pending = writeActiveAtomic(models, await bundleOf(models, 'run-c'), {
      ...MANUAL,
      fileSystem: failing,
    })
    await expect(pending).rejects.toMatchObject({ code: 'io' })
    expect((await rollbackActive(models)).pointer.model_id).toBe('run-a')
  })
})
