import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const GATE = fileURLToPath(new URL('../../action/gate.mjs', import.meta.url))
const YES = { version: 1, outcome: 'dry_run', dry_run: true, candidate: { model_id: 'run-1' } }
const NO = { code: 'below_min', reasons: [{ code: 'below_min', message: 'too low' }] }

/** The gate's verdict on a command that prints this and ends so. */
function verdict(answer: unknown, exitCode = 0) {
  const cwd = scratchDir()
  const command = join(cwd, 'command.cjs')
  const printed = JSON.stringify(JSON.stringify(answer))
  writeFileSync(command, `process.stdout.write(${printed}); process.exitCode = ${exitCode}`)
  const files = { GITHUB_OUTPUT: join(cwd, 'output'), GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const { status, stdout } = spawnSync(process.execPath, [GATE], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      GATE_CANDIDATE: 'candidate',
      GATE_COMMAND: `${process.execPath} ${command}`,
      RUNNER_TEMP: cwd,
      ...files,
    },
  })
  const outputs = readFileSync(files.GITHUB_OUTPUT, 'utf8')
  const said = (name: string) => new RegExp(`^${name}<<.+\\n(.*)$`, 'm').exec(outputs)?.[1]
  return {
    status,
    passed: said('passed'),
    code: said('code'),
    isGreen: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8').includes('✅'),
    hasError: stdout.includes('::error '),
  }
}

it('passes what a dry run would promote, and nothing but that', () => {
  expect(verdict(YES)).toEqual({ status: 0, passed: 'true', code: '', isGreen: true, hasError: false })
})

it.each<[string, unknown, number?]>([
  ['an empty answer', {}],
  ['another version', { version: 9, foo: 1 }],
  ['a yes of another version', { ...YES, version: 2 }],
  ['a rejection without its reasons', { version: 1, outcome: 'rejected' }],
  ['a rejection that ends with 0, without reasons', { version: 1, outcome: 'rejected', rejection: {} }],
  ['what is no dry run', { ...YES, outcome: 'promoted', dry_run: false }],
  ['an outcome that nobody knows', { ...YES, outcome: 'fine' }],
  ['a yes that ends with an error', YES, 1],
  ['an error that is none', { version: 1, error: null }],
])('does not take %s for a yes', (_, answer, exitCode) => {
  const { status, ...rest } = verdict(answer, exitCode)
  expect(status).not.toBe(0)
  expect(rest).toEqual({ passed: 'false', code: 'not_run', isGreen: false, hasError: true })
})

it('takes a rejection for a no, whatever the exit code', () => {
  const answer = { ...YES, outcome: 'rejected', rejection: NO }
  const no = { status: 1, passed: 'false', code: 'below_min', isGreen: false, hasError: true }
  expect([verdict(answer, 1), verdict(answer, 0)]).toEqual([no, no])
})
