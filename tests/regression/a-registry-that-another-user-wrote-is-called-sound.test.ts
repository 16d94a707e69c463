import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { lacking, runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { ROOT } from '../docs/code-blocks.js'

/** Root without the right to write what a mode forbids; others need no such thing. */
const PLAIN = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override'] : ['env']

function doctor(cwd: string): { code: string; message: string }[] {
  const [program = '', ...args] = [...PLAIN, process.execPath, join(ROOT, 'packages/cli/dist/bin.cjs')]
  const { stdout } = spawnSync(program, [...args, 'doctor', '--json'], { cwd, encoding: 'utf8' })
  return JSON.parse(stdout).findings
}

it.for<[string, string, number]>([
  ['reports a history that only another user may write', 'active_history.jsonl', 0o444],
  ['reports locks that only another user may make', '.taskclf', 0o555],
])('%s', async ([, name, mode], { skip }) => {
  const reason = lacking(PLAIN[0] as string, [...PLAIN.slice(1), 'true'])
  if (reason) skip(reason)
  const cwd = scratchDir()
  writeBundle(join(cwd, 'models'), 'run-a')
  expect((await runCli(['model', 'set-active', 'run-a', '--quiet'], { cwd })).code).toBe(0)
  const written = (findings: { code: string }[]) => findings.filter(({ code }) => code === 'not_writable')
  expect(written(doctor(cwd))).toEqual([])
  chmodSync(join(cwd, 'models', name), mode)
  expect(written(doctor(cwd))).toMatchObject([{ level: 'warning', message: expect.stringContaining(name) }])
})
