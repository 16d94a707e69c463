import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { metadataOf, metricsOf, scratchDir, writeBundle } from '@taskclf/test-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bundle } from '../src/format/bundle.js'
import type { BundleSource } from '../src/format/bundle-source.js'
import { type GatheredFile, gatheredSource } from '../src/format/gathered-source.js'
import { readBundleFrom } from '../src/format/read-bundle-from.js'
import { buildManifest } from '../src/local/build-manifest.js'
import { DirectorySource } from '../src/local/directory-source.js'
import { sha256 } from '../src/local/sha256.js'

/** Something done to a bundle in order. */
type Damage = (dir: string) => void

const write =
  (name: string, text: string | Buffer): Damage =>
  (dir) => {
    rmSync(join(dir, name), { force: true, recursive: true })
    writeFileSync(join(dir, name), text)
  }

const DAMAGE: Record<string, Damage> = {
  'no metadata': (dir) => rmSync(join(dir, 'metadata.json'), { force: true }),
  'metrics cut short': write('metrics.json', '{"macro_f1": 0.9'),
  'not UTF-8': write('metadata.json', Buffer.from([0x7b, 0xff, 0x7d])),
  'a key twice': write('metrics.json', '{"macro_f1": 0.9, "weighted_f1": 0.9, "macro_f1": 0.1}'),
  'a figure out of range': write('metrics.json', JSON.stringify(metricsOf({ macro_f1: 1.5 }))),
  'another id': write('metadata.json', JSON.stringify(metadataOf({ model_id: 'another' }))),
  'its own id': write('metadata.json', JSON.stringify(metadataOf({ model_id: 'run-1' }))),
  'no such time': write('metadata.json', JSON.stringify(metadataOf({ created_at: '2026-02-30' }))),
  'artifacts named': write(
    'metadata.json',
    JSON.stringify(metadataOf({ artifacts: ['model.onnx', 'model.txt'] })),
  ),
  'unknown and strange keys': write(
    'metrics.json',
    '{"macro_f1": 0.9, "weighted_f1": 0.9, "__proto__": {"x": -0}, "far": 1e999}',
  ),
  'figures that contradict the matrix': write(
    'metrics.json',
    '{"macro_f1": 0.1, "weighted_f1": 0.9, "label_names": ["a", "b"], "confusion_matrix": [[3, 1], [0, 4]]}',
  ),
  'a model of no bytes': write('model.txt', ''),
  'another model': write('model.onnx', 'x'),
  'no model': (dir) => rmSync(join(dir, 'model.txt'), { force: true }),
  encoders: write('categorical_encoders.json', '{"app": ["__unknown__", "größer"]}'),
  'bad encoders': write('categorical_encoders.json', '{"app": ["a", "a"]}'),
  'a self-test': write(
    'self_test.json',
    '{"version": 1, "rows": [{"x": 1}], "expected": [[0.5]], "tolerance": 1e-6}',
  ),
  'a document of 100 KiB': write(
    'metrics.json',
    JSON.stringify({ ...metricsOf({}), note: 'x'.repeat(102_400) }),
  ),
  'a document of exactly the buffer': write('metrics.json', JSON.stringify(metricsOf({})).padEnd(65_536)),
  'something unlisted': write('notes.txt', 'x'),
  'a file of the manifest gone': (dir) => rmSync(join(dir, 'extra.csv'), { force: true }),
}

const damages = fc.uniqueArray(fc.constantFrom(...Object.keys(DAMAGE)), { maxLength: 4 })

/** The files of a bundle as they could be gathered of any store. */
function gather(dir: string): Map<string, GatheredFile> {
  const files = new Map<string, GatheredFile>()
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    files.set(relative(dir, path), { size: bytes.length, bytes })
  }
  return files
}

/** Takes back what it gave as soon as it is asked for anything else. */
function forgetful(source: BundleSource): BundleSource {
  let given = new Uint8Array()
  const forget = () => given.fill(0x20)
  return {
    list: () => source.list(),
    read(name) {
      forget()
      const read = source.read(name)
      if (!read.ok) return read
      given = Uint8Array.from(read.value)
      return { ok: true, value: given }
    },
    open(name) {
      forget()
      return source.open(name)
    },
    sizeOf(name) {
      forget()
      return source.sizeOf(name)
    },
    isGone() {
      forget()
      return source.isGone()
    },
  }
}

