import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readBundle } from '@taskclf/registry-core'
import {
  RUN_FAILURE_CODES,
  RUN_OUTCOMES,
  RUNS_ERROR_CODES,
  type RunSpec,
  resolveProfile,
  startRun,
} from '@taskclf/runs'
import { copyDemoModels, demoDir, runReadmeExample, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { eventsOf } from './helpers.js'

const packageDir = fileURLToPath(new URL('..', import.meta.url))
const guide = readFileSync(
  fileURLToPath(new URL('../../../docs/guides/trainers.md', import.meta.url)),
  'utf8',
)

const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1] as string,
  )

const hasPython = (() => {
  try {
    execFileSync('python3', ['-c', 'import csv'])
    return true
  } catch {
    return false
  }
})()

async function trainAsShown(spec: RunSpec) {
  const run = await startRun(spec, { runsDir: scratchDir() })
  const manifest = await run.done
  expect(manifest.message).toBeUndefined()
  expect(manifest.state).toBe('succeeded')
  const types = (await eventsOf(run.events)).map((event) => event.type)
  return { bundle: await readBundle(run.bundleDir, { promoted: false }), types }
}

describe('the guide', () => {
  const data = { train: join(demoDir, 'windows.csv') }
  const params = { schema_hash: '8776f20dbb8f' }

  it('has a trainer in Node, and the same in Python', async () => {
    const dir = scratchDir()
    writeFileSync(join(dir, 'train.mjs'), blocks('js')[0] as string)
    writeFileSync(join(dir, 'train.py'), blocks('python')[0] as string)
    const node = await trainAsShown({
      command: process.execPath,
      args: ['train.mjs'],
      cwd: dir,
      data,
      params,
    })
    expect(node.types).toEqual(['phase', 'progress', 'phase', 'metrics', 'bundle', 'ended'])
    expect(node.bundle).toMatchObject({ status: 'valid', warnings: [] })
    if (!hasPython) return
    const python = await trainAsShown({ command: 'python3', args: ['train.py'], cwd: dir, data, params })
    expect(python.types).toEqual(node.types)
    if (node.bundle.status !== 'valid' || python.bundle.status !== 'valid') throw new Error('not valid')
    expect(python.bundle.warnings).toEqual([])
    expect(python.bundle.metrics).toEqual(node.bundle.metrics)
    expect(readFileSync(join(python.bundle.path, 'model.txt'), 'utf8')).toBe(
      readFileSync(join(node.bundle.path, 'model.txt'), 'utf8'),
    )
  })

  it('has a shell script', async () => {
    const dir = scratchDir()
    const models = copyDemoModels(dir)
    writeFileSync(join(dir, 'fetch.sh'), blocks('sh')[0] as string)
    chmodSync(join(dir, 'fetch.sh'), 0o755)
    const source = join(models, '2026-01-05_031007_run-1824')
    const { bundle, types } = await trainAsShown({ command: './fetch.sh', args: [source], cwd: dir })
    expect(bundle).toMatchObject({ status: 'valid', metadata: { model_id: '2026-01-05_031007_run-1824' } })
    expect(types).toEqual(['phase', 'bundle', 'ended'])
  })

  it('has a profile that resolves', () => {
    const config = JSON.parse(blocks('json').at(-1) as string)
    expect(resolveProfile(config.profiles, 'nightly')).toMatchObject({
      command: 'python3',
      timeLimitMs: 3_600_000,
      graceMs: 30_000,
    })
  })

  it('names every state and code', () => {
    for (const word of [...RUN_OUTCOMES, ...RUN_FAILURE_CODES]) expect(guide).toContain(`\`${word}\``)
  })
})

describe('the README', () => {
  it('runs as shown', async () => {
    const dir = scratchDir()
    copyDemoModels(dir)
    copyFileSync(join(demoDir, 'windows.csv'), join(dir, 'windows.csv'))
    const [result] = await runReadmeExample(packageDir, dir)
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(result?.stdout.split('\n')).toEqual([
      'phase train',
      'metrics { macro_f1: 0.9 }',
      'ended succeeded',
      `the bundle is in ${join(dir, 'runs', 'r1', 'bundle')}`,
      '',
    ])
  })

  it('names every error code', () => {
    const readme = readFileSync(join(packageDir, 'README.md'), 'utf8')
    for (const code of RUNS_ERROR_CODES) expect(readme).toContain(`\`${code}\``)
  })
})
