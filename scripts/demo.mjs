// The whole path on real models, in a scratch copy: rank, select, activate, resolve, switch by hand, roll back, look back.
// No library: a story for people.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../packages/cli/dist/bin.cjs', import.meta.url))
const DEMO = fileURLToPath(new URL('../examples/demo', import.meta.url))
const EXPECTED = '2026-03-02_031009_run-8935'
const SECOND = '2026-02-16_031012_run-2286'
const SCHEMA = ['--feature-schema', 'feature-schema.json']

const scratch = mkdtempSync(join(tmpdir(), 'taskclf-demo-'))
const failures = []

function say(text) {
  process.stdout.write(`\n# ${text}\n`)
}

/** Runs taskclf as a user would, shows what was typed and what came, and answers standard output. */
function taskclf(...args) {
  process.stdout.write(`$ ${['taskclf', ...args].map(quoted).join(' ')}\n`)
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: scratch,
    encoding: 'utf8',
  })
  process.stdout.write(stdout)
  if (stderr !== '') process.stdout.write(stderr.replace(/^/gm, '  ').trimEnd().concat('\n'))
  if (status !== 0) failures.push(`taskclf ${args.join(' ')} ended with ${status}`)
  return stdout
}

const quoted = (word) => (/^[\w./:@=,-]+$/.test(word) ? word : `'${word}'`)

/** The same question as JSON, for checking only. */
function ask(...args) {
  const { stdout } = spawnSync(process.execPath, [BIN, ...args, '--json'], { cwd: scratch, encoding: 'utf8' })
  return JSON.parse(stdout)
}

function check(what, actual, expected) {
  if (actual !== expected) failures.push(`${what}: ${actual} instead of ${expected}`)
}

try {
  cpSync(DEMO, scratch, { recursive: true })
  process.stdout.write(`Seven models that were really trained, copied to ${scratch}\n`)

  say('What is there, best macro F1 first')
  taskclf('train', 'list')

  say('Which may serve these features, and why not the others: the best figure is not enough')
  taskclf('model', 'select', ...SCHEMA)
  const { report } = ask('model', 'select', ...SCHEMA)
  check('the best model', report.best, EXPECTED)
  check('the number of exclusions', report.excluded.length, 4)

  say('Make it the active one')
  taskclf('model', 'select', ...SCHEMA, '--activate')

  say('The directory that a service loads')
  const resolved = taskclf('infer', 'resolve', ...SCHEMA).trim()
  check('the resolved directory ends in', resolved.split('/').at(-1), EXPECTED)

  say('A person decides otherwise')
  taskclf('model', 'set-active', '--model-id', SECOND, '--note', 'drift in Review', ...SCHEMA)
  check('after the switch', ask('infer', 'resolve', ...SCHEMA).model_id, SECOND)

  say('And takes it back; the model left stays out of automatic selection')
  taskclf('model', 'rollback')
  check('after the rollback', ask('infer', 'resolve', ...SCHEMA).model_id, EXPECTED)

  say('Who did what when')
  taskclf('model', 'history')
  check('the switches on record', ask('model', 'history').entries.length, 3)

  say('Predictions by the model that serves, for 500 windows that it has never seen')
  const batch = ['--input', 'windows.csv', '--output', 'predictions.csv', '--label-column', 'label']
  taskclf('infer', 'batch', ...batch, '--keep', 'window_start', ...SCHEMA)
  const lines = readFileSync(join(scratch, 'predictions.csv'), 'utf8').trimEnd().split('\n')
  process.stdout.write('$ head -n 11 predictions.csv | cut -d, -f1-5\n')
  for (const line of lines.slice(0, 11)) process.stdout.write(`${line.split(',').slice(0, 5).join(',')}\n`)
  check('the rows predicted', lines.length - 1, 500)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

if (failures.length > 0) {
  process.stderr.write(`\ndemo failed:\n${failures.map((failure) => `  ${failure}\n`).join('')}`)
  process.exitCode = 1
} else process.stdout.write(`\nAs expected: ${EXPECTED} won, and serves again.\n`)
