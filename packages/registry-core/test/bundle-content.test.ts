import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import type { LocalValidBundle } from '../src/format/bundle.js'
import { buildManifest, computeBundleDigest } from '../src/local/build-manifest.js'
import { readBundleContent } from '../src/local/bundle-content.js'
import { runChecks } from '../src/local/checks.js'
import { digestFiles } from '../src/local/digest-files.js'
import { readBundle } from '../src/local/read-bundle.js'
import { readHashed } from '../src/local/read-hashed.js'

async function valid(dir: string): Promise<LocalValidBundle> {
  const bundle = await readBundle(dir)
  if (bundle.status === 'invalid') throw new Error(bundle.problems[0]?.message)
  return bundle
}

async function publish(files: Record<string, string> = {}): Promise<string> {
  const dir = writeBundle(scratchDir(), 'run-1', { files: { 'notes.md': 'n', ...files } })
  mkdirSync(join(dir, 'plots'))
  writeFileSync(join(dir, 'plots', 'a.svg'), 'a')
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
  return dir
}

/** What may be added to a published bundle without making it another. */
function decorate(dir: string): void {
  for (const name of ['model.sig', 'origin.sig', 'x.sigstore.json', '.hidden', 'plots/a.svg.sig'])
    writeFileSync(join(dir, name), name)
}

describe('the digest of a bundle', () => {
  it('is over the files that its manifest lists, and over nothing that was added', async () => {
    const dir = await publish()
    const digest = await computeBundleDigest(dir)
    decorate(dir)
    writeFileSync(join(dir, 'stranger.txt'), 's')
    execFileSync('mkfifo', [join(dir, 'pipe')])
    expect(await computeBundleDigest(dir)).toBe(digest)
    const content = await readBundleContent(await valid(dir))
    expect(content.digest).toBe(digest)
    expect(Object.keys(content.files)).toEqual([
      'metadata.json',
      'metrics.json',
      'model.txt',
      'notes.md',
      'plots/a.svg',
    ])
  })

  it('is over all files where there is no manifest, but for signatures and hidden ones', async () => {
    const dir = writeBundle(scratchDir(), 'run-1')
    mkdirSync(join(dir, 'plots'))
    const digest = await computeBundleDigest(dir)
    decorate(dir)
    expect(await computeBundleDigest(dir)).toBe(digest)
    expect(Object.keys((await buildManifest(dir)).files)).toEqual([
      'metadata.json',
      'metrics.json',
      'model.txt',
    ])
    writeFileSync(join(dir, 'stranger.txt'), 's')
    expect(await computeBundleDigest(dir)).not.toBe(digest)
  })

  it('changes with a listed file, and when one is gone', async () => {
    const dir = await publish()
    const digest = await computeBundleDigest(dir)
    writeFileSync(join(dir, 'plots', 'a.svg'), 'b')
    const changed = await computeBundleDigest(dir)
    expect(changed).not.toBe(digest)
    rmSync(join(dir, 'plots', 'a.svg'))
    const gone = await computeBundleDigest(dir)
    expect([digest, changed]).not.toContain(gone)
  })

  it('leaves out what is never part of it, whatever lists it', () => {
    const entry = { sha256: '0'.repeat(64), size: 1 }
    const all = { 'model.txt': entry, 'model.sig': entry, 'plots/.x': entry, 'manifest.json': entry }
    expect(digestFiles(all)).toBe(digestFiles({ 'model.txt': entry }))
  })
})

