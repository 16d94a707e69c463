import { chmodSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { promote } from '@taskclf/promotion'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { beforeEach, expect, it, onTestFinished } from 'vitest'

const modeOf = (...path: string[]): string => (statSync(join(...path)).mode & 0o777).toString(8)

beforeEach(() => {
  const before = process.umask(0o077)
  onTestFinished(() => void process.umask(before))
})

function place(mode: number) {
  const base = scratchDir()
  const models = join(base, 'models')
  writeBundle(models, 'run-a')
  chmodSync(models, mode)
  return { base, models }
}

async function bundleOf(models: string): Promise<LocalValidBundle> {
  const bundle = await readBundle(join(models, 'run-a'))
  if (bundle.status !== 'valid') throw new Error('the bundle should be valid')
  return bundle
}

it.each([0o644, 0o640, 0o664])(
  'keeps the mode of active.json in a switch under umask 077: %o',
  async (mode) => {
    const { models } = place(0o755)
    const bundle = await bundleOf(models)
    await writeActiveAtomic(models, bundle, { source: 'manual' })
    chmodSync(join(models, 'active.json'), mode)
    await writeActiveAtomic(models, bundle, { source: 'manual' })
    expect(modeOf(models, 'active.json')).toBe(mode.toString(8))
  },
)

it.each([
  [0o755, '644', '755'],
  [0o750, '640', '750'],
  [0o700, '600', '700'],
])(
  'makes all of a promotion under umask 077 as readable as the models dir of mode %o',
  async (mode, file, dir) => {
    const { base, models } = place(mode)
    mkdirSync(join(base, 'candidates'))
    const candidateDir = writeBundle(join(base, 'candidates'), 'run-b', { metrics: { macro_f1: 0.99 } })
    const { outcome, activeModelId } = await promote({ candidateDir, modelsDir: models })
    expect(outcome).toBe('promoted')
    for (const name of ['active.json', 'active_history.jsonl', 'index.json'])
      expect([name, modeOf(models, name)]).toEqual([name, file])
    const published = activeModelId as string
    expect([modeOf(models, published), modeOf(models, '.taskclf')]).toEqual([dir, dir])
    for (const name of readdirSync(join(models, published)))
      expect([name, modeOf(models, published, name)]).toEqual([name, file])
  },
)
