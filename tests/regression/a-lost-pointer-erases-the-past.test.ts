import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readHistory, rollbackActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))

// However busy the machine is, no writer takes this one for stopped.
const PATIENT = { lock: { staleAfterMs: 600_000 } }

const activate = async (models: string, id: string, source: 'manual' | 'repair' = 'manual') =>
  writeActiveAtomic(models, (await readBundle(join(models, id))) as LocalValidBundle, { source, ...PATIENT })

async function switchedThrice(): Promise<string> {
  const models = join(scratchDir(), 'models')
  for (const id of ['run-a', 'run-b', 'run-c']) {
    writeBundle(models, id)
    await activate(models, id)
  }
  return models
}

const LOSSES: [string, (models: string) => void][] = [
  ['removed', (models) => rmSync(join(models, 'active.json'))],
  ['emptied', (models) => truncateSync(join(models, 'active.json'), 0)],
  ['torn', (models) => truncateSync(join(models, 'active.json'), 100)],
]

it.each(LOSSES)('keeps the past after active.json was %s and written again', async (_, lose) => {
  const models = await switchedThrice()
  lose(models)
  await activate(models, 'run-c', 'repair')
  const { entries } = await readHistory(models)
  expect(entries.map(({ state }) => state)).not.toContain('aborted')
  expect((await rollbackActive(models)).pointer.model_id).toBe('run-b')
})

it.each(LOSSES)('keeps the past while active.json is %s', async (_, lose) => {
  const models = await switchedThrice()
  lose(models)
  expect((await rollbackActive(models)).pointer.model_id).toBe('run-b')
})

// Its repair writes a pointer of its own, with a line that knows of no other, or with none.
it.each([true, false])(
  'keeps the past after the Python project repaired it, with a line: %s',
  async (hasLine) => {
    const models = await switchedThrice()
    const theirs = {
      model_dir: 'models/run-a',
      selected_at: '2027-01-01',
      policy_version: 1,
      model_id: 'run-a',
    }
    writeFileSync(join(models, 'active.json'), JSON.stringify(theirs, null, 2))
    const line = `${JSON.stringify({ at: theirs.selected_at, old: null, new: theirs })}\n`
    if (hasLine) writeFileSync(join(models, 'active_history.jsonl'), line, { flag: 'a' })
    const { entries } = await readHistory(models)
    expect(entries.map(({ state }) => state)).not.toContain('aborted')
    expect((await rollbackActive(models)).pointer.model_id).toMatch(/^run-[bc]$/)
  },
)

// All of it was read at once, and no string holds that much.
it('skips what made a history larger by half a gigabyte of nothing', async () => {
  const models = await switchedThrice()
  const history = join(models, 'active_history.jsonl')
  truncateSync(history, 600 * 1024 * 1024)
  expect((await activate(models, 'run-a')).revision).toBe(4)
  const { entries, problems } = await readHistory(models)
  expect(entries.map(({ revision, visible }) => [revision, visible])).toEqual(
    [1, 2, 3, 4].map((n) => [n, true]),
  )
  expect(problems).toMatchObject([{ line: 4, code: 'line_too_long' }])
  expect((await rollbackActive(models, PATIENT)).pointer.model_id).toBe('run-c')
}, 240_000)

it('keeps no more of a history in memory than its lines', async () => {
  const models = await switchedThrice()
  truncateSync(join(models, 'active_history.jsonl'), 1024 ** 3)
  const measure = join(models, '..', 'measure.mjs')
  writeFileSync(
    measure,
    'process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS))',
  )
  const args = ['--import', measure, BIN, 'model', 'history', '--models-dir', models]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(status).toBe(0)
  expect(stdout).toContain('run-c')
  const [, peakKb] = /peak (\d+)/.exec(stderr) ?? []
  expect(Number(peakKb)).toBeLessThan(400_000)
}, 240_000)

it('does not report a torn last line of ours as that of another program', async () => {
  const models = await switchedThrice()
  const history = join(models, 'active_history.jsonl')
  truncateSync(history, readFileSync(history).length - 40)
  const { warnings } = await readHistory(models)
  expect(warnings.map(({ message }) => message).join()).not.toContain('another program')
})
