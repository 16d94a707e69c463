import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileSystem, nodeFileSystem } from '@taskclf/durable-fs'
import {
  type BundleChecks,
  type LocalValidBundle,
  MAX_DOCUMENT_BYTES,
  readBundle,
} from '@taskclf/registry-core'
import { describe, expect, it } from 'vitest'
import { localStore, readActive, readHistory, writeActiveAtomic } from '../src/index.js'
import { isInside } from '../src/local/read-linked.js'
import { bundleOf, linesOf, modelsWith, pointerOf } from './support.js'

const MANUAL = { source: 'manual' } as const
const theirs = (id: string) => ({
  model_dir: `models/${id}`,
  model_id: id,
  selected_at: '2026-06-01T00:00:00+00:00',
  policy_version: 1,
})

describe('a switch', () => {
  it('refuses a switch that lost to a link put in the place of the pointer, and the link stays', async () => {
    const models = modelsWith('run-a', 'run-b')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    // Asked for the time when the pointer has been read and before it is replaced.
    const now = () => {
      renameSync(join(models, 'active.json'), join(models, '.mine'))
      symlinkSync('.mine', join(models, 'active.json'))
      return new Date()
    }
    await expect(
      writeActiveAtomic(models, await bundleOf(models, 'run-b'), { ...MANUAL, now }),
    ).rejects.toMatchObject({ code: 'pointer_is_a_link', details: { path: join(models, 'active.json') } })
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a', isLink: true })
  })

  it("names another program's pointer to a switch that expected another version", async () => {
    const models = modelsWith('run-a')
    writeFileSync(join(models, 'active.json'), JSON.stringify(theirs('run-a')))
    const { version } = await readActive(models)
    await expect(
      writeActiveAtomic(models, await bundleOf(models, 'run-a'), { ...MANUAL, expected: 'absent' }),
    ).rejects.toMatchObject({
      code: 'conflict',
      details: { expected: 'absent', found: version, revision: undefined },
    })
  })

  it('refuses a decision too long for a line, and writes nothing', async () => {
    const models = modelsWith('run-a')
    const decision = 'x'.repeat(1024 * 1024)
    await expect(
      writeActiveAtomic(models, await bundleOf(models, 'run-a'), { ...MANUAL, decision }),
    ).rejects.toMatchObject({ code: 'invalid_pointer' })
    expect(['active.json', 'active_history.jsonl'].filter((name) => existsSync(join(models, name)))).toEqual(
      [],
    )
  })

  it.each([{ decision: 'by hand' }, { decision: ['by', 'hand'] }])(
    'keeps what its check found beside any decision: %o',
    async ({ decision }) => {
      const models = modelsWith('run-a')
      const found = { status: 'not_checked', code: 'not_checked', message: 'no loader' } as const
      const checks: BundleChecks = { check: async () => found, allowUnchecked: true }
      const { line, warnings } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), {
        ...MANUAL,
        checks,
        decision,
      })
      expect(line.decision).toEqual({ decision, checks: { status: 'not_checked', code: 'not_checked' } })
      expect(warnings.map(({ code }) => code)).toEqual(['not_checked'])
    },
  )

  it('refuses the bundle of a mounted volume when its link is gone', async () => {
    const models = modelsWith('run-a')
    mkdirSync(join(models, '..data'))
    renameSync(join(models, 'run-a'), join(models, '..data', 'run-a'))
    symlinkSync('..data/run-a', join(models, 'run-a'))
    const bundle = (await readBundle(join(models, '..data', 'run-a'), {
      promoted: false,
    })) as LocalValidBundle
    rmSync(join(models, 'run-a'))
    await expect(writeActiveAtomic(models, bundle, MANUAL)).rejects.toMatchObject({
      code: 'bundle_not_promoted',
    })
  })
})

