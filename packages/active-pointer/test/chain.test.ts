import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type ActivePointer,
  activePointerSchema,
  type HistoryLine,
  historyLineSchema,
  readActive,
  readHistory,
  rollbackActive,
  writeActiveAtomic,
} from '../src/index.js'
import { bundleOf, expectUnbrokenChain, linesOf, modelsWith, pointerOf, withoutLine } from './support.js'

const MANUAL = { source: 'manual' } as const
const switchTo = async (models: string, id: string) =>
  writeActiveAtomic(models, await bundleOf(models, id), MANUAL)

/** Three switches, the last of which is active. */
async function scene(): Promise<string> {
  const models = modelsWith('run-a', 'run-b', 'run-c')
  for (const id of ['run-a', 'run-b', 'run-c']) await switchTo(models, id)
  return models
}

const path = (models: string) => join(models, 'active_history.jsonl')
const texts = (models: string) => readFileSync(path(models), 'utf8').trimEnd().split('\n')
const digest = (text: string | undefined) =>
  `sha256:${createHash('sha256')
    .update(text ?? '')
    .digest('hex')}`
const warned = async (models: string) => (await readHistory(models)).warnings

/** Writes the lines again as an earlier version would have, or another program. */
function rewrite(models: string, change: (line: HistoryLine, i: number) => object): void {
  const lines = linesOf(models).map((line, i) => `${JSON.stringify(change(line, i))}\n`)
  writeFileSync(path(models), lines.join(''))
}

const point = (models: string, over: object, from: ActivePointer = pointerOf(models)) =>
  writeFileSync(join(models, 'active.json'), JSON.stringify({ ...from, ...over }))

describe('a switch', () => {
  it('names the line before by the digest of its bytes, and the pointer its own', async () => {
    const models = await scene()
    const [first, second, third] = texts(models)
    expect(linesOf(models).map(({ prev }) => prev)).toEqual([null, digest(first), digest(second)])
    const { line, ...rest } = pointerOf(models)
    expect(line).toBe(digest(third))
    expect(linesOf(models)[2]?.new).toEqual(rest)
    expect(linesOf(models)[2]?.old).toEqual(linesOf(models)[1]?.new)
    expect(activePointerSchema.parse(pointerOf(models))).toMatchObject({ version: 1, line })
    expect(historyLineSchema.parse(linesOf(models)[2])).toMatchObject({ version: 1, prev: digest(second) })
    expect(await warned(models)).toEqual([])
  })

  it('names the line that adopts, when another program had switched', async () => {
    const models = await scene()
    const { model_dir, model_id, policy_version } = pointerOf(models)
    writeFileSync(
      join(models, 'active.json'),
      JSON.stringify({ model_dir, model_id, policy_version, selected_at: 'now' }),
    )
    await switchTo(models, 'run-a')
    const [, , third, adopted] = texts(models)
    expect(linesOf(models)[3]).toMatchObject({ source: 'external', prev: digest(third) })
    expect(linesOf(models)[4]).toMatchObject({ source: 'manual', prev: digest(adopted) })
    expect(await warned(models)).toEqual([])
  })

  it('passes over lines of others and of switches that never happened', async () => {
    const models = await scene()
    const [, , third] = texts(models)
    const aborted = { ...linesOf(models)[2], revision: 4, write_id: 'f'.repeat(32) }
    writeFileSync(path(models), `${JSON.stringify(aborted)}\n`, { flag: 'a' })
    await switchTo(models, 'run-a')
    expect(linesOf(models)[4]).toMatchObject({ revision: 5, prev: digest(third) })
    rewrite(models, (line, i) => (i === 3 ? { ...line, actor: 'changed' } : line))
    expect(await warned(models)).toEqual([])
  })

  it('keeps showing that the line before was altered', async () => {
    const models = await scene()
    rewrite(models, (line, i) => (i === 2 ? { ...line, actor: 'somebody else' } : line))
    await rollbackActive(models)
    expect(await warned(models)).toMatchObject([{ code: 'history_altered', line: 3 }])
  })
})

describe('a history', () => {
  it('notes a history of an earlier version once, and covers it from the next switch on', async () => {
    const models = await scene()
    rewrite(models, ({ prev, version, ...line }) => line)
    point(models, {}, withoutLine(pointerOf(models)))
    expect(await warned(models)).toMatchObject([
      { code: 'history_unchained', message: expect.stringContaining('line 3 and 2 before it') },
    ])
    await switchTo(models, 'run-a')
    expect(await warned(models)).toMatchObject([
      { code: 'history_unchained', message: expect.stringContaining('line 2 and 1 before it') },
    ])
  })

  it('reports a history without a line that is named by its digest as cut', async () => {
    const models = await scene()
    writeFileSync(path(models), `${[texts(models)[0], texts(models)[2]].join('\n')}\n`)
    expect(await warned(models)).toMatchObject([
      { code: 'history_cut', message: expect.stringContaining('line 2') },
    ])
    writeFileSync(path(models), '')
    expect(await warned(models)).toMatchObject([
      { code: 'history_cut', message: expect.stringContaining('active.json') },
    ])
  })

  it('accepts a history with a line that was moved: what counts is what is named', async () => {
    const models = await scene()
    const [first, second, third] = texts(models)
    const copy = JSON.stringify({ ...linesOf(models)[1], actor: 'a copy' })
    writeFileSync(path(models), `${[first, second, copy, third].join('\n')}\n`)
    const { entries, warnings } = await readHistory(models)
    expect(warnings).toEqual([])
    expect(entries.map(({ state }) => state)).toEqual(['visible', 'visible', 'aborted', 'visible'])
  })
})

