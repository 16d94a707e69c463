import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../src/digest-of.js'
import { accountsFor, parseHistory } from '../src/format/history.js'
import { undoStack } from '../src/format/undo-stack.js'
import type { ActivePointer, HistoryLine } from '../src/index.js'

const pointer = (id: string, more: Partial<ActivePointer> = {}): ActivePointer => ({
  model_dir: `models/${id}`,
  model_id: id,
  selected_at: `at ${id}`,
  policy_version: 1,
  ...more,
})
const line = (more: object = {}) => ({ at: 'x', old: null, new: pointer('run-a'), ...more })
const parse = (...texts: string[]) => parseHistory(Buffer.from(texts.join('\n')), digestOf)

describe('parseHistory', () => {
  it.each<[string, object]>([
    ['no more than it needs', line()],
    ['an old pointer', line({ old: pointer('run-b') })],
    ['the first revision', line({ revision: 1 })],
    ['another program as its source', line({ source: 'external' })],
    ['a rollback as its source', line({ source: 'rollback' })],
    ['a writer', line({ write_id: 'w' })],
    ['an actor, also one without a name', line({ actor: '' })],
    ['a loss of the pointer before it', line({ lost: true })],
    ['the first version', line({ version: 1 })],
    ['no line before it', line({ prev: null })],
    ['the digest of the line before it', line({ prev: 'sha256:0' })],
    ['a pointer written again', line({ restored: true })],
    ['keys of others', line({ theirs: 1 })],
  ])('takes a line with %s', (_, value) => {
    const text = JSON.stringify(value)
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`
    expect(parse(text, '')).toEqual({ lines: [{ number: 1, line: value, digest }], problems: [] })
  })

  it.each<[string, unknown]>([
    ['is a list', [line()]],
    ['is null', null],
    ['is text', 'x'],
    ['has no time', line({ at: undefined })],
    ['has a number for a time', line({ at: 1 })],
    ['has no new pointer', line({ new: undefined })],
    ['has null for a new pointer', line({ new: null })],
    ['has no old pointer', line({ old: undefined })],
    ['has text for an old pointer', line({ old: 'run-a' })],
    ['has a broken old pointer', line({ old: { ...pointer('run-b'), model_id: 7 } })],
    ['has a revision of 0', line({ revision: 0 })],
    ['has half a revision', line({ revision: 1.5 })],
    ['has text for a revision', line({ revision: '2' })],
    ['has a number for a writer', line({ write_id: 7 })],
    ['has an empty writer', line({ write_id: '' })],
    ['has an unknown source', line({ source: 'magic' })],
    ['has null for a source', line({ source: null })],
    ['has a number for an actor', line({ actor: 7 })],
    ['has text for a loss', line({ lost: 'yes' })],
    ['has text for a version', line({ version: '1' })],
    ['has a version before the first', line({ version: 0 })],
    ['has a number for the line before it', line({ prev: 1 })],
    ['has text for a restoration', line({ restored: 'yes' })],
  ])('passes over a line that %s, with a reason', (_, value) => {
    const good = JSON.stringify(line())
    const { lines, problems } = parse(good, JSON.stringify(value), good, '')
    expect(lines.map(({ number }) => number)).toEqual([1, 3])
    expect(problems).toMatchObject([{ line: 2, code: 'malformed_line' }])
    expect(problems[0]?.message).toMatch(/^active_history\.jsonl line 2 is passed over: (?!undefined)./)
  })

  it.each<[string, object]>([
    ['is of', line({ version: 2 })],
    ['has a new pointer of', line({ new: { version: 2, target: 'run-a' } })],
    ['has an old pointer of', line({ old: { ...pointer('run-a'), version: 3 } })],
  ])('keeps and names a line that %s a later version, also as the last one', (_, value) => {
    const good = JSON.stringify(line())
    const { lines, problems } = parse(JSON.stringify(value), good, JSON.stringify(value))
    expect(lines.map(({ number }) => number)).toEqual([2])
    expect(problems).toMatchObject([
      { line: 1, code: 'unsupported_version', message: expect.stringContaining('upgrade') },
      { line: 3, code: 'unsupported_version' },
    ])
  })

  it('takes a last line without its end when it is whole, and calls it torn when not', () => {
    const good = JSON.stringify(line())
    expect(parse(good, good)).toMatchObject({ lines: [{ number: 1 }, { number: 2 }], problems: [] })
    expect(parse(good, good.slice(0, -1))).toMatchObject({
      lines: [{ number: 1 }],
      problems: [{ line: 2, code: 'torn_line', message: expect.stringContaining('line 2') }],
    })
    expect(parse('', '', good)).toMatchObject({ lines: [{ number: 3 }], problems: [] })
    expect(parse('')).toEqual({ lines: [], problems: [] })
  })
})

describe('accountsFor', () => {
  it.each<[boolean, string, Partial<HistoryLine>, ActivePointer]>([
    [true, "another program's line for its pointer", {}, pointer('run-a')],
    [true, 'our line for our pointer', { write_id: 'w' }, pointer('run-a', { write_id: 'w' })],
    [true, 'our line for a pointer that lost our keys', { write_id: 'w' }, pointer('run-a')],
    [false, 'another switch to the same model', { write_id: 'v' }, pointer('run-a', { write_id: 'w' })],
    [false, 'a line without a writer for our pointer', {}, pointer('run-a', { write_id: 'w' })],
    [false, 'another model', { write_id: 'w' }, pointer('run-b', { write_id: 'w', selected_at: 'at run-a' })],
    [false, 'another time', { write_id: 'w' }, pointer('run-a', { write_id: 'w', selected_at: 'later' })],
    [false, "another time of another program's", {}, pointer('run-a', { selected_at: 'later' })],
  ])('returns %s for %s', (expected, _, more, active) => {
    expect(accountsFor(line(more), active)).toBe(expected)
  })
})

describe('undoStack', () => {
  const to = (id: string, decision: unknown = { to: { model_id: id, selected_at: `at ${id}` } }) =>
    ({ ...line({ new: pointer(id, { selected_at: 'back' }) }), source: 'rollback', decision }) as HistoryLine
  const by = (id: string) => line({ new: pointer(id) }) as HistoryLine
  const ids = (...lines: HistoryLine[]) => undoStack(lines).map(({ model_id }) => model_id)

  it('takes away what was above the pointer gone back to', () => {
    expect(ids(by('a'), by('b'), by('c'), to('a'))).toEqual(['a'])
    expect(ids(by('a'), by('b'), by('c'), to('b'), by('d'))).toEqual(['a', 'b', 'd'])
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['no pointer', {}],
    ['null for a pointer', { to: null }],
    ['a pointer that is not there', { to: { model_id: 'a', selected_at: 'never' } }],
    ['another model of that time', { to: { model_id: 'z', selected_at: 'at a' } }],
  ])('keeps all when a rollback names %s', (_, decision) => {
    expect(ids(by('a'), by('b'), to('c', decision))).toEqual(['a', 'b', 'c'])
  })

  it('asks only rollbacks where they went', () => {
    expect(ids(by('a'), by('b'), { ...to('a'), source: 'manual' })).toEqual(['a', 'b', 'a'])
  })
})
