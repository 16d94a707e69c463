import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it.each([
  ['rows.csv', 'x\n1e400\n'],
  ['rows.csv', 'x\n-1e999\n'],
  ['rows.csv', 'x\nInfinity\n'],
  ['rows.jsonl', '{"x":1e400}\n'],
  ['rows.jsonl', '{"x":-1e999}\n'],
])('refuses a cell that no number can express: %s %j', async (name, text) => {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1')
  writeFileSync(join(dir, name), text)
  const args = ['infer', 'batch', '--input', name, '--output', 'out.csv', '--json']
  const { code, stdout } = await runCli(args, { cwd: dir })
  expect([code, JSON.parse(stdout).error?.code]).toEqual([1, 'bad_value'])
  expect(existsSync(join(dir, 'out.csv'))).toBe(false)
})

it('refuses one in a line of infer online', async () => {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1')
  const { stdout } = await runCli(['infer', 'online'], { cwd: dir, input: '{"x":1e400}\n{"x":1}\n' })
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answers.map(({ error }) => error?.code)).toEqual(['bad_value', undefined])
})
