import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRowBatches } from '@taskclf/dataset'
import { loadPredictor } from '@taskclf/predictor'
import { readBundle } from '@taskclf/registry-core'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'
const SCHEMA = ['--feature-schema', join(demoDir, 'feature-schema.json')]

function taskclf(models: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args, '--models-dir', models], {
    encoding: 'utf8',
  })
  return { status, said: stdout + stderr }
}

/** A models dir with the best bundle in it, or beside it as a candidate. */
function place(): { models: string; published: string; candidate: string } {
  const dir = scratchDir()
  const source = join(copyDemoModels(scratchDir()), BEST)
  const models = join(dir, 'models')
  const published = join(models, BEST)
  const candidate = join(dir, 'candidate')
  mkdirSync(models)
  for (const to of [published, candidate]) cpSync(source, to, { recursive: true })
  return { models, published, candidate }
}

/** What LFS leaves where the files were not fetched. */
const LFS = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 296093\n`

const DAMAGES: [string, (dir: string) => void][] = [
  ['half a model', (dir) => truncateSync(join(dir, 'model.txt'), 60_000)],
  ['an LFS pointer', (dir) => writeFileSync(join(dir, 'model.txt'), LFS)],
]

describe.each(DAMAGES)('%s', (_, damage) => {
  it('is not promoted', () => {
    const { models, published, candidate } = place()
    rmSync(published, { recursive: true })
    damage(candidate)
    const { status, said } = taskclf(models, 'train', 'promote', candidate, ...SCHEMA)
    expect(existsSync(join(models, 'active.json'))).toBe(false)
    expect(existsSync(published)).toBe(false)
    expect(status).toBe(1)
    expect(said).toContain('load_failed')
  })

  it.each([
    ['set-active', ['model', 'set-active', '--model-id', BEST]],
    ['select', ['model', 'select', '--activate', ...SCHEMA]],
  ])('is not activated by %s', (__, args) => {
    const { models, published } = place()
    damage(published)
    const { status, said } = taskclf(models, ...args)
    expect(existsSync(join(models, 'active.json'))).toBe(false)
    expect(status).toBe(1)
    expect(said).toContain('load_failed')
  })

  it('is named by verify and by doctor', () => {
    const { models, published } = place()
    damage(published)
    expect(taskclf(models, 'model', 'verify')).toMatchObject({ status: 1 })
    expect(taskclf(models, 'model', 'verify').said).toContain('load_failed')
    expect(taskclf(models, 'doctor').said).toContain('load_failed')
  })
})

it('does not promote a model that fails its own self-test', async () => {
  const { models, published, candidate } = place()
  const bundle = await readBundle(candidate, { promoted: false })
  if (bundle.status === 'invalid') throw new Error('the demo is damaged')
  const rows = []
  for await (const batch of readRowBatches(join(demoDir, 'windows.csv')))
    for (const { values } of batch)
      if (rows.length < 20 && Object.values(values).every((value) => value !== null && value !== ''))
        rows.push(values)
  const { label: _, ...first } = rows[0] as Record<string, unknown>
  expect(Object.keys(first).length).toBeGreaterThan(5)
  const predictor = await loadPredictor(bundle)
  const { outputs: probabilities } = await predictor.predictBatch(rows)
  const width = predictor.labels.length
  const expected = rows.map((__, i) => [...probabilities.slice(i * width, (i + 1) * width)])
  writeFileSync(
    join(candidate, 'self_test.json'),
    JSON.stringify({ version: 1, rows, expected, tolerance: 1e-9 }),
  )
  const path = join(candidate, 'categorical_encoders.json')
  const encoders = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string[]>
  const reversed = Object.entries(encoders).map(([column, vocabulary]) => [column, vocabulary.reverse()])
  writeFileSync(path, JSON.stringify(Object.fromEntries(reversed)))
  rmSync(published, { recursive: true })
  const { status, said } = taskclf(models, 'train', 'promote', candidate, ...SCHEMA)
  expect(existsSync(join(models, 'active.json'))).toBe(false)
  expect(status).toBe(1)
  expect(said).toContain('self_test_failed')
})
