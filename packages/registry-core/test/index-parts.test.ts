import { appendFileSync, lstatSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { metadataOf, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { fromBundleJson, toBundleJson } from '../src/format/bundle-json.js'
import { decodeLine, encodeLine, type IndexLine, LONGEST_LINE } from '../src/format/index-format.js'
import { fingerprintBundle, isUnchanged, takeFingerprint } from '../src/local/bundle-fingerprint.js'
import { ownHeadLine } from '../src/local/index-head.js'
import { readBundle } from '../src/local/read-bundle.js'
import { LineReader } from '../src/local/read-lines.js'
import { sha256 } from '../src/local/sha256.js'
import { snapshotBundles } from '../src/local/snapshot-bundles.js'

const later = (ms: number) => new Date(Date.now() + ms)
const SECOND = 1_000

describe('the fingerprint of a bundle', () => {
  it('names the directory and every file, and is taken only of what has been still for two seconds', () => {
    const dir = writeBundle(scratchDir(), 'run')
    expect(takeFingerprint(dir, later(0))).toBeUndefined()
    const files = takeFingerprint(dir, later(3 * SECOND)) ?? {}
    expect(Object.keys(files).sort()).toEqual(['', 'metadata.json', 'metrics.json', 'model.txt'])
    const { size, mtimeNs, ctimeNs, ino } = lstatSync(join(dir, 'model.txt'), { bigint: true })
    expect(files['model.txt']).toBe(`${size} ${mtimeNs} ${ctimeNs} ${ino}`)
    expect(isUnchanged(dir, files)).toBe(true)
  })

  it('asks both times of a file, and not of a second or less ago', () => {
    const dir = writeBundle(scratchDir(), 'run')
    const far = new Date(Date.now() + 60 * SECOND)
    // Its contents are dated to come; its ctime is now.
    utimesSync(join(dir, 'model.txt'), far, far)
    expect(takeFingerprint(dir, later(3 * SECOND))).toBeUndefined()
    expect(takeFingerprint(dir, new Date(far.getTime() + 2 * SECOND))).toBeDefined()
    expect(takeFingerprint(dir, new Date(far.getTime() + 2 * SECOND - 1))).toBeUndefined()
    utimesSync(join(dir, 'model.txt'), 1, 1)
    // Its contents are dated long ago; its ctime is now.
    expect(takeFingerprint(dir, later(SECOND))).toBeUndefined()
    expect(takeFingerprint(dir, later(3 * SECOND))).toBeDefined()
  })

  it('is not taken of anything but plain files and directories', () => {
    const root = scratchDir()
    const dir = writeBundle(root, 'run')
    expect(takeFingerprint(join(root, 'none'), later(3 * SECOND))).toBeUndefined()
    expect(takeFingerprint(join(dir, 'model.txt'), later(3 * SECOND))).toBeUndefined()
    symlinkSync('model.txt', join(dir, 'model.onnx'))
    expect(takeFingerprint(dir, later(3 * SECOND))).toBeUndefined()
    rmSync(join(dir, 'model.onnx'))
    mkdirSync(join(dir, 'sub'))
    writeFileSync(join(dir, 'sub', 'a'), 'a')
    const files = takeFingerprint(dir, later(3 * SECOND)) ?? {}
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['', 'model.txt', 'sub', 'sub/a']))
    symlinkSync('a', join(dir, 'sub', 'b'))
    expect(takeFingerprint(dir, later(3 * SECOND))).toBeUndefined()
  })

  it('sees what changes in a subdirectory', () => {
    const dir = writeBundle(scratchDir(), 'run')
    mkdirSync(join(dir, 'sub'))
    writeFileSync(join(dir, 'sub', 'a'), 'a')
    for (const change of [
      () => writeFileSync(join(dir, 'sub', 'a'), 'b'),
      () => writeFileSync(join(dir, 'sub', 'new'), ''),
      () => rmSync(join(dir, 'sub'), { recursive: true }),
    ]) {
      const files = takeFingerprint(dir, later(3 * SECOND)) ?? {}
      const text = fingerprintBundle(dir)
      change()
      expect(isUnchanged(dir, files)).toBe(false)
      expect(fingerprintBundle(dir)).not.toBe(text)
    }
  })

  it('contains no signature and nothing hidden where it is of what is loaded, and follows links', () => {
    const dir = writeBundle(scratchDir(), 'run')
    const text = fingerprintBundle(dir)
    writeFileSync(join(dir, 'model.sig'), 's')
    writeFileSync(join(dir, '.hidden'), 's')
    expect(fingerprintBundle(dir)).toBe(text)
    writeFileSync(join(dir, 'manifest.json'), '{}')
    expect(fingerprintBundle(dir)).not.toBe(text)
  })

  it('sees every other file beside one that cannot be followed, and where that leads', () => {
    const dir = writeBundle(scratchDir(), 'run')
    const seen = new Set([fingerprintBundle(dir)])
    const link = join(dir, 'link')
    for (const change of [
      () => symlinkSync('nowhere', link),
      () => writeFileSync(join(dir, 'model.txt'), 'another model'),
      () => {
        rmSync(link)
        symlinkSync('elsewhere', link)
      },
      () => writeFileSync(join(dir, 'elsewhere'), 'now there is something'),
      () => rmSync(dir, { recursive: true }),
    ]) {
      change()
      const text = fingerprintBundle(dir)
      expect(text).toBe(fingerprintBundle(dir))
      expect(seen).not.toContain(text)
      seen.add(text)
    }
  })

  it.each<[string, (dir: string) => void]>([
    ['a file that grew', (dir) => appendFileSync(join(dir, 'model.txt'), 'x')],
    ['a file that is gone', (dir) => rmSync(join(dir, 'model.txt'))],
    ['a new file', (dir) => writeFileSync(join(dir, 'new'), '')],
    ['a bundle that is gone', (dir) => rmSync(dir, { recursive: true })],
    ['a touch', (dir) => utimesSync(join(dir, 'model.txt'), 1, 1)],
  ])('notices %s', (_, change) => {
    const dir = writeBundle(scratchDir(), 'run')
    const files = takeFingerprint(dir, later(3 * SECOND)) ?? {}
    change(dir)
    expect(isUnchanged(dir, files)).toBe(false)
  })
})

