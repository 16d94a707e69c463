import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import {
  copyRegistryModels,
  fixturePath,
  metadataOf,
  metricsOf,
  scratchDir,
  writeBundle,
} from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeLine, type IndexLine } from '../src/format/index-format.js'
import type { IndexRanking } from '../src/format/index-ranking.js'
import { openIndex } from '../src/local/index-cache.js'
import { listBundles } from '../src/local/list-bundles.js'
import { listModelsDir } from '../src/local/models-dir-entries.js'
import { readIndex } from '../src/local/read-index.js'
import { snapshotBundles } from '../src/local/snapshot-bundles.js'
import { writeIndex } from '../src/local/write-index.js'

const RANKING: IndexRanking = {
  generated_at: '2026-03-01T00:00:00.000Z',
  schema_hash: '',
  policy_version: 1,
  ranked: [],
  excluded: [],
  best_model_id: null,
}

async function refresh(root: string, now = () => new Date(), useIndex = false): Promise<void> {
  await writeIndex(root, { snapshots: await snapshotBundles(root, { now, useIndex }), ranking: RANKING })
}

/** How many bundles the index answers for. */
function countTaken(root: string): number {
  const index = openIndex(root)
  const taken = listModelsDir(root).filter((entry) => index?.take(entry) !== undefined)
  index?.close()
  return taken.length
}

/** Longer than the grain that the index allows a file system's clock. */
const SETTLED_MS = 2_200

/** An index of what is there, as if it had been so for long. */
function refreshSettled(root: string): Promise<void> {
  return refresh(root, () => new Date(Date.now() + SETTLED_MS))
}

const BUNDLES = ['a', 'b', 'c']

function makeModels(root: string): string {
  for (const id of BUNDLES) writeBundle(root, id)
  writeBundle(root, 'strange', {
    files: { 'metrics.json': '{"macro_f1": -0, "weighted_f1": 0.5, "far": 1e999, "__proto__": {"x": "ü"}}' },
  })
  writeBundle(root, 'broken', { metrics: metricsOf({ macro_f1: 2 }) })
  return root
}

/** Something done to a models dir; `pick` chooses among the bundles that are there. */
type Step = { what: keyof typeof STEPS; pick: number }

const metricsWith = (macro: number) => JSON.stringify(metricsOf({ macro_f1: macro }))

