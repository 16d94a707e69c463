import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { computeBundleDigest } from '@taskclf/registry-core'
import { copyRegistryModels, type Fault, instrument, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import {
  historyLineSchema,
  localStore,
  readActive,
  readHistory,
  readWithdrawn,
  writeActiveAtomic,
} from '../src/index.js'
import { bundleOf, expectUnbrokenChain, linesOf, modelsWith, pointerOf } from './support.js'

const MANUAL = { source: 'manual' } as const
const AUTOMATIC = { source: 'promotion' } as const
const now = () => new Date('2026-05-01T12:00:00.250Z')

describe('writeActiveAtomic', () => {
  it("writes the Python project's keys, form and order first, ours after", async () => {
    const models = copyRegistryModels(scratchDir())
    const before = Object.keys(pointerOf(models))
    const id = '2026-03-09_031050_run-1424'
    await writeActiveAtomic(models, await bundleOf(models, id), {
      ...MANUAL,
      now,
      reason: { metric: 'macro_f1', note: 'by hand' },
    })
    const text = readFileSync(join(models, 'active.json'), 'utf8')
    const pointer = pointerOf(models)
    expect(text).toBe(`${JSON.stringify(pointer, null, 2)}\n`)
    expect(Object.keys(pointer).slice(0, before.length)).toEqual(before)
    expect(pointer).toMatchObject({
      model_dir: `models/${id}`,
      model_id: id,
      selected_at: '2026-05-01T12:00:00.250000+00:00',
      policy_version: 1,
      revision: 1,
      source: 'manual',
      withdrawn: ['2026-03-30_031401_run-0520'],
    })
    const { entries, warnings } = await readHistory(models)
    expect(entries.every(({ visible }) => visible)).toBe(true)
    expect(warnings.map(({ code }) => code)).toEqual(['history_unchained'])
    expect(entries.at(-1)?.old?.model_id).toBe('2026-03-30_031401_run-0520')
  })

  it('counts revisions, links lines and keeps who and why', async () => {
    const models = modelsWith('run-a', 'run-b')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), AUTOMATIC)
    const { line, previous } = await writeActiveAtomic(models, await bundleOf(models, 'run-b'), {
      ...AUTOMATIC,
      actor: 'ci',
      decision: { why: 'better' },
      policyDigest: 'p',
      bundleDigest: 'b',
      policyVersion: 3,
    })
    expect(line).toMatchObject({ revision: 2, actor: 'ci', decision: { why: 'better' }, source: 'promotion' })
    expect(line.new).toMatchObject({
      policy_digest: 'p',
      bundle_digest: 'b',
      policy_version: 3,
      withdrawn: [],
    })
    expect(previous).toMatchObject({ status: 'valid', modelId: 'run-a' })
    expect(expectUnbrokenChain(models).map((l) => l.new.model_id)).toEqual(['run-a', 'run-b'])
    for (const each of linesOf(models)) expect(historyLineSchema.safeParse(each).success).toBe(true)
  })

  it('refuses when the pointer changed since it was read', async () => {
    const models = modelsWith('run-a', 'run-b')
    const a = await bundleOf(models, 'run-a')
    const { version } = await writeActiveAtomic(models, a, { ...MANUAL, expected: 'absent' })
    await writeActiveAtomic(models, await bundleOf(models, 'run-b'), { ...MANUAL, expected: version })
    await expect(writeActiveAtomic(models, a, { ...MANUAL, expected: version })).rejects.toMatchObject({
      code: 'conflict',
      details: { revision: 2 },
    })
    await expect(writeActiveAtomic(models, a, { ...MANUAL, expected: 'absent' })).rejects.toMatchObject({
      code: 'conflict',
    })
    rmSync(join(models, 'active.json'))
    await expect(writeActiveAtomic(models, a, { ...MANUAL, expected: version })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(linesOf(models).length).toBe(2)
  })

  it('takes only bundles directly inside the models dir', async () => {
    const models = modelsWith('run-a')
    const elsewhere = join(scratchDir(), 'other')
    writeBundle(elsewhere, 'run-x')
    const foreign = await bundleOf(elsewhere, 'run-x')
    await expect(writeActiveAtomic(models, foreign, MANUAL)).rejects.toMatchObject({
      code: 'bundle_not_promoted',
    })
    const gone = await bundleOf(models, 'run-a')
    rmSync(gone.path, { recursive: true })
    await expect(writeActiveAtomic(models, gone, MANUAL)).rejects.toMatchObject({
      code: 'bundle_not_promoted',
    })
    expect(await readActive(models)).toMatchObject({ status: 'absent' })
  })

  it('counts on from the highest revision in pointer or history, also past an aborted line', async () => {
    const models = modelsWith('run-a', 'run-b')
    const a = await bundleOf(models, 'run-a')
    await writeActiveAtomic(models, a, MANUAL)
    const failing = {
      ...nodeFileSystem,
      rename: async (from: string, to: string) => {
        if (to.endsWith('active.json')) throw Object.assign(new Error('no'), { code: 'EIO' })
        await nodeFileSystem.rename(from, to)
      },
    }
    const aborted = writeActiveAtomic(
      localStore(models, { fileSystem: failing }),
      await bundleOf(models, 'run-b'),
      MANUAL,
    )
    await expect(aborted).rejects.toMatchObject({ code: 'io', details: { errno: 'EIO' } })
    const { entries: pending } = await readHistory(models)
    expect(pending.map(({ revision, state }) => [revision, state])).toEqual([
      [1, 'visible'],
      [2, 'pending'],
    ])
    expect((await writeActiveAtomic(models, a, MANUAL)).revision).toBe(3)
    const { entries } = await readHistory(models)
    expect(entries.map(({ revision, state }) => [revision, state])).toEqual([
      [1, 'visible'],
      [2, 'aborted'],
      [3, 'visible'],
    ])
    rmSync(join(models, 'active_history.jsonl'))
    // The pointer's own line is written again, with its revision.
    expect((await writeActiveAtomic(models, a, MANUAL)).revision).toBe(4)
  })

  it('goes on after a torn last line, which is reported and swallows nothing', async () => {
    const models = modelsWith('run-a', 'run-b')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    const history = join(models, 'active_history.jsonl')
    const whole = readFileSync(history, 'utf8')
    writeFileSync(history, `${whole}{"at":"2026-`)
    expect((await readHistory(models)).problems).toMatchObject([{ line: 2, code: 'torn_line' }])
    await writeActiveAtomic(models, await bundleOf(models, 'run-b'), MANUAL)
    const { entries, problems } = await readHistory(models)
    expect(problems).toMatchObject([{ line: 2, code: 'malformed_line' }])
    expect(entries.map(({ line, visible }) => [line, visible])).toEqual([
      [1, true],
      [3, true],
    ])
    expectUnbrokenChain(models)
  })

  it.each([
    '[]',
    '{"at":1}',
    '{"at":"x","old":null,"new":{}}',
    '{"at":"x","old":7,"new":OLD}',
    '{"at":"x","old":null,"new":OLD,"revision":0}',
    '{"at":"x","old":null,"new":OLD,"write_id":""}',
    '{nonsense',
    '',
  ])('passes over the line %s', async (text) => {
    const models = modelsWith('run-a')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    const history = join(models, 'active_history.jsonl')
    const line = text.replace('OLD', JSON.stringify(pointerOf(models)))
    writeFileSync(history, `${line}\n${readFileSync(history, 'utf8')}`)
    const { entries, problems } = await readHistory(models)
    expect(entries.map(({ revision }) => revision)).toEqual([1])
    expect(problems.map(({ code }) => code)).toEqual(text === '' ? [] : ['malformed_line'])
  })

  it('replaces a corrupt pointer and keeps what it held in the history', async () => {
    const models = modelsWith('run-a')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    writeFileSync(join(models, 'active.json'), '{"model_dir": "mod')
    const { warnings, previous } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect(warnings).toMatchObject([{ code: 'corrupt_pointer_replaced' }])
    expect(previous.status).toBe('corrupt')
    expect(linesOf(models).at(-1)).toMatchObject({
      old: null,
      revision: 2,
      replaced_corrupt: { text: '{"model_dir": "mod', problems: ['malformed_json'] },
    })
  })

  it('reports a failed last sync as its own error: switched, durability unknown', async () => {
    const models = modelsWith('run-a')
    const failing = {
      ...nodeFileSystem,
      syncDirectory: async (path: string) => {
        if (linesExist(models)) throw Object.assign(new Error('no'), { code: 'EIO' })
        await nodeFileSystem.syncDirectory(path)
      },
    }
    const attempt = writeActiveAtomic(
      localStore(models, { fileSystem: failing }),
      await bundleOf(models, 'run-a'),
      MANUAL,
    )
    await expect(attempt).rejects.toMatchObject({ code: 'durability_unknown' })
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-a' })
  })

  it('reports a lock that it could not give back, on a switch that is done', async () => {
    const models = modelsWith('run-a')
    const failing = {
      ...nodeFileSystem,
      rmdir: async () => {
        throw Object.assign(new Error('no'), { code: 'EIO' })
      },
    }
    const done = await writeActiveAtomic(
      localStore(models, { fileSystem: failing }),
      await bundleOf(models, 'run-a'),
      MANUAL,
    )
    expect(done.warnings).toMatchObject([{ code: 'lock_not_released' }])
  })

  it('gives up on a holder that does not let go, and says so', async () => {
    const models = modelsWith('run-a')
    let held: Promise<unknown> | undefined
    const nested = {
      ...nodeFileSystem,
      openAppend: async (path: string) => {
        held ??= writeActiveAtomic(models, await bundleOf(models, 'run-a'), {
          ...MANUAL,
          lock: { timeoutMs: 60 },
        })
        await expect(held).rejects.toMatchObject({ code: 'lock_timeout' })
        return nodeFileSystem.openAppend(path)
      },
    }
    await writeActiveAtomic(
      localStore(models, { fileSystem: nested }),
      await bundleOf(models, 'run-a'),
      MANUAL,
    )
    expect(linesOf(models).length).toBe(1)
  })

  it('leaves the old or the new pointer whole at each step under each fault, its line there, a clear error, and a next writer that succeeds', async () => {
    const faults: Fault[] = [
      { errno: 'EIO' },
      { errno: 'ENOSPC' },
      { errno: 'EACCES' },
      { errno: 'EROFS' },
      'short',
      'kill',
    ]
    const models = modelsWith('run-a', 'run-b')
    const [a, b] = [await bundleOf(models, 'run-a'), await bundleOf(models, 'run-b')]
    await writeActiveAtomic(models, a, MANUAL)
    const counted = instrument(nodeFileSystem)
    await writeActiveAtomic(localStore(models, { fileSystem: counted.fileSystem }), a, MANUAL)
    expect(counted.steps.length).toBeGreaterThan(12)
    for (let step = 0; step < counted.steps.length; step++) {
      for (const fault of faults) {
        const { version } = await writeActiveAtomic(models, a, MANUAL)
        const faulty = instrument(nodeFileSystem, new Map([[step, fault]]))
        const outcome = await writeActiveAtomic(
          localStore(models, { fileSystem: faulty.fileSystem }),
          b,
          AUTOMATIC,
        ).then(
          ({ revision }) => revision,
          (error: { code: string }) => error.code,
        )
        const state = await readActive(models)
        const switched = state.version !== version
        expect(state).toMatchObject({ status: 'valid', modelId: switched ? 'run-b' : 'run-a' })
        expectUnbrokenChain(models)
        if (typeof outcome === 'number') expect(switched).toBe(true)
        else if (!faulty.killed) {
          expect(['io', 'durability_unknown', 'overtaken']).toContain(outcome)
          expect(switched).toBe(outcome === 'durability_unknown')
        }
        // A killed process leaves its lock; here the "killed" one still lives, so it is overtaken as stopped.
        await writeActiveAtomic(models, a, { ...MANUAL, lock: { staleAfterMs: 0 } })
      }
    }
  })
})

