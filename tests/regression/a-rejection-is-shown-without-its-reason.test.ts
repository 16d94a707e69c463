import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const GATE = fileURLToPath(new URL('../../action/gate.mjs', import.meta.url))
const REASON = { code: 'load_failed', message: 'model.txt is a Git LFS pointer' }
const REJECTED = {
  version: 1,
  outcome: 'rejected',
  rejection: { stage: 'check', code: REASON.code, reasons: [REASON] },
  numbers: [{ check: 'gate', metric: 'macro_f1', bound: '≥ 0.5', candidate: 0.9, passed: true }],
}

/** The gate's words on a command that answers so. */
function gate(env: Record<string, string>, answer: unknown = REJECTED) {
  const cwd = scratchDir()
  const command = join(cwd, 'command.cjs')
  writeFileSync(
    command,
    `process.stdout.write(${JSON.stringify(JSON.stringify(answer))}); process.exitCode = 1`,
  )
  const files = { GITHUB_OUTPUT: join(cwd, 'output'), GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') }
  const given = {
    PATH: process.env.PATH ?? '',
    GATE_COMMAND: `${process.execPath} ${command}`,
    RUNNER_TEMP: cwd,
  }
  const { status, stdout } = spawnSync(process.execPath, [GATE], {
    cwd,
    encoding: 'utf8',
    env: { ...given, ...files, ...env },
  })
  const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
  return { status, stdout, outputs: text(files.GITHUB_OUTPUT), summary: text(files.GITHUB_STEP_SUMMARY) }
}

it('says in the summary why the check rejects, and accuses no document', () => {
  const { status, stdout, summary } = gate({ GATE_CANDIDATE: 'candidate' })
  expect(status).toBe(1)
  expect(summary).toContain(REASON.message)
  expect(stdout).toContain('::error file=candidate,title=load_failed')
})

it.each([
  ['without a candidate', {}],
  [
    'in a working directory that is not there',
    { GATE_CANDIDATE: 'candidate', GATE_WORKING_DIRECTORY: 'nowhere' },
  ],
])('writes outputs and a summary for a gate %s, too', (_, env) => {
  const { status, outputs, summary } = gate(env)
  expect(status).not.toBe(0)
  expect(outputs).toMatch(/^passed<<.+\nfalse$/m)
  expect(outputs).toMatch(/^code<<.+\nnot_run$/m)
  expect(summary).toContain('❌')
})