describe('a bundle as JSON', () => {
  it.each<[string, object]>([
    ['valid', {}],
    ['valid, with all that is derived', { metadata: { params: { a: 1 } } }],
    ['invalid, of a known time', { metrics: { macro_f1: 2 } }],
    ['invalid, of no known time', { metadata: { created_at: 'never' } }],
  ])('is the bundle again: %s', async (_, changes) => {
    const { metadata, metrics } = changes as { metadata?: object; metrics?: object }
    const root = scratchDir()
    const dir = writeBundle(root, 'run', {
      files: {
        'metadata.json': JSON.stringify({ ...metadataOf(), ...metadata }),
        'metrics.json': JSON.stringify({
          macro_f1: 0.75,
          weighted_f1: 0.75,
          label_names: ['a', 'b'],
          confusion_matrix: [
            [3, 1],
            [1, 3],
          ],
          ...metrics,
        }),
      },
    })
    const bundle = await readBundle(dir)
    const json = toBundleJson(bundle)
    expect(JSON.stringify(json)).not.toMatch(/"(per_class|params_hash)":[{"]/)
    const place = { modelId: 'run', location: dir }
    const again = { ...fromBundleJson(JSON.parse(JSON.stringify(json)), place, sha256), path: dir }
    expect(again).toEqual(bundle)
    expect(JSON.stringify({ ...again, createdAt: 0, partial: 0 })).toBe(
      JSON.stringify({ ...bundle, createdAt: 0, partial: 0 }),
    )
  })
})

describe('a line of the index', () => {
  const line = { model_id: 'run', files: { '': '1' }, bundle: {} } as unknown as IndexLine
  const bytes = (text: string) => Buffer.from(text)

  it('is read again, with a comma at its end or without', () => {
    expect(decodeLine(bytes(encodeLine(line, crc32)), crc32)).toMatchObject(line)
    expect(decodeLine(bytes(`${encodeLine(line, crc32)},`), crc32)).toMatchObject(line)
  })

  it('is nothing when a bit is another, when it is cut, or when it names no model', () => {
    const text = encodeLine(line, crc32)
    for (const at of [10, 12, 21, 30, text.length - 1]) {
      const changed = bytes(text)
      changed[at] = (changed[at] as number) ^ 1
      expect(decodeLine(changed, crc32)).toBeUndefined()
    }
    for (const length of [0, 1, 10, 19, 20, 21, text.length - 1])
      expect(decodeLine(bytes(text.slice(0, length)), crc32)).toBeUndefined()
    expect(
      decodeLine(bytes(encodeLine({ ...line, model_id: 7 as unknown as string }, crc32)), crc32),
    ).toBeUndefined()
    // A body of nothing has this checksum.
    expect(decodeLine(bytes('{"crc32":"00000000",,'), crc32)).toBeUndefined()
  })

  it("knows the place, the rules and the reader's ids", () => {
    const head = JSON.parse(`{${ownHeadLine('/srv/models').replace(/,$/, '}')}`)
    expect(head.taskclf).toEqual({
      version: 1,
      rules: expect.any(Number),
      root: '/srv/models',
      reader: `${process.geteuid?.() ?? ''}:${process.getegid?.() ?? ''}`,
    })
  })
})

describe('lines of a file', () => {
  const file = (text: string) => {
    const path = join(scratchDir(), 'lines')
    writeFileSync(path, text)
    return path
  }
  const all = (path: string, longest: number) => {
    const reader = new LineReader(path, longest)
    const lines: string[] = []
    for (let line = reader.next(); line !== undefined; line = reader.next()) lines.push(line.toString())
    reader.close()
    return lines
  }

  it('reads lines across the blocks in which a file is read', () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `${i} `.repeat(i % 400))
    expect(all(file(`${lines.join('\n')}\n`), 1 << 20)).toEqual(lines)
    const long = ['a'.repeat(700_000), 'b', 'c'.repeat(300_000), '']
    expect(all(file(`${long.join('\n')}\n`), 1 << 20)).toEqual(long)
  })

  it('ends at a line without a newline, and at one that is too long', () => {
    expect(all(file('a\nb'), 100)).toEqual(['a'])
    expect(all(file(`a\n${'b'.repeat(600_000)}\nc\n`), 100)).toEqual(['a'])
    expect(all(file(''), 100)).toEqual([])
  })

  it('reads the lines of a plain file', () => {
    const dir = scratchDir()
    expect(() => new LineReader(dir, 100)).toThrow()
    writeFileSync(join(dir, 'target'), 'a\n')
    symlinkSync('target', join(dir, 'link'))
    expect(() => new LineReader(join(dir, 'link'), 100)).toThrow()
    expect(process.getActiveResourcesInfo().length).toBeLessThan(100)
  })
})

describe('snapshots', () => {
  it('gives a line to what was still, short enough and lastingly so', async () => {
    const root = scratchDir()
    for (const id of ['good', 'broken', 'long']) writeBundle(root, id)
    writeFileSync(join(root, 'broken', 'metrics.json'), '{}')
    const wide = { ...metadataOf(), notes: 'x'.repeat(LONGEST_LINE) }
    writeFileSync(join(root, 'long', 'metadata.json'), JSON.stringify(wide))
    symlinkSync('good', join(root, 'link'))
    const settled = await snapshotBundles(root, { now: () => later(3 * SECOND) })
    const lines = Object.fromEntries(settled.map(({ bundle, line }) => [bundle.modelId, line !== undefined]))
    expect(lines).toEqual({ broken: true, good: true, link: false, long: false })
    const fresh = await snapshotBundles(root, { now: () => later(0) })
    expect(fresh.map(({ line }) => line)).toEqual([undefined, undefined, undefined, undefined])
    expect(fresh.map(({ bundle }) => bundle)).toEqual(settled.map(({ bundle }) => bundle))
  })

  it('gives none to what changes while it is read', async () => {
    const root = scratchDir()
    const dir = writeBundle(root, 'run')
    let looks = 0
    const now = () => {
      // Between the look before and the look after.
      if (++looks === 2) writeFileSync(join(dir, 'new'), '')
      return later(3 * SECOND)
    }
    const [snapshot] = await snapshotBundles(root, { now })
    expect([looks, snapshot?.bundle.status, snapshot?.line]).toEqual([2, 'valid', undefined])
  })
})
