import { openSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { buildManifest, type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { DEFAULT_POLICY } from '@taskclf/selection-policy'
import { writeBundle } from '@taskclf/test-kit'
import { describe, expect, it, vi } from 'vitest'
import { promote, refreshIndex } from '../src/index.js'
import { place, scored } from './support.js'

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>()
  return { ...fs, openSync: vi.fn(fs.openSync) }
})
vi.mock('node:fs/promises', async (load) => {
  const fs = await load<typeof import('node:fs/promises')>()
  return { ...fs, open: vi.fn(fs.open) }
})

const ACTIVE = 'run-3'

/** A registry of seven models, of which one is active, with an index of six: one changed since. */
async function scene() {
  const { base, models } = place()
  for (let i = 0; i < 7; i++)
    writeBundle(models, `run-${i}`, { metrics: { macro_f1: i === 3 ? 0.9 : 0.8 + i / 100 } })
  const champion = (await readBundle(join(models, ACTIVE))) as LocalValidBundle
  await writeActiveAtomic(models, champion, { source: 'promotion' })
  await refreshIndex(models, DEFAULT_POLICY, {}, { now: () => new Date(Date.now() + 60_000) })
  writeBundle(models, 'run-6', { metrics: { macro_f1: 0.85 } })
  return { base, models }
}

/** How often each file below a directory is opened by a promotion. */
async function opensOf(base: string, work: () => Promise<unknown>): Promise<Record<string, number>> {
  vi.mocked(openSync).mockClear()
  vi.mocked(open).mockClear()
  await work()
  const calls = [...vi.mocked(openSync).mock.calls, ...vi.mocked(open).mock.calls]
  const opens: Record<string, number> = {}
  for (const [path] of calls) {
    const name = relative(base, String(path))
    opens[name] = (opens[name] ?? 0) + 1
  }
  return opens
}

const perDocument = (of: string, times: number) =>
  Object.fromEntries(['metadata.json', 'metrics.json'].map((name) => [`${of}/${name}`, times]))

describe('what a promotion opens', () => {
  it('reads the documents of each model once, and again for the index only what changed since it was written', async () => {
    const { base, models } = await scene()
    const candidateDir = scored(base, 'run-9', 0.95)
    const opens = await opensOf(base, () => promote({ candidateDir, modelsDir: models }))
    for (const id of ['run-0', 'run-1', 'run-2', 'run-4', 'run-5'])
      expect(opens).toMatchObject(perDocument(`models/${id}`, 1))
    expect(opens).toMatchObject(perDocument('models/run-6', 2))
    // Its content is compared with what was activated, and it is looked at under the lock.
    expect(opens).toMatchObject(perDocument(`models/${ACTIVE}`, 3))
  })

  it('reads the documents of the candidate once to judge and hash them, and once to copy them', async () => {
    const { base, models } = await scene()
    const candidateDir = scored(base, 'run-9', 0.95)
    const manifest = JSON.stringify(await buildManifest(candidateDir))
    writeFileSync(join(candidateDir, 'manifest.json'), manifest)
    const opens = await opensOf(base, () => promote({ candidateDir, modelsDir: models }))
    expect(opens).toMatchObject(perDocument('candidates/run-9', 2))
    // The model is looked at, hashed and copied; the manifest is written from what was read.
    expect(opens).toMatchObject({ 'candidates/run-9/model.txt': 3, 'candidates/run-9/manifest.json': 1 })
  })

  it('opens the pointer once to decide by, and once before it is replaced', async () => {
    const { base, models } = await scene()
    const candidateDir = scored(base, 'run-9', 0.95)
    const opens = await opensOf(base, () => promote({ candidateDir, modelsDir: models }))
    expect(opens).toMatchObject({ 'models/active.json': 2 })
  })

  it('opens the pointer once more where it stays, to see that it still does', async () => {
    const { base, models } = await scene()
    const candidateDir = scored(base, 'run-9', 0.895)
    const settings = { candidateDir, modelsDir: models, refreshIndex: false } as const
    const opens = await opensOf(base, () => promote(settings))
    expect(opens).toMatchObject({ 'models/active.json': 2, ...perDocument(`models/${ACTIVE}`, 2) })
  })
})

describe('refreshIndex', () => {
  it('reads every model', async () => {
    const { base, models } = await scene()
    const opens = await opensOf(base, () =>
      refreshIndex(models, DEFAULT_POLICY, {}, { now: () => new Date() }),
    )
    for (let i = 0; i < 7; i++) expect(opens).toMatchObject(perDocument(`models/run-${i}`, 1))
  })
})