describe('a pointer', () => {
  it.each<[string, (pointer: ActivePointer) => object]>([
    ['its reason', () => ({ reason: { metric: 'weighted_f1' } })],
    ['the withdrawn models', () => ({ withdrawn: [] })],
    ['its model', () => ({ model_id: 'run-a', model_dir: 'models/run-a' })],
    ['the instant', () => ({ selected_at: '2027-01-01T00:00:00+00:00' })],
    ['a key of its own', () => ({ theirs: 1 })],
  ])('reports a pointer that is not what its line records as altered: %s', async (_, over) => {
    const models = await scene()
    point(models, over(pointerOf(models)))
    expect(await warned(models)).toMatchObject([{ code: 'pointer_altered', line: 3 }])
  })

  it('is compared by what it says, not by how', async () => {
    const models = await scene()
    writeFileSync(
      join(models, 'active.json'),
      JSON.stringify(Object.fromEntries(Object.entries(pointerOf(models)).reverse())),
    )
    expect(await warned(models)).toEqual([])
  })

  it('never reads a pointer of a later version, and never writes over it', async () => {
    const models = await scene()
    writeFileSync(join(models, 'active.json'), JSON.stringify({ version: 2, target: 'run-a' }))
    const before = readFileSync(join(models, 'active.json'))
    expect(await readActive(models)).toMatchObject({
      status: 'corrupt',
      problems: [{ code: 'unsupported_version', message: expect.stringContaining('upgrade') }],
    })
    for (const act of [() => switchTo(models, 'run-a'), () => rollbackActive(models)])
      await expect(act()).rejects.toMatchObject({ code: 'unsupported_version' })
    expect(readFileSync(join(models, 'active.json'))).toEqual(before)
  })

  it.each([0, '1', null, 1.5])(
    'rejects a pointer with a version that there cannot be: %j',
    async (version) => {
      const models = await scene()
      point(models, { version })
      expect(await readActive(models)).toMatchObject({ problems: [{ code: 'schema_violation' }] })
    },
  )
})

describe('a pointer of ours whose line is gone', () => {
  it('has it written again by the next switch, as it was', async () => {
    const models = await scene()
    const [first, second] = texts(models)
    const [, , third] = linesOf(models)
    writeFileSync(path(models), `${first}\n${second}\n`)
    const { adopted, revision } = await writeActiveAtomic(models, await bundleOf(models, 'run-a'), {
      ...MANUAL,
      expectedRevision: 3,
    })
    expect(revision).toBe(4)
    // What only the line knew is gone with it.
    const { target_files, ...known } = third as HistoryLine
    expect(adopted).toEqual({ ...known, prev: digest(second), restored: true })
    expect(linesOf(models)[3]).toMatchObject({ old: third?.new, prev: digest(texts(models)[2]) })
    expect(await warned(models)).toEqual([])
    expectUnbrokenChain(models)
  })

  it('is cut, not altered, when that writer was killed; the one after it goes on', async () => {
    const models = await scene()
    const [, , third] = linesOf(models)
    const again = JSON.stringify({ ...third, prev: digest(texts(models)[1]), restored: true })
    writeFileSync(path(models), `${[...texts(models).slice(0, 2), again].join('\n')}\n`)
    expect(await warned(models)).toMatchObject([{ code: 'history_cut' }])
    const { adopted } = await switchTo(models, 'run-a')
    expect(adopted).toBeUndefined()
    expect(linesOf(models)[3]?.prev).toBe(digest(again))
    expect(await warned(models)).toEqual([])
  })

  it.each<[string, (text: string) => string]>([
    ['cannot be read', (text) => text.replace('"at":', '"at')],
    [
      'has another write_id',
      (text) => text.replace(/"write_id":"[0-9a-f]{32}"(?=,"source":"manual","prev")/, '"write_id":"w"'),
    ],
    ['names another model', (text) => text.replace(/run-c/g, 'run-b')],
  ])('is written again where the line %s', async (_, damage) => {
    const models = await scene()
    const [first, second, third] = texts(models)
    const damaged = damage(third as string)
    expect(damaged).not.toBe(third)
    writeFileSync(path(models), `${[first, second, damaged].join('\n')}\n`)
    expect(await warned(models)).toMatchObject([{ code: 'history_altered', line: 3 }])
    const pointer = withoutLine(pointerOf(models))
    const { adopted } = await switchTo(models, 'run-a')
    expect(adopted).toMatchObject({ restored: true, new: pointer, revision: 3, source: 'manual' })
  })

  it('is not switched from while its line is of a later version', async () => {
    const models = await scene()
    rewrite(models, (line, i) => (i === 2 ? { ...line, version: 2 } : line))
    const before = readFileSync(path(models))
    expect((await readHistory(models)).problems).toMatchObject([{ line: 3, code: 'unsupported_version' }])
    await expect(switchTo(models, 'run-a')).rejects.toMatchObject({ code: 'unsupported_version' })
    expect(readFileSync(path(models))).toEqual(before)
  })
})
