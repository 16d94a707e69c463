import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyRegistryModels, scratchDir, writeBundle } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { POINTER_SOURCES, pointerProblems } from '../src/format/pointer.js'
import {
  ActivePointerError,
  activePointerSchema,
  readActive,
  readHistory,
  readWithdrawn,
} from '../src/index.js'
import { modelsWith } from './support.js'

const GOOD = {
  model_dir: 'models/run-a',
  model_id: 'run-a',
  selected_at: '2026-03-01T00:00:00+00:00',
  policy_version: 1,
}

async function read(content: unknown) {
  const models = modelsWith('run-a')
  writeFileSync(join(models, 'active.json'), typeof content === 'string' ? content : JSON.stringify(content))
  return readActive(models)
}

describe('readActive', () => {
  it('distinguishes absent, valid and corrupt', async () => {
    const models = modelsWith('run-a')
    expect(await readActive(models)).toEqual({ status: 'absent', version: 'absent' })
    writeFileSync(join(models, 'active.json'), JSON.stringify(GOOD))
    const valid = await readActive(models)
    expect(valid).toMatchObject({
      status: 'valid',
      modelId: 'run-a',
      pointer: GOOD,
    })
    writeFileSync(join(models, 'active.json'), '')
    const corrupt = await readActive(models)
    expect(corrupt).toMatchObject({ status: 'corrupt', problems: [{ code: 'malformed_json' }] })
    expect(corrupt.version).not.toBe(valid.version)
  })

  it("reads the Python project's pointer and history as they are", async () => {
    const models = copyRegistryModels(scratchDir())
    expect(await readActive(models)).toMatchObject({
      status: 'valid',
      modelId: '2026-03-30_031401_run-0520',
      pointer: { reason: { metric: 'macro_f1', macro_f1: 0.8972, note: 'manual set-active' } },
    })
    const { entries, problems, warnings } = await readHistory(models)
    // That no digests are recorded in it is said once.
    expect([problems, warnings.map(({ code }) => code)]).toEqual([[], ['history_unchained']])
    expect(entries.every(({ visible }) => visible)).toBe(true)
    expect(entries.at(-1)?.new.model_id).toBe('2026-03-30_031401_run-0520')
  })

  it.each<[string, string]>([
    ['one leading segment of any name', 'elsewhere/run-a'],
    ['no leading segment', 'run-a'],
    ['a backslash, as the Python project on Windows writes it', 'models\\run-a'],
    ['a colon that is no drive', 'my:models/run-a'],
    ['a first segment that is hidden', '.models/run-a'],
  ])('takes %s', async (_, model_dir) => {
    expect(await read({ ...GOOD, model_dir })).toMatchObject({ status: 'valid', modelId: 'run-a' })
  })

  it.each<[string, unknown, string]>([
    ['an absolute model_dir', { ...GOOD, model_dir: '/models/run-a' }, 'unsafe_model_dir'],
    ['a drive', { ...GOOD, model_dir: 'C:/run-a' }, 'unsafe_model_dir'],
    ['dots', { ...GOOD, model_dir: '../run-a' }, 'unsafe_model_dir'],
    ['a dot', { ...GOOD, model_dir: './run-a' }, 'unsafe_model_dir'],
    ['two backslashes', { ...GOOD, model_dir: 'models\\\\run-a' }, 'unsafe_model_dir'],
    ['an absolute model_dir of Windows', { ...GOOD, model_dir: '\\models\\run-a' }, 'unsafe_model_dir'],
    ['a drive of Windows', { ...GOOD, model_dir: 'C:\\run-a' }, 'unsafe_model_dir'],
    ['dots of Windows', { ...GOOD, model_dir: '..\\run-a' }, 'unsafe_model_dir'],
    ['more segments of both kinds', { ...GOOD, model_dir: 'srv/models\\run-a' }, 'unsafe_model_dir'],
    ['another model behind a backslash', { ...GOOD, model_dir: 'models\\run-b' }, 'model_dir_mismatch'],
    ['a trailing slash', { ...GOOD, model_dir: 'models/run-a/' }, 'unsafe_model_dir'],
    ['more segments', { ...GOOD, model_dir: 'srv/models/run-a' }, 'unsafe_model_dir'],
    ['a NUL', { ...GOOD, model_dir: 'models/run-a\0' }, 'unsafe_model_dir'],
    ['an id that is a path', { ...GOOD, model_dir: '..', model_id: '..' }, 'unsafe_model_dir'],
    ['an id with a separator', { ...GOOD, model_id: 'a/b' }, 'unsafe_model_dir'],
    ['another model than its id', { ...GOOD, model_dir: 'models/run-b' }, 'model_dir_mismatch'],
    ['an empty model_dir', { ...GOOD, model_dir: '' }, 'unsafe_model_dir'],
    ['no id', { ...GOOD, model_id: undefined }, 'schema_violation'],
    ['an empty id', { ...GOOD, model_id: '' }, 'schema_violation'],
    ['a number for an id', { ...GOOD, model_id: 7 }, 'schema_violation'],
    ['a revision of 0', { ...GOOD, revision: 0 }, 'schema_violation'],
    ['a revision that is text', { ...GOOD, revision: '1' }, 'schema_violation'],
    ['an empty write_id', { ...GOOD, write_id: '' }, 'schema_violation'],
    ['an unknown source', { ...GOOD, source: 'magic' }, 'schema_violation'],
    ['withdrawn ids that are none', { ...GOOD, withdrawn: [1] }, 'schema_violation'],
    ['a reason that is none', { ...GOOD, reason: 'because' }, 'schema_violation'],
    ['a reason without metric', { ...GOOD, reason: {} }, 'schema_violation'],
    ['a list for a reason', { ...GOOD, reason: [{ metric: 'm' }] }, 'schema_violation'],
    [
      'a reason with text for a figure',
      { ...GOOD, reason: { metric: 'm', macro_f1: '1' } },
      'schema_violation',
    ],
    ['a number for a note', { ...GOOD, reason: { metric: 'm', note: 1 } }, 'schema_violation'],
    ['a hidden id', { ...GOOD, model_dir: 'models/.run', model_id: '.run' }, 'unsafe_model_dir'],
    [
      'an id that is half a character',
      { ...GOOD, model_dir: 'run', model_id: 'run\ud800' },
      'unsafe_model_dir',
    ],
    ['an id with a NUL', { ...GOOD, model_dir: 'run', model_id: 'run\0' }, 'unsafe_model_dir'],
    ['an id with a backslash', { ...GOOD, model_dir: 'run', model_id: 'a\\run' }, 'unsafe_model_dir'],
    ['a small drive', { ...GOOD, model_dir: 'c:x/run-a' }, 'unsafe_model_dir'],
    ['an empty first segment', { ...GOOD, model_dir: '/run-a' }, 'unsafe_model_dir'],
    ['half a revision', { ...GOOD, revision: 1.5 }, 'schema_violation'],
    ['withdrawn ids as text', { ...GOOD, withdrawn: 'run-a' }, 'schema_violation'],
    ['an endless policy_version', JSON.stringify(GOOD).replace('1}', '1e999}'), 'schema_violation'],
    ['text', '"active"', 'schema_violation'],
    ['a list', [GOOD], 'schema_violation'],
    ['null', null, 'schema_violation'],
    ['half of it', JSON.stringify(GOOD).slice(0, 40), 'malformed_json'],
    ['NaN', JSON.stringify(GOOD).replace('1}', 'NaN}'), 'malformed_json'],
  ])('refuses %s', async (_, content, code) => {
    const state = await read(content)
    expect(state).toMatchObject({ status: 'corrupt' })
    expect(state.status === 'corrupt' && state.problems.map((problem) => problem.code)).toContain(code)
  })

  it('names every violation at once', async () => {
    const state = await read({ ...GOOD, model_id: 1, policy_version: 'x', revision: -1 })
    expect(state.status === 'corrupt' && state.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('model_id'),
      expect.stringContaining('policy_version'),
      expect.stringContaining('revision'),
    ])
  })

  it('names what is written where it should not be', async () => {
    const state = await read({ ...GOOD, source: 'magic', model_dir: 7 })
    const said = state.status === 'corrupt' ? state.problems.map(({ message }) => message).join() : ''
    for (const source of POINTER_SOURCES) expect(said).toContain(source)
    const other = await read({ ...GOOD, model_dir: 'models/run-b' })
    expect(other).toMatchObject({
      problems: [{ message: expect.stringMatching(/"models\/run-b".*"run-a"/) }],
    })
  })

  it('refuses a target that is a link out of the models dir, and leaves a dangling one to the resolver', async () => {
    const models = modelsWith('run-a')
    const outside = writeBundle(scratchDir(), 'run-x')
    symlinkSync(outside, join(models, 'run-x'))
    writeFileSync(
      join(models, 'active.json'),
      JSON.stringify({ ...GOOD, model_dir: 'models/run-x', model_id: 'run-x' }),
    )
    expect(await readActive(models)).toMatchObject({
      status: 'corrupt',
      problems: [{ code: 'target_escapes' }],
    })
    rmSync(outside, { recursive: true })
    expect(await readActive(models)).toMatchObject({ status: 'valid', modelId: 'run-x' })
    rmSync(join(models, 'run-x'))
    symlinkSync(join(models, 'run-a'), join(models, 'run-x'))
    expect(await readActive(models)).toMatchObject({ status: 'valid' })
  })

  it.each<[string, (path: string) => void, string]>([
    ['a directory', (path) => mkdirSync(path), 'not_a_file'],
    ['a FIFO', (path) => execFileSync('mkfifo', [path]), 'not_a_file'],
    ['a link to itself', (path) => symlinkSync(path, path), 'unreadable'],
    [
      'a file beyond the limit',
      (path) => {
        writeFileSync(path, '')
        truncateSync(path, 17 * 1024 * 1024)
      },
      'too_large',
    ],
  ])('never reads %s as absent', async (_, make, code) => {
    const models = modelsWith('run-a')
    make(join(models, 'active.json'))
    expect(await readActive(models)).toMatchObject({ status: 'corrupt', problems: [{ code }] })
  })

  it('reports a history that cannot be read with a code, not as an empty history', async () => {
    const models = modelsWith('run-a')
    mkdirSync(join(models, 'active_history.jsonl'))
    for (const reading of [readHistory(models), readWithdrawn(models)]) {
      const error = await reading.catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ActivePointerError)
      expect(error).toMatchObject({
        name: 'ActivePointerError',
        code: 'io',
        details: { errno: expect.stringMatching(/^E/) },
        cause: { code: expect.stringMatching(/^E/) },
      })
    }
  })

  it('says which models are withdrawn: the pointer does, or else the newest line that does', async () => {
    const models = modelsWith('run-a', 'run-b')
    expect(await readWithdrawn(models)).toEqual([])
    const history = join(models, 'active_history.jsonl')
    const line = (withdrawn?: string[]) =>
      `${JSON.stringify({ at: 'x', old: null, new: { ...GOOD, withdrawn } })}\n`
    writeFileSync(history, line(['run-z']) + line(['run-a', 'run-b']) + line())
    expect(await readWithdrawn(models)).toEqual(['run-a', 'run-b'])
    writeFileSync(join(models, 'active.json'), JSON.stringify(GOOD))
    expect(await readWithdrawn(models)).toEqual(['run-b'])
    const active = await readActive(models)
    writeFileSync(join(models, 'active.json'), JSON.stringify({ ...GOOD, withdrawn: ['run-c'] }))
    expect(await readWithdrawn(models)).toEqual(['run-c'])
    expect(await readWithdrawn(models, active)).toEqual(['run-b'])
    writeFileSync(join(models, 'active.json'), 'torn')
    expect(await readWithdrawn(models)).toEqual(['run-a', 'run-b'])
  })

  it('throws for a models dir that is not there or no directory', async () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'file'), '')
    await expect(readActive(join(dir, 'no'))).rejects.toMatchObject({ code: 'models_dir_missing' })
    await expect(readActive(join(dir, 'file'))).rejects.toMatchObject({ code: 'models_dir_not_a_directory' })
  })
})

describe('the two descriptions of a pointer', () => {
  const value = fc.oneof(
    fc.constant(undefined),
    fc.jsonValue(),
    fc.constantFrom('models/run-a', 'run-a', 1, 0, 2.5, 'manual'),
  )
  const reason = fc.oneof(
    value,
    fc.record({ metric: value, macro_f1: value, weighted_f1: value, note: value }),
  )
  const pointer = fc.record({
    model_dir: fc.oneof(fc.constant('models/run-a'), value),
    model_id: fc.oneof(fc.constant('run-a'), value),
    selected_at: fc.oneof(fc.string(), value),
    policy_version: fc.oneof(fc.integer(), value),
    reason,
    revision: value,
    write_id: value,
    source: value,
    withdrawn: fc.oneof(value, fc.array(fc.string())),
    policy_digest: value,
    bundle_digest: value,
  })

  it('accepts and refuses the same documents by the hand-shaped check and by the published schema', () => {
    fc.assert(
      fc.property(fc.oneof(pointer, fc.jsonValue()), (document) => {
        const shapely = pointerProblems(document).every(({ code }) => code !== 'schema_violation')
        expect(shapely).toBe(activePointerSchema.safeParse(document).success)
      }),
      { numRuns: 2000 },
    )
  })
})
