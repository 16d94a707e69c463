// Models that were damaged on their way, met by everybody who could let them serve: nothing is published or switched, and the
// code says what was found.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildManifest } from '@taskclf/registry-core'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { taskclf } from '../../packages/cli/test/support/taskclf.js'
import { DAMAGED_MODELS, type Damage } from './damaged-models.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BIN = join(ROOT, 'packages/cli/dist/bin.cjs')
const SERVING = '2026-01-19_031044_run-0409'
const DAMAGED = '2026-02-16_031012_run-2286'
const ALL = DAMAGED_MODELS.map((each) => [each.title, each] as const)
/** One for each way of being found. */
const SOME = [...new Map(ALL.map((row) => [row[1].by + row[1].code, row])).values()]

let demo = ''
/** What the damaged bundle has besides: a self-test, or a manifest. */
const extra: Record<Damage['by'], Record<string, string>> = { reader: {}, 'self-test': {}, manifest: {} }
beforeAll(async () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'taskclf-damaged-')))
  demo = join(base, 'demo')
  mkdirSync(demo)
  copyDemoModels(demo)
  for (const name of readdirSync(join(demo, 'models')))
    if (name !== SERVING && name !== DAMAGED) rmSync(join(demo, 'models', name), { recursive: true })
  const candidate = join(base, 'candidate')
  cpSync(join(demo, 'models', DAMAGED), candidate, { recursive: true })
  extra.manifest['manifest.json'] = JSON.stringify(await buildManifest(candidate))
  const args = ['model', 'self-test', candidate, '--input', join(demoDir, 'windows.csv')]
  expect((await taskclf(args, { cwd: demo })).code).toBe(0)
  extra['self-test']['self_test.json'] = readFileSync(join(candidate, 'self_test.json'), 'utf8')
  return () => rmSync(base, { recursive: true })
})

/** Two models, the better one with what is to find its damage, and another one active; where they lie. */
function place(by: Damage['by']): string {
  const dir = scratchDir()
  cpSync(demo, dir, { recursive: true })
  for (const [name, text] of Object.entries(extra[by]))
    writeFileSync(join(dir, 'models', DAMAGED, name), text)
  return dir
}

async function activate(dir: string, id: string): Promise<void> {
  const { code, stderr } = await taskclf(['model', 'set-active', '--model-id', id], { cwd: dir })
  expect(code, stderr).toBe(0)
}

/** The pointer, and all that is published. */
function published(dir: string): string {
  const models = join(dir, 'models')
  const names = readdirSync(models).filter((name) => !name.startsWith('.') && name !== 'index.json')
  return `${names.sort().join('\n')}\n${readFileSync(join(models, 'active.json'), 'utf8')}`
}

/** The better one lies beside the models dir, as a candidate of its own id. */
function asCandidate(dir: string, { damage }: Damage): string {
  const candidate = join(dir, 'candidate')
  cpSync(join(dir, 'models', DAMAGED), candidate, { recursive: true })
  rmSync(join(dir, 'models', DAMAGED), { recursive: true })
  damage(candidate)
  return candidate
}

/** Runs it, holds that nothing was published or switched, and answers the exit code and all that was said. */
async function asked(dir: string, args: string[]) {
  const before = published(dir)
  const { code, stdout, stderr } = await taskclf(args, { cwd: dir })
  expect(published(dir)).toBe(before)
  return { code, said: args.includes('--json') ? stdout : stdout + stderr }
}

it('agrees with the table in docs/testing.md', () => {
  const page = readFileSync(join(ROOT, 'docs/testing.md'), 'utf8')
  for (const { title, by, code } of DAMAGED_MODELS)
    expect(page).toContain(`| ${title} | the ${by} | \`${code}\` |`)
})

it('passes whole models everywhere: what is refused below is the damage', async () => {
  for (const by of ['reader', 'self-test', 'manifest'] as const) {
    const dir = place(by)
    expect((await taskclf(['model', 'verify'], { cwd: dir })).code, by).toBe(0)
    await activate(dir, DAMAGED)
  }
})