const STEPS = {
  add: (root: string, pick: number) =>
    writeBundle(root, `added-${pick}`, { metrics: metricsOf({ macro_f1: 0.5 }) }),
  remove: (root: string, pick: number) => rmSync(chosen(root, pick), { recursive: true, force: true }),
  edit: (root: string, pick: number) =>
    writeFileSync(join(chosen(root, pick), 'metrics.json'), metricsWith(0.123)),
  /** Same size, same mtime, in place: only the ctime tells. */
  'edit unseen': (root: string, pick: number) => {
    const file = join(chosen(root, pick), 'metrics.json')
    const { atime, mtime } = statSync(file)
    writeFileSync(file, readFileSync(file, 'latin1').replaceAll('0.9', '0.8'))
    utimesSync(file, atime, mtime)
  },
  /** Same size, same mtime, another file. */
  'replace unseen': (root: string, pick: number) => {
    const file = join(chosen(root, pick), 'metrics.json')
    const { atime, mtime } = statSync(file)
    writeFileSync(`${file}.new`, readFileSync(file, 'latin1').replaceAll('0.9', '0.7'))
    utimesSync(`${file}.new`, atime, mtime)
    renameSync(`${file}.new`, file)
  },
  'swap two': (root: string, pick: number) => {
    const [one, two] = [chosen(root, pick), chosen(root, pick + 1)]
    if (one === two) return
    renameSync(one, `${one}.x`)
    renameSync(two, one)
    renameSync(`${one}.x`, two)
  },
  'add a file': (root: string, pick: number) => writeFileSync(join(chosen(root, pick), 'model.onnx'), 'x'),
  'rewrite metadata': (root: string, pick: number) =>
    writeFileSync(
      join(chosen(root, pick), 'metadata.json'),
      JSON.stringify(metadataOf({ schema_version: 'v9' })),
    ),
  'make a link of it': (root: string, pick: number) => {
    const dir = chosen(root, pick)
    // A name of its own: the same pick may come twice.
    const moved = `.moved-${pick}-${basename(dir)}`
    renameSync(dir, join(root, moved))
    symlinkSync(moved, dir)
  },
  touch: (root: string, pick: number) => utimesSync(join(chosen(root, pick), 'model.txt'), 1, 1),
  'empty the index': (root: string) => writeFileSync(join(root, 'index.json'), ''),
  'foreign index': (root: string) =>
    writeFileSync(join(root, 'index.json'), readFileSync(fixturePath('registry/models/index.json'))),
  'cut the index': (root: string, pick: number) =>
    truncateSync(indexOf(root), Math.floor((statSync(indexOf(root)).size * pick) / 40)),
  'damage the index': (root: string, pick: number) => {
    const bytes = readFileSync(indexOf(root))
    const at = Math.floor((bytes.length * pick) / 40)
    if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ (1 << (pick % 8))
    writeFileSync(indexOf(root), bytes)
  },
  'no index': (root: string) => rmSync(indexOf(root), { force: true, recursive: true }),
  'index of another place': (root: string) =>
    writeFileSync(indexOf(root), readFileSync(indexOf(root), 'utf8').replaceAll(root, `${root}x`)),
  'index again': (root: string) => refresh(root),
  'index again, with what it holds': (root: string) => refresh(root, () => new Date(), true),
} as const satisfies Record<string, (root: string, pick: number) => unknown>

function indexOf(root: string): string {
  const path = join(root, 'index.json')
  appendFileSync(path, '')
  return path
}

/** One of the bundles that are there; a new one when none is. */
function chosen(root: string, pick: number): string {
  const ids = readdirSync(root, { withFileTypes: true }).filter(
    (e) => e.isDirectory() && !e.name.startsWith('.'),
  )
  const id = ids.sort((a, b) => (a.name < b.name ? -1 : 1))[pick % Math.max(ids.length, 1)]?.name
  return id === undefined ? writeBundle(root, 'again') : join(root, id)
}

const RUNS = 400
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ what: fc.constantFrom(...(Object.keys(STEPS) as Step['what'][])), pick: fc.nat(39) }),
  { minLength: 1, maxLength: 4 },
)

describe('the list with the index is the list without it', () => {
  it('agrees after any sequence of changes', async () => {
    const pool = Array.from({ length: RUNS }, (_, i) => makeModels(join(scratchDir(), `models-${i}`)))
    await sleep(SETTLED_MS)
    for (const root of pool) await refresh(root)
    let taken = 0
    let runs = 0
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        const root = pool[runs++] ?? ''
        // The strange one cannot be written as JSON and is read each time.
        expect(countTaken(root)).toBe(BUNDLES.length + 1)
        for (const { what, pick } of sequence) {
          await STEPS[what](root, pick)
          expect(await listBundles(root, { useIndex: true })).toStrictEqual(await listBundles(root))
        }
        taken += countTaken(root)
      }),
      { numRuns: RUNS, endOnFailure: true },
    )
    expect(taken).toBeGreaterThan(RUNS / 4)
  }, 240_000)
})

describe('after one change the list with the index is the list without it', () => {
  it.each(Object.keys(STEPS) as Step['what'][])('agrees after %s', async (what) => {
    for (const pick of [0, 1, 2]) {
      const root = makeModels(join(scratchDir(), 'models'))
      await refreshSettled(root)
      expect(countTaken(root)).toBe(BUNDLES.length + 1)
      // Longer than a tick of the clock by which a file system dates changes.
      await sleep(30)
      await STEPS[what](root, pick)
      expect(await listBundles(root, { useIndex: true })).toStrictEqual(await listBundles(root))
    }
  })
})

