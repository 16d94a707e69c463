import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { demoDir, runCli, sampled, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../src/commands/all.js'
import { binary, taskclf } from './support/taskclf.js'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'

/** The demo registry with the best model active. */
async function active(): Promise<string> {
  const dir = scratchDir()
  cpSync(demoDir, dir, { recursive: true })
  expect((await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })).code).toBe(0)
  return dir
}

const pointer = (dir: string) => join(dir, 'models', 'active.json')
const bundle = (dir: string, file: string) => join(dir, 'models', BEST, file)
const edit = (path: string, change: (document: Record<string, unknown>) => object) =>
  writeFileSync(
    path,
    JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>)),
  )

/** Everything that may lie there, good and bad. */
const STATES: Readonly<Record<string, (dir: string) => void>> = {
  'a valid pointer': () => {},
  "the Python project's pointer": (dir) =>
    edit(pointer(dir), ({ model_dir, model_id, selected_at, policy_version }) => ({
      model_dir,
      model_id,
      selected_at,
      policy_version,
      reason: null,
    })),
  'no pointer': (dir) => rmSync(pointer(dir)),
  'a torn pointer': (dir) => writeFileSync(pointer(dir), '{"model_dir": "mod'),
  'a pointer that holds a key twice': (dir) =>
    writeFileSync(pointer(dir), readFileSync(pointer(dir), 'utf8').replace('{', '{"model_id":"x",')),
  'a pointer to nowhere': (dir) => rmSync(join(dir, 'models', BEST), { recursive: true }),
  'a pointer that leads out': (dir) => {
    cpSync(join(dir, 'models', BEST), join(dir, 'elsewhere'), { recursive: true })
    rmSync(join(dir, 'models', BEST), { recursive: true })
    symlinkSync(join(dir, 'elsewhere'), join(dir, 'models', BEST))
  },
  'a pointer to an invalid bundle': (dir) => writeFileSync(bundle(dir, 'metrics.json'), '{}'),
  'a bundle whose metrics hold a key twice': (dir) =>
    writeFileSync(
      bundle(dir, 'metrics.json'),
      readFileSync(bundle(dir, 'metrics.json'), 'utf8').replace('{', '{"macro_f1":0.1,'),
    ),
  'a bundle with warnings': (dir) =>
    edit(bundle(dir, 'metadata.json'), (all) => ({ ...all, label_set: ['A'] })),
  'a bundle without a digest of its parameters': (dir) =>
    edit(bundle(dir, 'metadata.json'), ({ params_hash, ...rest }) => rest),
  "the Python project's own policy, of another model": (dir) =>
    writeFileSync(join(dir, 'models', 'inference_policy.json'), '{"model_id": "another\\u001b[2J"}'),
  'a configuration': (dir) =>
    writeFileSync(join(dir, 'taskclf.config.json'), '{"version":1,"models_dir":"models","policy":"ungated"}'),
  'a configuration with an unknown key': (dir) =>
    writeFileSync(join(dir, 'taskclf.config.json'), '{"version":1,"modelsdir":"models"}'),
  'no models dir': (dir) => rmSync(join(dir, 'models'), { recursive: true }),
  'a file for a models dir': (dir) => {
    rmSync(join(dir, 'models'), { recursive: true })
    writeFileSync(join(dir, 'models'), '')
  },
  'a directory for a pointer': (dir) => {
    rmSync(pointer(dir))
    mkdirSync(pointer(dir))
  },
}

const FLAGS: readonly (readonly string[])[] = [
  [],
  ['--json'],
  ['--models-dir', 'models', '--no-color'],
  ['--schema-hash', '8776f20dbb8f', '--json'],
  ['--schema-hash=other'],
  ['--schema-hash', 'other', '--schema-hash', '8776f20dbb8f', '--debug'],
  ['--feature-schema', 'feature-schema.json'],
  ['--feature-schema=missing.json', '--json'],
  ['--label-set', 'Build,Debug'],
  ['--policy', 'ungated', '--json'],
  ['--policy', 'missing.json'],
  ['--model-dir', `models/${BEST}`],
  ['--model-dir=nowhere', '--json'],
  ['--config', 'missing.json'],
]

const LIST_FLAGS: readonly (readonly string[])[] = [
  [],
  ['--all', '--json'],
  ['--eligible', '--sort', 'created_at'],
  ['--all', '--eligible'],
  ['--schema-hash=8776f20dbb8f', '--sort=weighted_f1'],
  ['--policy', 'ungated', '--json'],
  ['--policy', 'missing.json'],
]