describe.each(ALL)('%s', (_, damage) => {
  it.each([
    ['set-active', ['model', 'set-active', '--model-id', DAMAGED]],
    ['set-active by force', ['model', 'set-active', '--model-id', DAMAGED, '--force']],
    ['model verify', ['model', 'verify']],
  ])('is named by %s', async (__, args) => {
    const dir = place(damage.by)
    await activate(dir, SERVING)
    damage.damage(join(dir, 'models', DAMAGED))
    const { code, said } = await asked(dir, args)
    expect(code, said).toBe(1)
    expect(said).toContain(damage.code)
  })

  it('is named by doctor, which is for the model that serves an error', async () => {
    const dir = place(damage.by)
    await activate(dir, SERVING)
    damage.damage(join(dir, 'models', DAMAGED))
    expect((await asked(dir, ['doctor'])).said).toContain(damage.code)
    const other = place(damage.by)
    await activate(other, DAMAGED)
    damage.damage(join(other, 'models', DAMAGED))
    expect((await asked(other, ['doctor'])).code).toBe(1)
  })

  it('is not selected', async () => {
    const dir = place(damage.by)
    await activate(dir, SERVING)
    damage.damage(join(dir, 'models', DAMAGED))
    const before = published(dir)
    const { said } = await asked(dir, ['model', 'select', '--activate'])
    expect(said).toContain(damage.selection ?? damage.code)
    expect(published(dir)).toBe(before)
  })

  it.each([[[]], [['--dry-run']]])('is not promoted, %j', async (flags) => {
    const dir = place(damage.by)
    await activate(dir, SERVING)
    const candidate = asCandidate(dir, damage)
    const { code, said } = await asked(dir, ['train', 'promote', candidate, ...flags, '--json'])
    expect(code, said).toBe(1)
    expect(said).toContain(`"${damage.code}"`)
    expect(said).toContain(`"${damage.candidate ?? damage.code}"`)
  })

  it('is passed over by a rollback, also where the history does not tell its digest', async () => {
    for (const isRecorded of [true, false]) {
      const dir = place(damage.by)
      await activate(dir, DAMAGED)
      await activate(dir, SERVING)
      if (!isRecorded) forgetDigests(dir)
      damage.damage(join(dir, 'models', DAMAGED))
      const { code, said } = await asked(dir, ['model', 'rollback', '--json'])
      const { code: why, details } = JSON.parse(said).error
      expect([code, why]).toEqual([1, 'nothing_to_roll_back_to'])
      const [passed] = details.passedOver
      expect(passed.modelId).toBe(DAMAGED)
      // A recorded digest tells at once; without one it is tried. What has no model file is no bundle.
      const tried = isRecorded || damage.by === 'manifest' ? 'changed' : 'does_not_load'
      expect(passed.why).toBe(damage.code === 'missing_artifact' ? 'not_valid' : tried)
    }
  })
})

/** The history as older versions and the Python project write it. */
function forgetDigests(dir: string): void {
  const path = join(dir, 'models/active_history.jsonl')
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n')
  const bare = (key: string, value: unknown) =>
    ['bundle_digest', 'target_files', 'manifest_digest'].includes(key) ? undefined : value
  writeFileSync(path, `${lines.map((line) => JSON.stringify(JSON.parse(line), bare)).join('\n')}\n`)
}

describe.each(SOME)('%s, met by real programs', (_, damage) => {
  it('is refused by each', async () => {
    const dir = place(damage.by)
    await activate(dir, SERVING)
    damage.damage(join(dir, 'models', DAMAGED))
    const before = published(dir)
    for (const args of [
      ['model', 'set-active', '--model-id', DAMAGED],
      ['model', 'select', '--activate'],
      ['model', 'verify'],
      ['doctor'],
    ]) {
      const { stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: dir, encoding: 'utf8' })
      const code = args.includes('select') ? (damage.selection ?? damage.code) : damage.code
      expect(stdout + stderr, args.join(' ')).toContain(code)
    }
    expect(published(dir)).toBe(before)
  })
})

describe.each(ALL)('%s', (_, damage) => {
  it('makes the gate of a pull request red, and the report has the code', async () => {
    const dir = place(damage.by)
    await activate(dir, SERVING)
    asCandidate(dir, damage)
    const output = join(dir, 'output')
    writeFileSync(output, '')
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'action/gate.mjs')], {
      cwd: dir,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        GATE_CANDIDATE: 'candidate',
        GATE_MODELS_DIR: 'models',
        GATE_COMMAND: `${process.execPath} ${BIN}`,
        GITHUB_WORKSPACE: dir,
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: dir,
      },
    })
    expect(status).toBe(1)
    expect(stdout).toMatch(new RegExp(`^::error .*title=${damage.code}`, 'm'))
    const told = readFileSync(output, 'utf8')
    expect(told).toMatch(/^passed<<.*\nfalse$/m)
    const report = /^report<<.*\n(.*)$/m.exec(told)?.[1] ?? ''
    expect(readFileSync(report, 'utf8')).toContain(`"${damage.code}"`)
  })
})