describe('snapshotBundles with the index', () => {
  const long = { now: () => new Date(Date.now() + 60_000) }

  it.each(Object.keys(STEPS) as Step['what'][])('agrees after %s', async (what) => {
    for (const pick of [0, 1, 2]) {
      const root = makeModels(join(scratchDir(), 'models'))
      await refreshSettled(root)
      await sleep(30)
      await STEPS[what](root, pick)
      const snapshots = await snapshotBundles(root, { ...long, useIndex: true })
      expect(snapshots).toStrictEqual(await snapshotBundles(root, long))
    }
  })
})

describe('what an index is not believed about', () => {
  it('bundles that changed just now', async () => {
    const root = makeModels(scratchDir())
    await refresh(root)
    expect(countTaken(root)).toBe(0)
  })

  it('bundles that hold anything but plain files', async () => {
    const root = scratchDir()
    for (const id of ['directory', 'link', 'plain']) writeBundle(root, id)
    mkdirSync(join(root, 'directory', 'sub'))
    symlinkSync('../model.txt', join(root, 'directory', 'sub', 'link'))
    symlinkSync('model.txt', join(root, 'link', 'model.onnx'))
    await refreshSettled(root)
    expect(countTaken(root)).toBe(1)
  })

  it('ignores anything, by another user, in another place, under other rules or in a changed format', async () => {
    const root = makeModels(join(scratchDir(), 'models'))
    await refreshSettled(root)
    const path = join(root, 'index.json')
    const good = readFileSync(path, 'utf8')
    expect(countTaken(root)).toBeGreaterThan(0)
    for (const [from, to] of [
      ['"reader":"', '"reader":"9'],
      ['"rules":', '"rules":9'],
      ['"version":1', '"version":2'],
      ['"bundles": [', '"bundles":['],
      ['{\n', '{ \n'],
    ] as const) {
      writeFileSync(path, good.replace(from, to))
      expect(countTaken(root)).toBe(0)
    }
    renameSync(root, `${root}-moved`)
    writeFileSync(join(`${root}-moved`, 'index.json'), good)
    expect(countTaken(`${root}-moved`)).toBe(0)
  })

  it('lines with a right checksum that say nothing sensible', async () => {
    const root = makeModels(scratchDir())
    await refreshSettled(root)
    const path = join(root, 'index.json')
    const [first, head, bundles, line = '', ...rest] = readFileSync(path, 'utf8').split('\n')
    const { crc32: _, ...good } = JSON.parse(line.replace(/,$/, '')) as IndexLine & { crc32: string }
    const hostile: unknown[] = [
      { ...good, bundle: null },
      { ...good, files: null },
      { ...good, files: { '../a\0b': '1' } },
      { ...good, bundle: { ...good.bundle, createdAt: ['x', 'y'] } },
      { ...good, model_id: 7 },
      { model_id: 'a' },
    ]
    for (const each of hostile) {
      writeFileSync(path, [first, head, bundles, encodeLine(each as IndexLine, crc32), ...rest].join('\n'))
      expect(await listBundles(root, { useIndex: true })).toStrictEqual(await listBundles(root))
    }
  })

  it('ignores an index that is not a regular file, or of one endless line', async () => {
    const root = makeModels(scratchDir())
    const path = join(root, 'index.json')
    const expected = await listBundles(root)
    mkdirSync(path)
    expect(await listBundles(root, { useIndex: true })).toStrictEqual(await listBundles(root))
    expect(readIndex(root).status).toBe('unusable')
    rmSync(path, { recursive: true })
    execFileSync('mkfifo', [path])
    expect(await listBundles(root, { useIndex: true })).toStrictEqual(expected)
    rmSync(path)
    writeFileSync(path, Buffer.alloc(5 << 20, 0x7b))
    expect(await listBundles(root, { useIndex: true })).toStrictEqual(expected)
  })
})

