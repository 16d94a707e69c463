import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type FileSystem, nodeFileSystem } from '@taskclf/durable-fs'
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

/** A writer that is stopped between its last check and its append; what happens meanwhile is given. */
const stoppedBeforeAppend = (meanwhile: () => Promise<void>): FileSystem => ({
  ...nodeFileSystem,
  openAppend: async (path) => {
    const file = await nodeFileSystem.openAppend(path)
    const write = async (bytes: Uint8Array) => {
      await meanwhile()
      return file.write(bytes)
    }
    return { ...file, write }
  },
})

async function withLateLine() {
  const models = modelsWith('run-a', 'run-b', 'run-c', 'run-d')
  const to = async (id: string, options: object = {}, store: StoreLike = models) =>
    writeActiveAtomic(store, await bundleOf(models, id), { source: 'promotion', ...options })
  await to('run-a')
  const overtake = { lock: { staleAfterMs: 0 } }
  const fileSystem = stoppedBeforeAppend(async () => {
    await to('run-b', overtake)
    await to('run-c', overtake)
  })
  await expect(to('run-d', {}, localStore(models, { fileSystem }))).rejects.toMatchObject({
    code: 'overtaken',
  })
  // The line of the one that was overtaken is there, after those of later switches, with a revision used before.
  expect(linesOf(models).map(({ new: { model_id }, revision }) => [model_id, revision])).toEqual([
    ['run-a', 1],
    ['run-b', 2],
    ['run-c', 3],
    ['run-d', 2],
  ])
  return { models, to }
}

describe('a line appended late, after its writer was overtaken', () => {
  it('is off the chain for readers, before and after the next switch', async () => {
    const { models, to } = await withLateLine()
    expect(await readActive(models)).toMatchObject({ modelId: 'run-c' })
    const states = async () => (await readHistory(models)).entries.map(({ state }) => state)
    expect(await states()).toEqual(['visible', 'visible', 'visible', 'pending'])
    expect((await to('run-b')).revision).toBe(4)
    expect(await states()).toEqual(['visible', 'visible', 'visible', 'aborted', 'visible'])
    expect(expectUnbrokenChain(models).map(({ revision }) => revision)).toEqual([1, 2, 3, 4])
  })

  it('is passed over by a rollback, also by its revision', async () => {
    const { models, to } = await withLateLine()
    const { pointer } = await rollbackActive(models)
    expect([pointer.model_id, pointer.revision]).toEqual(['run-b', 4])
    await to('run-a')
    expect((await rollbackActive(models, { toRevision: 2 })).pointer.model_id).toBe('run-b')
  })

  it('uses no revision of a switch that comes after the pointer was lost', async () => {
    const { models, to } = await withLateLine()
    rmSync(join(models, 'active.json'))
    expect((await to('run-a')).revision).toBe(4)
  })
})
