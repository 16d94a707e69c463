// node scripts/suites.mjs SUITE…      Runs the steps of suites, each a package script of its own, and prints what came of them.
// A suite ends at its first step that fails; the next suite is run all the same.
// No library: npm-run-all runs scripts; it knows no skipped tests and prints no table.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sumOf, tableOf } from './suites/table.mjs'

/** In the order that fails soonest. */
const SUITES = {
  test: [
    'typecheck',
    'lint',
    'direction',
    'house',
    'tsdoc',
    'schemas:check',
    'api:check',
    'docs:reference:check',
    'docs:links',
    'docs:names',
    'words',
    'knip',
    'rig -- strace',
    'unit',
  ],
  'test:stories': ['rig -- lightgbm converters', 'stories', 'test:published'],
  'test:page': ['rig -- chromium', 'page'],
  packaged: ['packages:check', 'sizes', 'size', 'docs:build', 'torture:short'],
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => SUITES[name] === undefined)
if (unknown.length > 0 || asked.length === 0) {
  process.stderr.write(`node scripts/suites.mjs ${Object.keys(SUITES).join('|')}; not ${unknown}\n`)
  process.exit(2)
}

const scratch = mkdtempSync(join(tmpdir(), 'taskclf-suites-'))
const suites = asked.map((name) => ({ name, rows: runSteps(name) }))
rmSync(scratch, { recursive: true })
const totals = suites.map(({ name, rows }) => sumOf(name, rows))
const [only] = suites
process.stdout.write(`\n${tableOf(suites.length === 1 ? [...only.rows, ...totals] : totals)}`)
if (totals.some(({ failed }) => failed !== undefined)) process.exitCode = 1

function runSteps(suite) {
  const rows = []
  for (const step of SUITES[suite]) {
    const row = runStep(suite, step)
    rows.push(row)
    if (row.failed === undefined) continue
    process.stderr.write(`\n${suite}: step "${step}" failed. Run it alone with: npm run ${step}\n`)
    break
  }
  return rows
}

/** A step that counts says so in lines of JSON, in the file that TASKCLF_RESULTS names; any other counts as one. */
function runStep(suite, step) {
  process.stdout.write(`\n== ${suite}: ${step}\n`)
  const at = Date.now()
  const results = join(scratch, `${suite}-${step}.jsonl`.replaceAll(/[^\w.-]/g, '_'))
  const { status } = spawnSync('npm', ['run', '--silent', ...step.split(' ')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, TASKCLF_RESULTS: results },
  })
  const counted = existsSync(results) ? readFileSync(results, 'utf8').trim().split('\n').map(JSON.parse) : []
  return {
    name: step,
    passed:
      counted.length === 0 ? Number(status === 0) : counted.reduce((sum, { passed }) => sum + passed, 0),
    skipped: counted.flatMap(({ skipped }) => skipped),
    seconds: (Date.now() - at) / 1000,
    failed: status === 0 ? undefined : step,
  }
}
