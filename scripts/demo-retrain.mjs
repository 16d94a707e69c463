// How a candidate earns its place, or is told why not, with models that are trained here and now, in a scratch directory.
// No library: a story for people.
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const BIN = at('packages/cli/dist/bin.cjs')
const MAKE_WINDOWS = at('examples/data/make-windows.mjs')
const TRAINER = at('examples/trainer-node/main.mjs')

/** The windows of each profile. All models are measured on the same eval.csv, which no other seed shares a row with. */
const WINDOWS = {
  'eval.csv': { rows: 2000, seed: 1000 },
  'april.csv': { rows: 1500, seed: 4 },
  'more.csv': { rows: 3000, seed: 4 },
  'careless.csv': { rows: 3000, seed: 3, noise: 0.4 },
  'few.csv': { rows: 400, seed: 4 },
}

const scratch = mkdtempSync(join(tmpdir(), 'taskclf-demo-retrain-'))
const inScratch = (...parts) => join(scratch, ...parts)
const failures = []

function say(text) {
  process.stdout.write(`\n# ${text}\n`)
}

function check(what, actual, expected) {
  if (actual !== expected) failures.push(`${what}: ${actual} instead of ${expected}`)
}

const quoted = (word) => (/^[\w./:@=,-]+$/.test(word) ? word : `'${word}'`)

/** Runs taskclf as a user would, shows what was typed and what came, and answers all that it printed. */
function taskclf(expected, ...args) {
  process.stdout.write(`$ ${['taskclf', ...args].map(quoted).join(' ')}\n`)
  const options = { cwd: scratch, encoding: 'utf8' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], options)
  process.stdout.write(stdout)
  if (stderr !== '') process.stdout.write(stderr.replace(/^/gm, '  ').trimEnd().concat('\n'))
  check(`the exit code of taskclf ${args.join(' ')}`, status, expected)
  return stdout + stderr
}

const isShown = (name) => !name.startsWith('.')
const namesIn = (dir) => (existsSync(dir) ? readdirSync(dir).filter(isShown).sort() : [])
const bundles = () =>
  namesIn(inScratch('models')).filter((name) => existsSync(inScratch('models', name, 'model.txt')))
const active = () => {
  const pointer = inScratch('models', 'active.json')
  return existsSync(pointer) ? JSON.parse(readFileSync(pointer, 'utf8')).model_id : undefined
}

function makeWindows(name, { rows, seed, noise = 0 }) {
  const options = ['--rows', rows, '--seed', seed, '--noise', noise, '--out', inScratch(name)].map(String)
  const { status, stderr } = spawnSync(process.execPath, [MAKE_WINDOWS, ...options], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`make-windows failed: ${stderr}`)
}

const profile = (train) => ({
  command: process.execPath,
  args: [TRAINER],
  seed: 7,
  params: { num_rounds: 30 },
  data: { train, eval: 'eval.csv', schema: 'feature-schema.json' },
  time_limit_s: 300,
})

function setUp() {
  mkdirSync(inScratch('models'))
  for (const name of ['feature-schema.json', 'windows.csv'])
    copyFileSync(at(`examples/demo/${name}`), inScratch(name))
  for (const [name, options] of Object.entries(WINDOWS)) makeWindows(name, options)
  const config = {
    models_dir: 'models',
    runs_dir: 'runs',
    feature_schema: 'feature-schema.json',
    profiles: {
      node: profile('april.csv'),
      'node-more': profile('more.csv'),
      'node-careless': profile('careless.csv'),
      'node-few': profile('few.csv'),
    },
  }
  writeFileSync(inScratch('taskclf.config.json'), `${JSON.stringify(config, null, 2)}\n`)
}

/** A training that must be refused, for the metric named, and must change nothing. */
function refused(profileName, metric, count) {
  const before = active()
  const printed = taskclf(1, 'train', 'retrain', '--profile', profileName, '--force')
  check(`${metric} is named in the refusal of ${profileName}`, printed.includes(metric), true)
  check(`the active model after ${profileName}`, active(), before)
  check(`the promoted bundles after ${profileName}`, bundles().length, 2)
  check(`the rejected bundles after ${profileName}`, namesIn(inScratch('rejected_models')).length, count)
}

try {
  setUp()
  process.stdout.write(`Windows made and no model yet, in ${scratch}\n`)

  say('Train on 1,500 windows: what would come of it?')
  taskclf(0, 'train', 'retrain', '--profile', 'node', '--dry-run')
  check('the promoted bundles after a dry run', bundles().length, 0)
  check('the active model after a dry run', active(), undefined)

  say('Past every gate, and there is no champion: promote what was trained')
  const [run] = namesIn(inScratch('runs'))
  taskclf(0, 'train', 'promote', join('runs', run ?? '', 'bundle'))
  const first = active()
  check('the promoted bundles', bundles().join(), first)

  say('Train on twice as many: better, so it takes over')
  taskclf(0, 'train', 'retrain', '--profile', 'node-more', '--force')
  const second = active()
  check('the promoted bundles', bundles().length, 2)
  check('the pointer has moved to a promoted bundle', second !== first && bundles().includes(second), true)

  say('Windows labelled carelessly, two in five wrong: a gate refuses the model')
  refused('node-careless', 'breakidle_precision', 1)

  say('Only 400 windows: past every gate, but too far behind the champion')
  refused('node-few', 'macro_f1', 2)

  say('What is there now')
  taskclf(0, 'train', 'list')

  say('Predict with the new model')
  taskclf(0, 'infer', 'batch', '--input', 'windows.csv', '--output', 'predictions.csv')
  const lines = readFileSync(inScratch('predictions.csv'), 'utf8').trimEnd().split('\n')
  check('the lines of predictions.csv', lines.length, 501)
  process.stdout.write(`${lines.slice(0, 3).join('\n')}\n…\n`)

  if (failures.length === 0)
    process.stdout.write(`\nAs expected: ${second} serves; two were promoted, two refused.\n`)
} catch (error) {
  failures.push(error.message)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

if (failures.length > 0) {
  process.stderr.write(`\ndemo:retrain failed:\n${failures.map((failure) => `  ${failure}\n`).join('')}`)
  process.exitCode = 1
}
