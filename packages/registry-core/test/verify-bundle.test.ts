import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { buildManifest, computeBundleDigest } from '../src/local/build-manifest.js'
import { readWithDocuments } from '../src/local/read-with-documents.js'
import { verifyBundle, verifyReading } from '../src/local/verify-bundle.js'

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function published(): Promise<string> {
  const dir = writeBundle(scratchDir(), 'run-1', { files: { 'notes.md': 'n' } })
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
  return dir
}

const outcomes = (report: { files: { name: string; outcome: string }[] }) =>
  Object.fromEntries(report.files.map((file) => [file.name, file.outcome]))

describe('buildManifest', () => {
  it('lists every file with digest and size, subdirectories too, hidden ones and itself left out', async () => {
    const dir = writeBundle(scratchDir(), 'r', { files: { '.hidden': 'x', 'manifest.json': '{}' } })
    mkdirSync(join(dir, 'sub', 'deeper'), { recursive: true })
    writeFileSync(join(dir, 'sub', 'deeper', 'w.bin'), 'w')
    writeFileSync(join(dir, 'sub', '.hidden'), 'x')
    const { version, files } = await buildManifest(dir)
    expect(version).toBe(1)
    expect(Object.keys(files)).toEqual(['metadata.json', 'metrics.json', 'model.txt', 'sub/deeper/w.bin'])
    expect(files['model.txt']).toEqual({ sha256: sha256(TINY_MODEL), size: TINY_MODEL.length })
  })

  it('hashes large files in pieces', async () => {
    const model = 'x'.repeat(3_000_001)
    const { files } = await buildManifest(writeBundle(scratchDir(), 'r', { model }))
    expect(files['model.txt']).toEqual({ sha256: sha256(model), size: 3_000_001 })
  })

  it('refuses what it could not vouch for', async () => {
    const root = scratchDir()
    const dir = writeBundle(root, 'r')
    symlinkSync('/dev/null', join(dir, 'link'))
    await expect(buildManifest(dir)).rejects.toMatchObject({ code: 'bundle_unreadable', path: dir })
    await expect(buildManifest(join(root, 'none'))).rejects.toMatchObject({ code: 'bundle_unreadable' })
    await expect(buildManifest(join(dir, 'model.txt'))).rejects.toMatchObject({ code: 'bundle_unreadable' })
  })
})

describe('computeBundleDigest', () => {
  it('hashes the canonical list of files, wherever they are and whatever else is there', async () => {
    const one = writeBundle(scratchDir(), 'a', {
      files: { 'metadata.json': null, 'metrics.json': null, 'model.txt': 'm' },
    })
    const two = writeBundle(scratchDir(), 'b', {
      files: {
        'metadata.json': null,
        'metrics.json': null,
        'model.txt': 'm',
        '.x': 'x',
        'manifest.json': '{}',
      },
    })
    const digest = await computeBundleDigest(one)
    expect(digest).toBe(`sha256:${sha256(`{"model.txt":{"sha256":"${sha256('m')}","size":1}}`)}`)
    expect(await computeBundleDigest(two)).toBe(digest)
    appendFileSync(join(two, 'model.txt'), 'm')
    expect(await computeBundleDigest(two)).not.toBe(digest)
  })
})