it('answers the same of a directory, of what was gathered of it, and of a source that keeps nothing', async () => {
  const root = scratchDir()
  const answers = new Map<Bundle['status'], number>()
  await fc.assert(
    fc.asyncProperty(
      damages,
      fc.constantFrom('none', 'before', 'after'),
      fc.boolean(),
      async (names, manifest, promoted) => {
        rmSync(join(root, 'run-1'), { recursive: true, force: true })
        const dir = writeBundle(root, 'run-1', { files: { 'extra.csv': 'a,b\n' } })
        mkdirSync(join(dir, 'plots'))
        writeFileSync(join(dir, 'plots', 'roc.svg'), '<svg/>')
        const publish = async () => {
          const built = await buildManifest(dir).catch(() => undefined)
          if (built !== undefined) writeFileSync(join(dir, 'manifest.json'), JSON.stringify(built))
        }
        if (manifest === 'before') await publish()
        for (const name of names) DAMAGE[name]?.(dir)
        if (manifest === 'after') await publish()
        const place = { modelId: 'run-1', promoted, location: 'somewhere' }
        const read = readBundleFrom(new DirectorySource(root, dir), place, sha256)
        expect(readBundleFrom(gatheredSource(gather(dir)), place, sha256)).toStrictEqual(read)
        expect(readBundleFrom(forgetful(new DirectorySource(root, dir)), place, sha256)).toStrictEqual(read)
        answers.set(read.status, (answers.get(read.status) ?? 0) + 1)
      },
    ),
    { numRuns: 400 },
  )
  expect(answers.get('valid')).toBeGreaterThan(40)
  expect(answers.get('invalid')).toBeGreaterThan(40)
})

describe('what was gathered', () => {
  const place = { modelId: 'run-1', promoted: true, location: 's3://models/run-1' }
  const problemsOf = (bundle: Bundle) =>
    bundle.status === 'invalid' ? bundle.problems.map(({ code, file }) => [code, file]) : []
  const gathered = (changed: Record<string, GatheredFile>) => {
    const files = new Map([...gather(writeBundle(scratchDir(), 'run-1')), ...Object.entries(changed)])
    return readBundleFrom(gatheredSource(files), place, sha256)
  }

  it('needs no bytes of a model, and is where it is said to be', () => {
    const bundle = gathered({ 'model.txt': { size: 5_000_000_000 } })
    expect(bundle).toMatchObject({ status: 'valid', location: 's3://models/run-1', artifacts: ['model.txt'] })
  })

  it('differs from what is not there: a document without its bytes cannot be read', () => {
    expect(problemsOf(gathered({ 'self_test.json': { size: 20 } }))).toEqual([
      ['unreadable', 'self_test.json'],
    ])
    expect(problemsOf(gathered({ 'self_test.json': { size: 20_000_000 } }))).toEqual([
      ['too_large', 'self_test.json'],
    ])
  })

  it('refuses a directory where a document or a model belongs', () => {
    expect(problemsOf(gathered({ 'self_test.json/x': { size: 1 }, 'model.bin/x': { size: 1 } }))).toEqual([
      ['not_a_file', 'self_test.json'],
    ])
    const files = new Map([['model.txt/x', { size: 1 }]])
    expect(problemsOf(readBundleFrom(gatheredSource(files), place, sha256))).toEqual([
      ['missing_metadata', 'metadata.json'],
      ['missing_metrics', 'metrics.json'],
      ['not_a_file', 'model.txt'],
    ])
  })

  it('carries encoders and self-test as they were parsed', () => {
    const text = (value: unknown): GatheredFile => {
      const bytes = new TextEncoder().encode(JSON.stringify(value))
      return { size: bytes.length, bytes }
    }
    const encoders = { app_id: ['__unknown__', 'editor'] }
    const selfTest = { version: 1, rows: [{ x: 1 }], expected: [[0.4, 0.6]], tolerance: 1e-6 }
    const bundle = gathered({
      'categorical_encoders.json': text(encoders),
      'self_test.json': text(selfTest),
    })
    expect(bundle).toMatchObject({ status: 'valid', encoders, selfTest })
    expect(gathered({})).toMatchObject({ encoders: undefined, selfTest: undefined })
  })
})