describe("another program's pointer", () => {
  const foreign = (id: string, over: object = {}) =>
    `${JSON.stringify({ model_dir: `models/${id}`, selected_at: `2026-06-01T00:00:00+00:00`, policy_version: 1, model_id: id, ...over }, null, 2)}\n`

  it("adopts another program's pointer between two of ours as external, and the chain goes through it", async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    writeFileSync(join(models, 'active.json'), foreign('run-b'))
    expect((await readHistory(models)).warnings).toMatchObject([{ code: 'pointer_not_in_history' }])
    const { adopted, revision } = await writeActiveAtomic(models, await bundleOf(models, 'run-c'), MANUAL)
    expect(adopted).toMatchObject({
      source: 'external',
      revision: 2,
      old: { model_id: 'run-a' },
      new: { model_id: 'run-b' },
    })
    expect(revision).toBe(3)
    expect(expectUnbrokenChain(models).map((line) => line.new.model_id)).toEqual(['run-a', 'run-b', 'run-c'])
    expect((await readHistory(models)).entries.map(({ visible }) => visible)).toEqual([true, true, true])
  })

  it('adopts a pointer without a digest with the digest of what was there then', async () => {
    const models = modelsWith('run-a', 'run-b')
    const there = await computeBundleDigest(join(models, 'run-b'))
    writeFileSync(join(models, 'active.json'), foreign('run-b'))
    const { adopted, line } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect([adopted?.observed_digest, line.observed_digest]).toEqual([there, undefined])
    expect(adopted?.new.bundle_digest).toBeUndefined()
    expect((await readHistory(models)).entries[0]?.observed_digest).toBe(there)
    expect(historyLineSchema.parse(adopted).observed_digest).toBe(there)
  })

  it.each<[string, object, (models: string) => void]>([
    ['has one', { bundle_digest: 'sha256:theirs' }, () => {}],
    ['names a model that is gone', {}, (models) => rmSync(join(models, 'run-b'), { recursive: true })],
    ['names a damaged model', {}, (models) => writeFileSync(join(models, 'run-b', 'metrics.json'), '{')],
  ])('is adopted without an observed digest where it %s', async (_, over, damage) => {
    const models = modelsWith('run-a', 'run-b')
    writeFileSync(join(models, 'active.json'), foreign('run-b', over))
    damage(models)
    const { adopted } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect([adopted?.new.model_id, adopted?.observed_digest]).toEqual(['run-b', undefined])
  })

  it('is adopted when it kept our keys but names another model', async () => {
    const models = modelsWith('run-a', 'run-b')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    const ours = pointerOf(models)
    writeFileSync(
      join(models, 'active.json'),
      JSON.stringify({ ...ours, model_dir: 'models/run-b', model_id: 'run-b' }),
    )
    const { adopted, revision } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect(adopted).toMatchObject({ source: 'external', new: { model_id: 'run-b', revision: 2 } })
    expect(revision).toBe(3)
    expectUnbrokenChain(models)
  })

  it('is adopted when it is the first there ever was', async () => {
    const models = modelsWith('run-a', 'run-b')
    writeFileSync(join(models, 'active.json'), foreign('run-b'))
    const { adopted } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect(adopted).toMatchObject({ old: null, revision: 1 })
  })

  it('adopts no pointer with its own line; a line it lost is a gap, not damage', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    const lost = JSON.parse(foreign('run-c', { selected_at: '2026-05-31T00:00:00+00:00' }))
    const pointer = JSON.parse(foreign('run-b'))
    writeFileSync(join(models, 'active.json'), foreign('run-b'))
    const line = JSON.stringify({ at: pointer.selected_at, old: lost, new: pointer })
    writeFileSync(join(models, 'active_history.jsonl'), `${line}\n`, { flag: 'a' })
    const { adopted, revision } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    expect([adopted, revision]).toEqual([undefined, 2])
    const { entries, warnings } = await readHistory(models)
    expect(warnings).toMatchObject([{ code: 'gap' }])
    expect(entries.map(({ visible }) => visible)).toEqual([true, true, true])
  })

  it('does not make withdrawn models come back', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    await writeActiveAtomic(models, await bundleOf(models, 'run-a'), MANUAL)
    await writeActiveAtomic(models, await bundleOf(models, 'run-b'), MANUAL)
    expect(await readWithdrawn(models)).toEqual(['run-a'])
    writeFileSync(join(models, 'active.json'), foreign('run-c'))
    expect(await readWithdrawn(models)).toEqual(['run-a'])
    writeFileSync(join(models, 'active.json'), foreign('run-a'))
    expect(await readWithdrawn(models)).toEqual([])
    writeFileSync(join(models, 'active.json'), 'torn')
    expect(await readWithdrawn(models, await readActive(models))).toEqual(['run-a'])
    rmSync(join(models, 'active.json'))
    expect(await readWithdrawn(models)).toEqual(['run-a'])
    await writeActiveAtomic(models, await bundleOf(models, 'run-b'), AUTOMATIC)
    expect(pointerOf(models).withdrawn).toEqual(['run-a'])
  })

  it('counts on and keeps what is withdrawn, however many lines it has written', async () => {
    const models = modelsWith('run-a', 'run-b', 'run-c')
    for (const id of ['run-a', 'run-b']) await writeActiveAtomic(models, await bundleOf(models, id), MANUAL)
    let old = pointerOf(models)
    for (let i = 0; i < 60; i++) {
      const selected_at = new Date(Date.UTC(2027, 0, 1, 0, i)).toISOString()
      const next = { model_dir: 'models/run-c', selected_at, policy_version: 1, model_id: 'run-c' }
      appendFileSync(
        join(models, 'active_history.jsonl'),
        `${JSON.stringify({ at: selected_at, old, new: next })}\n`,
      )
      old = next
    }
    writeFileSync(join(models, 'active.json'), JSON.stringify(old))
    expect(await readWithdrawn(models)).toEqual(['run-a'])
    const b = await bundleOf(models, 'run-b')
    const { revision, pointer } = await writeActiveAtomic(models, b, { source: 'promotion' })
    expect([revision, pointer.withdrawn]).toEqual([3, ['run-a']])
  })

  it('keeps nothing withdrawn where nothing was', async () => {
    expect(await readWithdrawn(modelsWith('run-a'))).toEqual([])
  })
})

