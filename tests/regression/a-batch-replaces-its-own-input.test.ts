import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const CLI = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))
const ROWS = 'x,label\n1,Build\n2,BreakIdle\n'

function folder(): string {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1')
  writeFileSync(join(dir, 'data.csv'), ROWS)
  symlinkSync('data.csv', join(dir, 'link.csv'))
  linkSync(join(dir, 'data.csv'), join(dir, 'hard.csv'))
  symlinkSync('.', join(dir, 'here'))
  return dir
}

it.each([
  ['data.csv', 'data.csv'],
  ['data.csv', 'link.csv'],
  ['link.csv', 'data.csv'],
  ['data.csv', 'hard.csv'],
  ['data.csv', './here/../data.csv'],
  ['data.csv', 'here/data.csv'],
])('does not replace %s by its own predictions as %s', async (input, output) => {
  const dir = folder()
  const { code } = await runCli(['infer', 'batch', '--input', input, '--output', output], { cwd: dir })
  expect([code, readFileSync(join(dir, 'data.csv'), 'utf8')]).toEqual([2, ROWS])
  expect(readFileSync(join(dir, 'hard.csv'), 'utf8')).toBe(ROWS)
})

it.each(['--input - --output data.csv < data.csv', '--input data.csv --output - >> data.csv'])(
  'does not replace it by a shell either: %s',
  (words) => {
    const dir = folder()
    const line = `timeout 20 '${process.execPath}' '${CLI}' infer batch ${words}; echo $? > code`
    execFileSync('bash', ['-c', line], { cwd: dir, stdio: 'pipe' })
    expect([
      readFileSync(join(dir, 'code'), 'utf8').trim(),
      readFileSync(join(dir, 'data.csv'), 'utf8'),
    ]).toEqual(['2', ROWS])
  },
)

it('does not replace the files of the model', async () => {
  const dir = folder()
  const model = join(dir, 'models/run-1/model.txt')
  const before = readFileSync(model, 'utf8')
  const args = ['infer', 'batch', '--input', 'data.csv', '--output', model, '--format', 'csv']
  expect((await runCli(args, { cwd: dir })).code).toBe(2)
  expect(readFileSync(model, 'utf8')).toBe(before)
})