describe('writeIndex and readIndex', () => {
  it("writes one JSON document with the Python project's keys", async () => {
    const root = copyRegistryModels(scratchDir())
    const theirs = readIndex(root)
    expect(theirs).toMatchObject({ status: 'present', ours: false, ranking: { policy_version: 1 } })
    await writeIndex(root, {
      snapshots: await snapshotBundles(root, { now: () => new Date() }),
      ranking: { ...RANKING, best_model_id: 'x' },
    })
    const document: unknown = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8'))
    expect(document).toMatchObject({ ...RANKING, best_model_id: 'x' })
    expect(readIndex(root)).toEqual({
      status: 'present',
      ours: true,
      ranking: { ...RANKING, best_model_id: 'x' },
    })
    expect(readdirSync(join(root, '.taskclf'))).toEqual([])
  })

  it.each([0, 1, 2, 3])('is JSON with %i bundles', async (count) => {
    const root = scratchDir()
    for (let i = 0; i < count; i++) writeBundle(root, `run-${i}`)
    // As if they had been so for long.
    await refresh(root, () => new Date(Date.now() + 60_000))
    const { bundles } = JSON.parse(readFileSync(join(root, 'index.json'), 'utf8')) as { bundles: IndexLine[] }
    expect(bundles.map(({ model_id }) => model_id)).toEqual(
      Array.from({ length: count }, (_, i) => `run-${i}`),
    )
    expect(countTaken(root)).toBe(count)
  })

  it('distinguishes absence and damage', () => {
    const root = scratchDir()
    expect(readIndex(root)).toEqual({ status: 'absent' })
    for (const text of ['', '[]', '{', '{\n"taskclf": {},\n']) {
      writeFileSync(join(root, 'index.json'), text)
      expect(readIndex(root)).toEqual({ status: 'unusable' })
    }
  })

  it('guesses at nothing in an index of a later version', async () => {
    const root = scratchDir()
    writeBundle(root, 'run-0')
    await refresh(root, () => new Date(Date.now() + 60_000))
    const path = join(root, 'index.json')
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"taskclf": {"version":1,', '"taskclf": {"version":2,'),
    )
    expect(readIndex(root)).toEqual({ status: 'unusable' })
    expect(countTaken(root)).toBe(0)
  })

  it('reads no foreign index beyond 16 MiB', () => {
    const root = scratchDir()
    writeFileSync(join(root, 'index.json'), JSON.stringify({ a: 'x'.repeat((16 << 20) - 8) }))
    expect(readIndex(root)).toMatchObject({ status: 'present', ours: false })
    writeFileSync(join(root, 'index.json'), JSON.stringify({ a: 'x'.repeat((16 << 20) - 7) }))
    expect(readIndex(root)).toEqual({ status: 'unusable' })
  })

  it('says what failed when it cannot be written', async () => {
    const root = scratchDir()
    writeFileSync(join(root, '.taskclf'), '')
    const written = writeIndex(root, { snapshots: [], ranking: RANKING })
    await expect(written).rejects.toMatchObject({ code: 'write_failed' })
  })

  it('removes what killed writers left staged, and nothing else', async () => {
    const root = scratchDir()
    const work = join(root, '.taskclf')
    const left = '.index.json.left.tmp'
    const recent = '.index.json.recent.tmp'
    const directory = '.index.json.directory.tmp'
    const others = ['x.index.json.left.tmp', '.index.json.left.tmpx', '.index.json..tmp']
    mkdirSync(join(work, directory), { recursive: true })
    for (const name of [left, recent, ...others]) writeFileSync(join(work, name), '{')
    const hourAgo = Date.now() / 1000 - 3_600
    for (const name of [left, directory, ...others]) utimesSync(join(work, name), hourAgo - 10, hourAgo - 10)
    utimesSync(join(work, recent), hourAgo + 60, hourAgo + 60)
    await refresh(root)
    expect(readdirSync(work).sort()).toEqual([directory, recent, ...others].sort())
    expect(readIndex(root)).toMatchObject({ ours: true })
  })
})
