import { openSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it, vi } from 'vitest'
import { snapshotBundles } from '../src/local/snapshot-bundles.js'
import { writeIndex } from '../src/local/write-index.js'

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>()
  return { ...fs, openSync: vi.fn(fs.openSync) }
})

const RANKING = {
  generated_at: '2026-03-01T00:00:00.000Z',
  schema_hash: '',
  policy_version: 1,
  ranked: [],
  excluded: [],
  best_model_id: null,
}

/** An index of two bundles, as if they had been so for long; afterwards one changes. */
async function scene(): Promise<string> {
  const root = scratchDir()
  for (const id of ['run-a', 'run-b']) writeBundle(root, id)
  const now = () => new Date(Date.now() + 60_000)
  await writeIndex(root, { snapshots: await snapshotBundles(root, { now }), ranking: RANKING })
  writeFileSync(join(root, 'run-b', 'notes.txt'), 'changed')
  return root
}

/** Which documents are opened. */
async function opened(root: string, useIndex: boolean | undefined): Promise<string[]> {
  vi.mocked(openSync).mockClear()
  await snapshotBundles(root, { now: () => new Date(), ...(useIndex !== undefined && { useIndex }) })
  const paths = vi.mocked(openSync).mock.calls.map(([path]) => relative(root, String(path)))
  return paths.filter((path) => path.endsWith('metrics.json')).sort()
}

it('reads what changed since the index was written, and nothing else of the documents', async () => {
  expect(await opened(await scene(), true)).toEqual(['run-b/metrics.json'])
})

it('reads everything unless asked to use the index', async () => {
  const all = ['run-a/metrics.json', 'run-b/metrics.json']
  expect(await opened(await scene(), undefined)).toEqual(all)
})
