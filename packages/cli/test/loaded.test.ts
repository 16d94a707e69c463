import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoDir, scratchDir } from '@taskclf/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const LISTING = fileURLToPath(new URL('./programs/loaded-files.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'

const RUN = {
  version: 1,
  run_id: '20260401T090000Z-4f1c2a7b',
  state: 'succeeded',
  started_at: '2026-04-01T09:00:00Z',
  runner: { host: 'h', machine: 'm', boot: 'b', pid_namespace: '1', pid: 7, start_time: '1' },
  spec: {
    version: 1,
    run_id: '20260401T090000Z-4f1c2a7b',
    output_dir: '/o',
    seed: 0,
    params: {},
    data: {},
    command: 'python',
    args: [],
    cwd: '/',
    env: {},
    grace_ms: 1,
  },
}

const START = ['bin', 'start']
const LIST = [...START, 'list']
const JUDGE = [...LIST, 'judge']
const RUNS = [...LIST, 'runs', 'rolldown-runtime']

/** The files of the program that a command loads, by the names that the build gives them. */
function loadedBy(args: readonly string[], cwd: string): string[] {
  const { stderr } = spawnSync(process.execPath, ['--require', LISTING, BIN, ...args], {
    cwd,
    encoding: 'utf8',
  })
  const files = JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as string[]
  return files.map((file) => basename(file, '.cjs').replace(/-[\w-]{8}$/, ''))
}

describe('the built program', () => {
  const dir = scratchDir('taskclf-loaded-', afterAll)

  beforeAll(() => {
    cpSync(demoDir, dir, { recursive: true })
    loadedBy(['model', 'set-active', '--model-id', BEST], dir)
  })

  it.each([
    ['infer resolve', START],
    ['train list', LIST],
    ['model history', LIST],
    ['policy show', LIST],
    ['train check-retrain', RUNS],
    ['model select', JUDGE],
    ['model why', JUDGE],
    ['model verify --no-load', JUDGE],
    ['policy check', [...JUDGE, 'policy']],
    ['runs list', RUNS],
  ])('loads few files for %s, and neither zod nor what only failures need', (line, files) => {
    expect(loadedBy(line.split(' '), dir).sort()).toEqual([...files].sort())
  })

  it('reads a configuration without zod', () => {
    const text = JSON.stringify({
      version: 1,
      models_dir: 'models',
      profiles: { nightly: { command: 'python' } },
    })
    writeFileSync(join(dir, 'config.json'), text)
    expect(loadedBy(['infer', 'resolve', '--config', 'config.json'], dir).sort()).toEqual(
      [...START, 'parse-config'].sort(),
    )
  })

  it('reads a policy without zod', () => {
    writeFileSync(join(dir, 'policy.json'), JSON.stringify({ extends: 'default', min_improvement: 0.01 }))
    expect(loadedBy(['policy', 'check', 'policy.json'], dir)).not.toContain('schemas')
    writeFileSync(join(dir, 'policy.json'), JSON.stringify({ extends: 'default', min_improvement: -1 }))
    expect(loadedBy(['policy', 'check', 'policy.json'], dir)).toContain('schemas')
  })

  it('reads the manifests of runs without zod', () => {
    mkdirSync(join(dir, 'runs', RUN.run_id), { recursive: true })
    writeFileSync(join(dir, 'runs', RUN.run_id, 'manifest.json'), JSON.stringify(RUN))
    expect(loadedBy(['runs', 'list'], dir)).not.toContain('schemas')
    expect(loadedBy(['runs', 'show', RUN.run_id], dir)).not.toContain('schemas')
    writeFileSync(join(dir, 'runs', RUN.run_id, 'manifest.json'), '{}')
    expect(loadedBy(['runs', 'list'], dir)).toContain('schemas')
  })

  it('loads the words of failures for a failure', () => {
    expect(loadedBy(['infer', 'resolve', '--models-dir', join(dir, 'nowhere')], dir)).toContain('seldom')
  })
})