describe('verifyBundle', () => {
  it('is content with what was published', async () => {
    const report = await verifyBundle(await published())
    expect(report).toMatchObject({ modelId: 'run-1', ok: true, problems: [], warnings: [] })
    expect(outcomes(report)).toEqual({
      'metadata.json': 'match',
      'metrics.json': 'match',
      'model.txt': 'match',
      'notes.md': 'match',
    })
    expect(report.files[2]).toMatchObject({
      sha256: sha256(TINY_MODEL),
      expected: { sha256: sha256(TINY_MODEL) },
    })
  })

  it('finds one flipped bit in the model, which reading alone does not', async () => {
    const dir = await published()
    const bytes = readFileSync(join(dir, 'model.txt'))
    bytes[100] = (bytes[100] ?? 0) ^ 1
    writeFileSync(join(dir, 'model.txt'), bytes)
    const report = await verifyBundle(dir)
    expect(report.bundle.status).toBe('valid')
    expect([report.ok, outcomes(report)['model.txt']]).toEqual([false, 'mismatch'])
    expect(report.problems.map(({ code, file }) => [code, file])).toEqual([
      ['integrity_mismatch', 'model.txt'],
    ])
  })

  it('reports each problem once, though reading and hashing both see it', async () => {
    const dir = await published()
    rmSync(join(dir, 'notes.md'))
    appendFileSync(join(dir, 'model.txt'), '\n')
    writeFileSync(join(dir, 'added.md'), '')
    symlinkSync('nowhere', join(dir, 'broken'))
    const report = await verifyBundle(dir)
    expect(outcomes(report)).toEqual({
      'added.md': 'unlisted',
      'metadata.json': 'match',
      'metrics.json': 'match',
      'model.txt': 'mismatch',
      'notes.md': 'missing',
    })
    expect(report.problems.map(({ code, file }) => [code, file]).sort()).toEqual([
      ['integrity_mismatch', 'model.txt'],
      ['integrity_mismatch', 'notes.md'],
      ['symlink_escape', 'broken'],
    ])
    expect(report.warnings.map(({ code, file }) => [code, file])).toEqual([['unlisted_file', 'added.md']])
  })

  it('warns, once, of a file added to a bundle that is otherwise whole', async () => {
    const dir = await published()
    writeFileSync(join(dir, 'added.md'), '')
    const report = await verifyBundle(dir)
    expect([report.ok, report.warnings.map(({ code, file }) => [code, file])]).toEqual([
      true,
      [['unlisted_file', 'added.md']],
    ])
  })

  it('reports what reading found and what hashing found, once each', async () => {
    const dir = writeBundle(scratchDir(), 'r', { files: { 'b.txt': 'b', 'c.txt': 'c', 'a.txt': 'a' } })
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
    writeFileSync(join(dir, 'model.txt'), 'half')
    writeFileSync(join(dir, 'metrics.json'), '{}')
    // Of the same size: only its digest tells.
    writeFileSync(join(dir, 'b.txt'), 'B')
    const { files, problems } = await verifyBundle(dir)
    expect(files.map(({ name }) => name)).toEqual([
      'a.txt',
      'b.txt',
      'c.txt',
      'metadata.json',
      'metrics.json',
      'model.txt',
    ])
    const found = problems.map(({ code, file, at = '' }) => [code, file, at].join(' ').trim()).sort()
    expect(found).toEqual([
      'integrity_mismatch b.txt',
      'integrity_mismatch metrics.json',
      'integrity_mismatch model.txt',
      'schema_violation metrics.json',
    ])
  })

  it('has nothing to compare a bundle without a manifest with, and says so of each file', async () => {
    const report = await verifyBundle(
      writeBundle(scratchDir(), 'r', { metrics: { confusion_matrix: [[1]], label_names: ['a'] } }),
    )
    expect(report.ok).toBe(true)
    expect(new Set(Object.values(outcomes(report)))).toEqual(new Set(['no_manifest']))
    expect(new Set(report.warnings.map((warning) => warning.code))).toContain('metrics_contradict_matrix')
  })

  it('keeps every warning of the reading', async () => {
    const metrics = { macro_f1: 0.1, weighted_f1: 0.1, confusion_matrix: [[1]], label_names: ['a'] }
    const report = await verifyBundle(writeBundle(scratchDir(), 'r', { metrics }))
    const at = report.warnings
      .filter((warning) => warning.code === 'metrics_contradict_matrix')
      .map((warning) => warning.at)
    expect(at).toEqual(['macro_f1', 'weighted_f1', 'min_class_precision'])
  })

  it('answers for what is not there, is a link, or is empty', async () => {
    const root = scratchDir()
    mkdirSync(join(root, 'empty'))
    symlinkSync('empty', join(root, 'link'))
    const codes = async (name: string) =>
      (await verifyBundle(join(root, name))).problems.map((problem) => problem.code)
    expect(await codes('none')).toEqual(['vanished'])
    expect(await codes('link')).toEqual(['symlink_alias'])
    expect(await codes('empty')).toEqual(['missing_metadata', 'missing_metrics', 'missing_artifact'])
    writeFileSync(join(root, 'file'), '')
    expect(await codes('file')).toEqual(['not_a_file'])
  })

  it('names a file it may not read, and a directory', async () => {
    const base = scratchDir()
    chmodSync(base, 0o755)
    const dir = writeBundle(base, 'r', { files: { 'notes.md': 'n' } })
    mkdirSync(join(dir, 'sub'))
    chmodSync(join(dir, 'notes.md'), 0o000)
    chmodSync(join(dir, 'sub'), 0o000)
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      const report = await verifyBundle(dir)
      expect(outcomes(report)['notes.md']).toBe('unreadable')
      expect(report.problems.map(({ code, file }) => [code, file])).toEqual([
        ['unreadable', 'sub'],
        ['unreadable', 'notes.md'],
      ])
      await expect(buildManifest(dir)).rejects.toMatchObject({ code: 'io' })
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})

describe('verifyReading', () => {
  it('hashes the documents that were parsed, and every other file as it is', async () => {
    const dir = await published()
    const reading = readWithDocuments(dir)
    const was = readFileSync(join(dir, 'metrics.json'))
    for (const name of ['metrics.json', 'notes.md']) writeFileSync(join(dir, name), '{"macro_f1": 1}')
    const { bundle, files } = await verifyReading(reading)
    expect(bundle).toBe(reading.bundle)
    expect(files.map((file) => [file.name, file.sha256, file.outcome])).toEqual(
      expect.arrayContaining([
        ['metrics.json', sha256(was), 'match'],
        ['notes.md', sha256('{"macro_f1": 1}'), 'mismatch'],
      ]),
    )
    expect(outcomes(await verifyBundle(dir))).toMatchObject({ 'metrics.json': 'mismatch' })
  })

  it('keeps every document as it was parsed, however large the others are', () => {
    const long = JSON.stringify({ macro_f1: 0.9, weighted_f1: 0.9, note: 'x'.repeat(100_000) })
    const dir = writeBundle(scratchDir(), 'run-1', { files: { 'metrics.json': long } })
    const { documents } = readWithDocuments(dir)
    expect([...documents.keys()].sort()).toEqual(['metadata.json', 'metrics.json'])
    for (const [name, bytes] of documents) expect(Buffer.from(bytes)).toEqual(readFileSync(join(dir, name)))
  })

  it('contains nothing of a place where no bundle can be', async () => {
    const reading = readWithDocuments(join(scratchDir(), 'none'))
    expect(reading).toMatchObject({ documents: new Map(), root: undefined })
    expect(await verifyReading(reading)).toMatchObject({ ok: false, files: [], bundle: reading.bundle })
  })
})