/** Of the command lines each state meets so many fewer; every line meets three states. */
const STRIDE = 6

describe('the built program', () => {
  it.each(Object.entries(STATES).map(([name, change], nth) => [name, change, nth] as const))(
    'says what its sources say: %s',
    async (_, change, nth) => {
      const dir = await active()
      change(dir)
      const env = { TASKCLF_ACTOR: 'tester' }
      const lines = [
        ...FLAGS.map((flags) => ['infer', 'resolve', ...flags]),
        ...LIST_FLAGS.map((flags) => ['train', 'list', ...flags]),
      ]
      for (const args of sampled(lines, nth, STRIDE)) {
        const built = await binary(args, { cwd: dir, env })
        const { code, stdout, stderr } = await taskclf(args, { cwd: dir, env })
        // Stacks are of other files.
        if (!args.includes('--debug')) expect([args, built]).toMatchObject([args, { code, stdout, stderr }])
      }
    },
    240_000,
  )

  it.each([
    '--help',
    'help',
    'help train',
    'train list -h',
    'model select help',
    'trian --help',
    'train list --sort -h',
    '-h --debug',
    '--version',
    'help --version',
    'help help',
    'train-list --help',
    'train list --all --help',
    'train list -- --help',
    'help train list extra',
    'completion bash --help',
    '../cli --help',
  ])('says what its sources say: taskclf %s', async (line) => {
    const args = line.split(' ')
    const dir = scratchDir()
    const { code, stdout, stderr } = await taskclf(args, { cwd: dir })
    const said = await runCli(args, { cwd: dir })
    expect(said).toMatchObject({ code, stdout, stderr })
  })

  it('says what its sources say: the help of everything', async () => {
    const dir = scratchDir()
    const groups = new Set(COMMANDS.map(({ path }) => path.slice(0, 1).join()))
    for (const line of [...groups, ...COMMANDS.map(({ path }) => path.join(' '))]) {
      const args = [...line.split(' '), '--help']
      const { code, stdout, stderr } = await taskclf(args, { cwd: dir })
      expect(await runCli(args, { cwd: dir }), line).toMatchObject({ code, stdout, stderr })
    }
  }, 60_000)

  it.each([
    ['a narrow terminal', 60],
    ['a usual one', 80],
    ['one not quite wide', 99],
    ['a wide one', 200],
  ])('sets help to the width of %s', async (_, columns) => {
    const dir = scratchDir()
    // Through a terminal of no size, which then is what the environment says.
    const command = `COLUMNS=${columns} '${process.execPath}' '${BIN}' train --help`
    const child = spawn('script', ['-qec', command, '/dev/null'], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [said] = await Promise.all([
      text(child.stdout),
      new Promise((resolve) => child.once('close', resolve)),
    ])
    const { stdout } = await taskclf(['train', '--help'], { cwd: dir, columns })
    expect(said.replaceAll('\r\n', '\n')).toBe(stdout)
  })

  it('answers from a path that would mean something else in a URL', async () => {
    const dir = scratchDir()
    const home = join(dir, 'a#b %41?c')
    cpSync(fileURLToPath(new URL('../dist', import.meta.url)), join(home, 'dist'), { recursive: true })
    writeFileSync(join(home, 'package.json'), '{"version":"1.2.3"}')
    const said = (line: string) => {
      const child = spawn(process.execPath, [join(home, 'dist/bin.cjs'), ...line.split(' ')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      return text(child.stdout)
    }
    expect(JSON.parse(await said('--version --json'))).toMatchObject({ taskclf: '1.2.3' })
    expect(await said('--version')).toBe('1.2.3\n')
    expect(await said('train list --help')).toContain('Usage: taskclf train list')
    expect(await said('help')).toContain('Usage: taskclf GROUP VERB')
  })

  it.each([
    ['a reader that is gone', `| head -c 0; exit "\${PIPESTATUS[0]}"`, 0],
    ['a disk that is full', '> /dev/full', 3],
    ['an output that is a file', '> out.txt; code=$?; test -s out.txt || exit 99; exit "$code"', 0],
    ['an output that is a device', '> /dev/null', 0],
    ['no standard error', '2>&-', 0],
  ])('survives %s', async (_, rest, code) => {
    const dir = await active()
    const child = spawn('bash', ['-c', `"$0" "$1" infer resolve ${rest}`, process.execPath, BIN], {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(code)
  })
})