describe('a pointer read through a file system that is passed in', () => {
  const { readSmall: _, ...slow } = nodeFileSystem
  const read = (models: string, fileSystem: FileSystem = slow) =>
    readActive(localStore(models, { fileSystem }))

  it.each<[string, (path: string) => void, string]>([
    [
      'too large',
      (path) => [writeFileSync(path, ''), truncateSync(path, MAX_DOCUMENT_BYTES + 1)],
      'too_large',
    ],
    ['a FIFO', (path) => execFileSync('mkfifo', [path]), 'not_a_file'],
  ])('is corrupt as it is without one: %s', async (_, make, code) => {
    const models = modelsWith('run-a')
    make(join(models, 'active.json'))
    for (const state of [await read(models), await readActive(models)])
      expect(state).toMatchObject({ status: 'corrupt', version: 'unreadable', problems: [{ code }] })
  })

  it('is unknown when that fails for a reason without a name', async () => {
    const openRead = async () => {
      throw new Error('the store is away')
    }
    await expect(read(modelsWith('run-a'), { ...slow, openRead })).rejects.toMatchObject({
      name: 'ActivePointerError',
      code: 'io',
      message: expect.stringContaining('the store is away'),
    })
  })
})

describe('a pointer whose model is a link', () => {
  it.each<[string, string]>([
    ['below a file', 'active_history.jsonl/x'],
    ['to nowhere', '.none'],
    ['in a circle', 'run-a'],
  ])('accepts a pointer whose model is a link %s; its target is for the resolver to judge', async (_, to) => {
    const models = modelsWith('run-b')
    writeFileSync(join(models, 'active_history.jsonl'), '')
    symlinkSync(to, join(models, 'run-a'))
    writeFileSync(join(models, 'active.json'), JSON.stringify(theirs('run-a')))
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a' })
  })
})

describe('a history', () => {
  it('reads a history that was made larger to its beginning, and the next switch continues', async () => {
    const models = modelsWith('run-a', 'run-b')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    truncateSync(join(models, 'active_history.jsonl'), 6 * 1024 * 1024)
    const { problems, entries } = await readHistory(models)
    expect(problems).toMatchObject([{ line: 2, code: 'line_too_long' }])
    expect(entries).toMatchObject([{ state: 'visible', revision: 1 }])
    const { pointer, line } = await writeActiveAtomic(models, await bundleOf(models, 'run-b'), MANUAL)
    expect(pointer).toMatchObject({ revision: 2, withdrawn: ['run-a'] })
    expect(line.old).toMatchObject({ model_id: 'run-a', revision: 1 })
    expect((await readHistory(models)).entries.map(({ state }) => state)).toEqual(['visible', 'visible'])
  })

  it('says of a pointer whose line is damaged that it is damaged, not that another program wrote it', async () => {
    const models = modelsWith('run-a', 'run-b')
    for (const id of ['run-b', 'run-a']) await writeActiveAtomic(models, await bundleOf(models, id), MANUAL)
    const [first, last] = linesOf(models).map((line) => JSON.stringify(line))
    writeFileSync(join(models, 'active_history.jsonl'), `${first}\n${last?.replace('"at":', '"at')}\n`)
    const warned = async () => (await readHistory(models)).warnings
    expect(await warned()).toMatchObject([{ code: 'history_altered', line: 2 }])
    const pointing = (over: object) =>
      writeFileSync(join(models, 'active.json'), JSON.stringify({ ...pointerOf(models), ...over }))
    pointing({ line: undefined })
    expect(await warned()).toMatchObject([
      { code: 'pointer_not_in_history', message: expect.stringContaining('damaged') },
    ])
    pointing({ write_id: 'f'.repeat(32) })
    expect(await warned()).toMatchObject([{ code: 'history_lost' }])
    pointing({ write_id: undefined })
    expect(await warned()).toMatchObject([
      { code: 'pointer_not_in_history', message: expect.stringContaining('another program') },
    ])
  })
})

it('contains everything inside of the root of the file system', () => {
  expect([
    isInside('/', '/models'),
    isInside('/models', '/models-else'),
    isInside('/models', '/models/a'),
  ]).toEqual([true, false, true])
})
