// How suites are run and counted, on package scripts that only pretend.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { ROOT } from '../docs/code-blocks.js'

const SCRIPTS: Record<string, string> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts

/** Runs suites where each package script does nothing, but those that are given; answers rows by name. */
function runSuites(suites: string[], scripts: Record<string, string> = {}) {
  const cwd = scratchDir()
  const pretended = Object.fromEntries(Object.keys(SCRIPTS).map((name) => [name, 'true']))
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ scripts: { ...pretended, ...scripts } }))
  const program = join(ROOT, 'scripts/suites.mjs')
  const { status, stdout } = spawnSync(process.execPath, [program, ...suites], { cwd, encoding: 'utf8' })
  const table = stdout.slice(stdout.lastIndexOf('\nsuite '))
  const rows = [...table.matchAll(/^(\S.*?) +\| +(.+?) +\| (.+?) +\| +[\d.]+$/gm)]
  return { status, stdout, rows: Object.fromEntries(rows.map(([, name, ...cells]) => [name, cells])) }
}

const counting = (passed: number, skipped: [number, string][] = []) =>
  `echo '${JSON.stringify({ passed, skipped })}' >>$TASKCLF_RESULTS`

it('counts a step that says nothing as one, and adds up those that count', () => {
  const unit = `${counting(40, [[1, 'rig strace: needs apt']])} && ${counting(3, [[1, 'rig strace: needs apt']])}`
  const { status, rows } = runSuites(['test'], { unit })
  expect(rows).toMatchObject({
    typecheck: ['1', '0'],
    unit: ['43', '2: rig strace: needs apt'],
    test: [expect.stringMatching(/^5\d$/), '2: rig strace: needs apt'],
  })
  expect(status).toBe(0)
})

it('ends a suite at the step that fails, and runs the next', () => {
  const { status, stdout, rows } = runSuites(['test', 'test:stories'], {
    house: 'exit 1',
    stories: counting(7),
  })
  expect(rows).toMatchObject({ test: ['FAILED: house', '0'], 'test:stories': ['9', '0'] })
  expect(Object.keys(rows)).toEqual(['test', 'test:stories'])
  expect(stdout).not.toContain('== test: tsdoc')
  expect(status).toBe(1)
})

it('fails where a step that counted its passes fails', () => {
  const { status, rows } = runSuites(['test:stories'], { stories: `${counting(7)} && exit 1` })
  expect(rows['test:stories']?.[0]).toBe('FAILED: stories')
  expect(status).toBe(1)
})

it('runs nothing of a suite that it does not know', () => {
  const { status, stdout } = runSuites(['test:stories', 'test:storeys'])
  expect([status, stdout]).toEqual([2, ''])
})

it('has every test file in one of the suites that vitest runs', () => {
  const [, outside] = /--exclude 'tests\/\{(.+)\}\/\*\*'/.exec(SCRIPTS.unit ?? '') ?? []
  const inside = [SCRIPTS.stories, SCRIPTS.page].flatMap(
    (script) => script?.split(' ').filter((word) => word.startsWith('tests/')) ?? [],
  )
  expect(inside).toEqual(outside?.split(',').map((name) => `tests/${name}`))
  expect(SCRIPTS.stories).toContain(' .load.test.ts')
  expect(SCRIPTS.unit).toContain("--exclude '**/*.load.test.ts'")
})

it('is run whole by CI, where every rig is required and nothing is repeated thousands of times', () => {
  const run = readFileSync(join(ROOT, '.ci/run'), 'utf8')
  expect(run).toContain('export TASKCLF_RIGS=require')
  const suites = Object.keys(SCRIPTS).filter(
    (name) => /^test(:|$)/.test(name) && SCRIPTS[name]?.includes('suites.mjs'),
  )
  expect(run).toContain(`node scripts/suites.mjs ${suites.join(' ')}\n`)
})