describe('withdrawal', () => {
  it("follows a person's switch, not an automatic one, until the model is named again", async () => {
    const models = modelsWith('run-a', 'run-b')
    const [a, b] = [await bundleOf(models, 'run-a'), await bundleOf(models, 'run-b')]
    await writeActiveAtomic(models, a, AUTOMATIC)
    await writeActiveAtomic(models, b, AUTOMATIC)
    expect(pointerOf(models).withdrawn).toEqual([])
    await writeActiveAtomic(models, a, MANUAL)
    expect(pointerOf(models).withdrawn).toEqual(['run-b'])
    await writeActiveAtomic(models, a, AUTOMATIC)
    expect(pointerOf(models).withdrawn).toEqual(['run-b'])
    await writeActiveAtomic(models, b, MANUAL)
    expect(pointerOf(models).withdrawn).toEqual(['run-a'])
  })
})

describe('a long history', () => {
  it('is read from its end: revisions go on and the pointer is found, however long the lines', async () => {
    const models = modelsWith('run-a', 'run-b')
    const a = await bundleOf(models, 'run-a')
    const { version } = await writeActiveAtomic(models, a, MANUAL)
    const own = readFileSync(join(models, 'active_history.jsonl'), 'utf8')
    const dead = (revision: number) =>
      `${JSON.stringify({ ...linesOf(models)[0], write_id: `dead-${revision}`, revision, decision: 'x'.repeat(40_000) })}\n`
    writeFileSync(
      join(models, 'active_history.jsonl'),
      own + Array.from({ length: 30 }, (_, i) => dead(i + 2)).join(''),
    )
    const { revision, adopted } = await writeActiveAtomic(models, a, { ...MANUAL, expected: version })
    expect([revision, adopted]).toEqual([32, undefined])
    expectUnbrokenChain(models)
  })
})

function linesExist(models: string): boolean {
  try {
    return pointerOf(models) !== undefined
  } catch {
    return false
  }
}
