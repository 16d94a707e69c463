import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelActive, ModelDiff, ModelHistory } from '@taskclf/documents'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

const [FIRST, SECOND] = ['2026-02-16_031012_run-2286', '2026-03-02_031009_run-8935']

/** The demo, switched in May and in June. */
async function switched(): Promise<string> {
  const dir = scratchDir()
  copyDemoModels(dir)
  for (const [id, at] of [
    [FIRST, '2026-05-01T12:00:00Z'],
    [SECOND, '2026-06-01T12:00:00Z'],
  ] as const) {
    const words = [
      'model',
      'set-active',
      '--model-id',
      id,
      '--actor',
      'ops',
      '--note',
      `for ${at.slice(5, 7)}`,
    ]
    expect((await taskclf(words, { cwd: dir, now: () => new Date(at) })).code).toBe(0)
  }
  return dir
}

describe('model active', () => {
  it('says what is active now, and what was at a time', async () => {
    const cwd = await switched()
    const active = async (...words: string[]) =>
      (await taskclf<ModelActive>(['model', 'active', ...words, '--json'], { cwd })).json
    expect(await active()).toMatchObject({
      model_id: SECOND,
      revision: 2,
      actor: 'ops',
      at: null,
      note: 'for 06',
    })
    expect(await active('--at', '2026-05-15')).toMatchObject({
      model_id: FIRST,
      revision: 1,
      since_utc: '2026-05-01T12:00:00.000000Z',
    })
    const before = await taskclf<ModelActive>(['model', 'active', '--at', '2026-04-01', '--json'], { cwd })
    expect([before.code, before.json.model_id]).toEqual([1, null])
  })

  it('says of a time of the past that the history has lost lines', async () => {
    const cwd = await switched()
    rmSync(join(cwd, 'models/active_history.jsonl'))
    const { json } = await taskclf(['model', 'active', '--at', '2026-05-15', '--json'], { cwd })
    expect(json).toMatchObject({ model_id: null, notes: [{ code: 'history_cut' }, { code: 'no_pointer' }] })
  })

  it('refuses a time that is none, and a pointer that cannot be used', async () => {
    const cwd = await switched()
    const odd = await taskclf(['model', 'active', '--at', 'yesterday'], { cwd })
    expect([odd.code, odd.stderr]).toEqual([2, expect.stringContaining('--at')])
    writeFileSync(join(cwd, 'models/active.json'), '{')
    const broken = await taskclf(['model', 'active'], { cwd })
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('pointer_corrupt')])
  })
})

describe('model history by time', () => {
  it.each([
    [[], [SECOND, FIRST]],
    [['--limit', '1'], [SECOND]],
    [['--since', '2026-05-15'], [SECOND]],
    [['--until', '2026-05-15T00:00:00+02:00'], [FIRST]],
    [['--since', '2026-05-02', '--until', '2026-05-31'], []],
    [['--at', '2026-05-15'], [FIRST]],
    [['--at', '2026-04-15'], []],
  ])('shows the switches of %j', async (words, ids) => {
    const { json } = await taskclf<ModelHistory>(['model', 'history', ...words, '--json'], {
      cwd: await switched(),
    })
    expect(json.entries.map(({ model_id }) => model_id)).toEqual(ids)
  })

  it('shows times of this machine, with their offset', async () => {
    const { json } = await taskclf<ModelHistory>(['model', 'history', '--local', '--json'], {
      cwd: await switched(),
    })
    const local = json.entries[0]?.at_local ?? ''
    expect(local).toMatch(/^2026-06-01T\d\d:\d\d:\d\d[+-]\d\d:\d\d$/)
    expect(new Date(local).toISOString()).toBe('2026-06-01T12:00:00.000Z')
  })

  it('refuses --at beside --since', async () => {
    const { code } = await taskclf(['model', 'history', '--at', '2026-05-01', '--since', '2026-04-01'], {
      cwd: await switched(),
    })
    expect(code).toBe(2)
  })
})

describe('model diff', () => {
  it('shows metrics with direction and change, and how far predictions agree', async () => {
    const cwd = scratchDir()
    cpSync(demoDir, cwd, { recursive: true })
    const { json } = await taskclf<ModelDiff>(
      ['model', 'diff', FIRST, SECOND, '--input', 'windows.csv', '--json'],
      { cwd },
    )
    expect(json.metrics.find(({ at }) => at === 'macro_f1')).toEqual({
      at: 'macro_f1',
      one: 0.8871,
      other: 0.9071,
      change: '0.02',
      better: true,
    })
    // The bundles of the demo have no manifest.
    expect(json.artifacts).toMatchObject({ differ: [], unknown: expect.arrayContaining(['model.txt']) })
    const { rows = 0, agree = 0, largest_difference } = json.predictions ?? {}
    expect(rows).toBeGreaterThan(100)
    expect(agree).toBeGreaterThan(rows / 2)
    expect(largest_difference).toBeGreaterThan(0)
    const same = await taskclf<ModelDiff>(
      ['model', 'diff', FIRST, FIRST, '--input', 'windows.csv', '--json'],
      { cwd },
    )
    expect(same.json).toMatchObject({
      metrics: [],
      predictions: { rows, agree: rows, largest_difference: 0 },
    })
    const text = await taskclf(['model', 'diff', FIRST, SECOND], { cwd })
    expect(text.stdout).toMatch(/macro_f1 +0\.8871 +0\.9071 +\+0\.02 +yes/)
    const narrow = await taskclf(['model', 'diff', FIRST, SECOND, '--no-color'], { cwd, columns: 80 })
    expect(narrow.stdout).toMatch(/^metric +one +other +change +better$/m)
  })

  it('refuses a model that is not there', async () => {
    const cwd = scratchDir()
    copyDemoModels(cwd)
    const { code, stderr } = await taskclf(['model', 'diff', FIRST, '2026-03-02_031009_run-8936'], { cwd })
    expect([code, stderr]).toEqual([1, expect.stringContaining(`did you mean ${SECOND}`)])
  })
})