describe('a bundle without a manifest that changed since it was read', () => {
  const replace = (name: string, key: string, value: unknown) => (dir: string) => {
    const path = join(dir, name)
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), [key]: value }))
  }

  it.each<[string, (dir: string) => void]>([
    ['a label', replace('metadata.json', 'label_set', ['Build', 'Other'])],
    ['a key that nobody knows', replace('metadata.json', 'x', 1)],
    ['a metric', replace('metrics.json', 'macro_f1', 0.1234)],
    ['metadata that are none', (dir) => writeFileSync(join(dir, 'metadata.json'), '{')],
    ['metrics that are gone', (dir) => rmSync(join(dir, 'metrics.json'))],
    ['another model that is looked for first', (dir) => writeFileSync(join(dir, 'model.onnx'), 'm')],
    ['a document larger than any', (dir) => truncateSync(join(dir, 'metadata.json'), 64 << 20)],
  ])('is refused: %s', async (_, change) => {
    const dir = writeBundle(scratchDir(), 'run-1')
    const bundle = await valid(dir)
    change(dir)
    for (const keepBytes of [true, false]) {
      const reading = readBundleContent(bundle, { keepBytes })
      await expect(reading).rejects.toMatchObject({ code: 'bundle_unreadable' })
      await expect(reading).rejects.toThrow(/changed since it was read/)
    }
  })

  it('accepts it when only its words were set again, and gives no more bytes than before', async () => {
    const dir = writeBundle(scratchDir(), 'run-1')
    const bundle = await valid(dir)
    const path = join(dir, 'metadata.json')
    writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), null, 8))
    const { bytes, digest } = await readBundleContent(bundle)
    expect([...bytes.keys()]).toEqual(['model.txt'])
    expect(digest).toBe(await computeBundleDigest(dir))
  })
})

describe('readBundleContent', () => {
  it('gives the bytes that were hashed, of what a runtime reads', async () => {
    const bundle = await valid(await publish({ 'categorical_encoders.json': '{"a":["x"]}' }))
    const { bytes, digest } = await readBundleContent(bundle)
    expect([...bytes.keys()]).toEqual(['categorical_encoders.json', 'model.txt'])
    expect(String(bytes.get('categorical_encoders.json'))).toBe('{"a":["x"]}')
    const none = await readBundleContent(bundle, { keepBytes: false })
    expect([none.bytes.size, none.digest]).toEqual([0, digest])
    expect((await runChecks(bundle, undefined)).content.bytes.size).toBe(0)
  })

  it.each<[string, (dir: string) => void]>([
    ['longer', (dir) => appendFileSync(join(dir, 'model.txt'), 'x')],
    ['of other bytes', (dir) => writeFileSync(join(dir, 'notes.md'), 'N')],
    ['gone', (dir) => rmSync(join(dir, 'plots', 'a.svg'))],
    ['gone with its directory', (dir) => rmSync(join(dir, 'plots'), { recursive: true })],
  ])('refuses a bundle with a listed file that is %s', async (_how, change) => {
    const dir = await publish()
    const bundle = await valid(dir)
    change(dir)
    await expect(readBundleContent(bundle)).rejects.toMatchObject({ code: 'integrity_mismatch' })
  })

  it('refuses what is not a file of the bundle', async () => {
    const dir = writeBundle(scratchDir(), 'run-1')
    const bundle = await valid(dir)
    symlinkSync('/etc/hostname', join(dir, 'out.txt'))
    await expect(readBundleContent(bundle)).rejects.toMatchObject({ code: 'bundle_unreadable' })
    await expect(computeBundleDigest(dir)).rejects.toMatchObject({ code: 'bundle_unreadable' })
  })

  it('refuses a name that is not UTF-8, which no digest can hold', async () => {
    const dir = writeBundle(scratchDir(), 'run-1')
    const bundle = await valid(dir)
    writeFileSync(Buffer.concat([Buffer.from(`${dir}/x`), Buffer.from([0xff])]), '')
    await expect(readBundleContent(bundle)).rejects.toMatchObject({ code: 'bundle_unreadable' })
  })

  it('refuses a model too large to be loaded, without reading it; its digest can be taken', async () => {
    const dir = writeBundle(scratchDir(), 'run-1')
    truncateSync(join(dir, 'model.txt'), 2 ** 31)
    await expect(readBundleContent(await valid(dir))).rejects.toMatchObject({ code: 'bundle_unreadable' })
  })

  it('stops when it is aborted', async () => {
    const bundle = await valid(writeBundle(scratchDir(), 'run-1'))
    const reason = new Error('enough')
    await expect(readBundleContent(bundle, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

describe('readHashed', () => {
  it('reads no further than the size that it was given', async () => {
    const path = join(scratchDir(), 'log')
    writeFileSync(path, 'one')
    const grow = () => appendFileSync(path, 'more')
    await expect(readHashed(path, { keep: true, onSize: grow })).rejects.toThrow('grew')
    const shrink = () => truncateSync(path, 1)
    await expect(readHashed(path, { keep: false, onSize: shrink })).rejects.toThrow('shrank')
  })
})
