// Torture and fuzzing run on occasion; that their programs still do what they say is held here, in the smallest form.
import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { ROOT } from './code-blocks.js'

const COUNTS = {
  crashes: 50,
  switches: 200,
  stops: 10,
  containers: 4,
  kills: 5,
  states: 200,
  reloads: 200,
}

it('runs each attack of the torture, and finds nothing', () => {
  const args = Object.entries(COUNTS).flatMap(([name, count]) => [`--${name}`, String(count)])
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/torture.mjs', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 280_000,
  })
  expect(stderr.replaceAll(/^\s*$/gm, '')).not.toContain('Error')
  const found = [...stdout.matchAll(/^(\w+) +0 forbidden/gm)].map(([, name]) => name)
  expect(found.sort()).toEqual([
    'containers',
    'contention',
    'crashes',
    'interleavings',
    'kills',
    'reloads',
    'stops',
  ])
  expect(status).toBe(0)
}, 300_000)

it('fuzzes every reader, and finds nothing', () => {
  const { status, stdout } = spawnSync(process.execPath, ['scripts/fuzz.mjs', '--minutes', '0.15'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 110_000,
  })
  expect(stdout.match(/^FOUND .*$/m)?.[0]).toBeUndefined()
  const tried = [...stdout.matchAll(/^(\w[\w-]*) +\d+ cases/gm)].map(([, name]) => name)
  expect(tried).toEqual(expect.arrayContaining(['metadata', 'metrics', 'promotion', 'cli']))
  expect(status).toBe(0)
}, 120_000)
