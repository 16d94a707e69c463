import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** Three switches, the third of which is active. */
async function scene() {
  const dir = scratchDir()
  const models = join(dir, 'models')
  for (const id of ['a', 'b', 'c']) writeBundle(models, id)
  for (const id of ['a', 'b', 'c']) await runCli(['model', 'set-active', '--model-id', id], { cwd: dir })
  return { dir, history: join(models, 'active_history.jsonl') }
}

const json = async (dir: string, ...args: string[]) =>
  JSON.parse((await runCli([...args, '--json'], { cwd: dir })).stdout)

const LOSSES: [string, (path: string) => void][] = [
  ['all of it', (path) => rmSync(path)],
  ['its last line', (path) => writeFileSync(path, `${lines(path).slice(0, 2).join('\n')}\n`)],
  ['its first line', (path) => writeFileSync(path, `${lines(path).slice(1).join('\n')}\n`)],
]
const lines = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n')

it.each(LOSSES)('reports as lost %s: history and doctor say so', async (_, lose) => {
  const { dir, history } = await scene()
  expect((await json(dir, 'model', 'history')).warnings).toEqual([])
  lose(history)
  const { warnings, notes } = await json(dir, 'model', 'history')
  expect(warnings).toMatchObject([{ code: 'history_cut' }])
  expect(notes).not.toContainEqual(expect.objectContaining({ code: 'no_history' }))
  const { findings } = await json(dir, 'doctor')
  expect(findings).toContainEqual(expect.objectContaining({ level: 'warning', code: 'history_cut' }))
})

it('blames no other program in the next switch, and writes the line again', async () => {
  const { dir, history } = await scene()
  const last = JSON.parse(lines(history).at(-1) as string)
  rmSync(history)
  const { notes } = await json(dir, 'model', 'set-active', '--model-id', 'a', '--expect-revision', '3')
  expect(notes).toContainEqual({
    level: 'warning',
    code: 'history_restored',
    message: expect.stringContaining('lost'),
  })
  const { write_id, revision, source, at } = last
  const written = lines(history).map((line) => JSON.parse(line))
  expect(written).toMatchObject([
    { write_id, revision, source, at, new: last.new, old: null, restored: true },
    { revision: 4, old: last.new },
  ])
  const { findings } = await json(dir, 'doctor')
  const said = findings.filter(({ code }: { code: string }) => code.startsWith('history_'))
  expect(said).toEqual([])
})
