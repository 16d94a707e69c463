import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** Three switches, the third of which is active. */
async function scene() {
  const dir = scratchDir()
  const models = join(dir, 'models')
  for (const id of ['a', 'b', 'c']) writeBundle(models, id)
  for (const id of ['a', 'b', 'c'])
    await runCli(['model', 'set-active', '--model-id', id, '--actor', 'ops'], { cwd: dir })
  return { dir, history: join(models, 'active_history.jsonl'), active: join(models, 'active.json') }
}

const run = async (dir: string, ...args: string[]) => {
  const { stdout, code } = await runCli([...args, '--json'], { cwd: dir })
  return { ...JSON.parse(stdout), code }
}

/** "ops" becomes "ops" with one bit changed, which any reader takes for an actor. */
const flip = (line: string) => line.replace('"actor":"ops"', '"actor":"nps"')

it.each([0, 1, 2])('finds a bit of line %d: history, why and doctor say so, and doctor fails', async (at) => {
  const { dir, history } = await scene()
  const lines = readFileSync(history, 'utf8').split('\n')
  const altered = { code: 'history_altered', message: expect.stringContaining(`line ${at + 1}`) }
  writeFileSync(history, lines.map((line, i) => (i === at ? flip(line) : line)).join('\n'))
  expect((await run(dir, 'model', 'history')).warnings).toEqual([altered])
  expect((await run(dir, 'model', 'why', '2')).notes).toContainEqual({ level: 'warning', ...altered })
  const { findings, code } = await run(dir, 'doctor')
  expect(findings).toContainEqual(expect.objectContaining({ level: 'error', ...altered }))
  expect(code).toBe(1)
  writeFileSync(history, lines.join('\n'))
  expect(await run(dir, 'doctor')).toMatchObject({ code: 0 })
  expect((await run(dir, 'model', 'history')).warnings).toEqual([])
})

it('finds a bit of the pointer as well', async () => {
  const { dir, active } = await scene()
  writeFileSync(active, readFileSync(active, 'utf8').replace('"a"', '"`"'))
  const { findings, code } = await run(dir, 'doctor')
  expect(findings).toContainEqual(expect.objectContaining({ level: 'error', code: 'pointer_altered' }))
  expect(code).toBe(1)
})

it('has one note, and no warning, for a registry of an earlier version', async () => {
  const { dir, history, active } = await scene()
  const earlier = ({ line, version, ...rest }: Record<string, unknown>) => rest
  const lines = readFileSync(history, 'utf8').trimEnd().split('\n')
  const old = lines.map((text) => {
    const { prev, version, ...line } = JSON.parse(text)
    return JSON.stringify({ ...line, old: line.old && earlier(line.old), new: earlier(line.new) })
  })
  writeFileSync(history, `${old.join('\n')}\n`)
  writeFileSync(active, JSON.stringify(earlier(JSON.parse(readFileSync(active, 'utf8')))))
  const { warnings, notes } = await run(dir, 'model', 'history')
  expect(warnings).toEqual([])
  expect(notes).toMatchObject([{ level: 'note', code: 'history_unchained' }])
  const { findings, code } = await run(dir, 'doctor')
  const said = findings.filter(({ code }: { code: string }) => /^(history|pointer)_/.test(code))
  expect(said).toMatchObject([{ level: 'note', code: 'history_unchained' }])
  expect(code).toBe(0)
})
