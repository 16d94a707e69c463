import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findArtifacts } from '../src/format/find-artifacts.js'
import { readDocument } from '../src/format/read-document.js'
import { DirectorySource } from '../src/local/directory-source.js'
import { listBundles } from '../src/local/list-bundles.js'
import { readBundleIn } from '../src/local/read-bundle-in.js'

/** Lists a models dir that holds one good bundle beside whatever `make` puts there; the good one must not suffer. */
async function codesOf(make: (root: string, outside: string) => void | Promise<void>): Promise<string[]> {
  const base = scratchDir()
  const root = join(base, 'models')
  const outside = join(base, 'outside')
  mkdirSync(root)
  mkdirSync(outside)
  writeBundle(root, 'zz-good')
  await make(root, outside)
  const bundles = await listBundles(root)
  expect(bundles.at(-1)).toMatchObject({ modelId: 'zz-good', status: 'valid' })
  return bundles
    .slice(0, -1)
    .flatMap((bundle) =>
      bundle.status === 'valid'
        ? 'valid'
        : bundle.problems.map(({ code, file }) => (file === '' ? code : `${code} ${file}`)),
    )
}

/** Modes do not bind root: give its rights up for the moment. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    return await run()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

const metadata = (text: string | Uint8Array) => (root: string) => {
  writeBundle(root, 'bad', { files: { 'metadata.json': text } })
}

const VALID = '"created_at": "2026-03-01T00:00:00Z", "schema_hash": "x"'

describe('hostile documents: one bad bundle, and all others as before', () => {
  it.each<[string, string | Uint8Array, string[]]>([
    ['a byte that is not UTF-8', Uint8Array.from([0x7b, 0xff, 0x7d]), ['not_utf8 metadata.json']],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), ['not_utf8 metadata.json']],
    ['a byte order mark', `\ufeff{${VALID}}`, ['malformed_json metadata.json']],
    [
      'a depth of 100,000',
      `{${VALID}, "x": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      ['too_deep metadata.json'],
    ],
    ['a number of 5,000 digits nobody reads', `{${VALID}, "x": ${'9'.repeat(5000)}}`, ['valid']],
    ['a key named __proto__', `{${VALID}, "__proto__": {"model_id": 5}, "constructor": 1}`, ['valid']],
    ['a key that stands twice', `{${VALID}, "x": 1, "x": 1}`, ['duplicate_key metadata.json']],
    ['a lone surrogate as label', `{${VALID}, "label_set": ["\\ud800"]}`, ['schema_violation metadata.json']],
    ['NaN', `{${VALID}, "x": NaN}`, ['malformed_json metadata.json']],
    ['17 MiB', `{${VALID}}${' '.repeat(17 * 1024 * 1024)}`, ['too_large metadata.json']],
    ['a list', '[]', ['schema_violation metadata.json']],
    ['null', 'null', ['schema_violation metadata.json']],
  ])('reports %s', async (_name, text, codes) => {
    expect(await codesOf(metadata(text))).toEqual(codes)
  })

  it('escapes what a terminal would obey in every message', async () => {
    const root = scratchDir()
    writeBundle(root, 'a', { files: { 'metadata.json': '\u001b[2Jx' } })
    writeBundle(root, 'b', { metadata: { model_id: '\u001b]0;t\u0007\u202e', created_at: '\u001b[31m' } })
    const messages = (await listBundles(root)).flatMap((bundle) =>
      bundle.status === 'invalid' ? bundle.problems.map((problem) => problem.message) : [],
    )
    expect(messages).toHaveLength(3)
    for (const message of messages) expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

describe('what is not a regular file is never opened', () => {
  it('never opens a FIFO', async () => {
    const codes = await codesOf((root) => {
      const dir = writeBundle(root, 'bad', { files: { 'metadata.json': null } })
      execFileSync('mkfifo', [join(dir, 'metadata.json')])
    })
    expect(codes).toEqual(['not_a_file metadata.json'])
  })

  it('never opens a socket', async () => {
    const server = createServer()
    onTestFinished(() => void server.close())
    const codes = await codesOf(async (root) => {
      const dir = writeBundle(root, 'bad', { files: { 'model.txt': null } })
      await new Promise<void>((resolve) => server.listen(join(dir, 'model.txt'), resolve))
    })
    expect(codes).toEqual(['not_a_file model.txt'])
  })

  it('never opens a directory in place of a document', async () => {
    const codes = await codesOf((root) => {
      mkdirSync(join(writeBundle(root, 'bad', { files: { 'metrics.json': null } }), 'metrics.json'))
    })
    expect(codes).toEqual(['not_a_file metrics.json'])
  })

  it('never opens a FIFO behind a link, inside the models dir', async () => {
    const codes = await codesOf((root) => {
      const dir = writeBundle(root, 'bad', { files: { 'metrics.json': null } })
      execFileSync('mkfifo', [join(root, '.pipe')])
      symlinkSync('../.pipe', join(dir, 'metrics.json'))
    })
    expect(codes).toEqual(['not_a_file metrics.json'])
  })
})

describe('links', () => {
  it('reports a link of a whole bundle: alias inside, escape outside, nowhere, or in a loop', async () => {
    const codes = await codesOf((root, outside) => {
      symlinkSync('zz-good', join(root, 'a-alias'))
      writeBundle(outside, 'elsewhere')
      symlinkSync(join(outside, 'elsewhere'), join(root, 'b-escape'))
      symlinkSync('nowhere', join(root, 'c-dangling'))
      symlinkSync('d-loop', join(root, 'd-loop'))
      symlinkSync('..', join(root, 'e-parent'))
    })
    expect(codes).toEqual([
      'symlink_alias',
      'symlink_escape',
      'symlink_escape',
      'symlink_escape',
      'symlink_escape',
    ])
  })

  it('accepts a link of a file to a regular file inside, and refuses it otherwise', async () => {
    const codes = await codesOf((root, outside) => {
      writeFileSync(join(outside, 'model.txt'), TINY_MODEL)
      const linked = (id: string, to: string) =>
        symlinkSync(to, join(writeBundle(root, id, { files: { 'model.txt': null } }), 'model.txt'))
      linked('a', '../zz-good/model.txt')
      linked('b', join(outside, 'model.txt'))
      linked('c', 'nowhere')
      linked('d', 'model.txt')
      linked('e', '/dev/zero')
      linked('f', '../zz-good')
    })
    expect(codes).toEqual(['valid', ...Array(4).fill('symlink_escape model.txt'), 'not_a_file model.txt'])
  })

  it('never shows the content of metadata that is a link to a file outside', async () => {
    const codes = await codesOf((root, outside) => {
      writeFileSync(join(outside, 'secret.json'), '{"secret": 1}')
      const dir = writeBundle(root, 'bad', { files: { 'metadata.json': null } })
      symlinkSync(join(outside, 'secret.json'), join(dir, 'metadata.json'))
    })
    expect(codes).toEqual(['symlink_escape metadata.json'])
  })

  it('refuses a neighbour whose name begins like the models dir as outside', async () => {
    const base = scratchDir()
    mkdirSync(join(base, 'models-old'))
    writeBundle(join(base, 'models-old'), 'run-1')
    mkdirSync(join(base, 'models'))
    symlinkSync('../models-old/run-1', join(base, 'models', 'run-1'))
    const [bundle] = await listBundles(join(base, 'models'))
    expect(bundle?.status === 'invalid' && bundle.problems[0]?.code).toBe('symlink_escape')
  })
})

describe('what may not be read', () => {
  it('reports directory, document and artifact without rights', async () => {
    const base = scratchDir()
    chmodSync(base, 0o755)
    const root = join(base, 'models')
    mkdirSync(root)
    writeBundle(root, 'd-good')
    const [a, b, c] = ['a', 'b', 'c'].map((id) => writeBundle(root, id)) as [string, string, string]
    chmodSync(a, 0o000)
    chmodSync(join(b, 'metrics.json'), 0o000)
    chmodSync(join(c, 'model.txt'), 0o000)
    const bundles = await asNobody(() => listBundles(root))
    const found = bundles.map((bundle) =>
      bundle.status === 'valid'
        ? 'valid'
        : bundle.problems.map((problem) => `${problem.code} ${problem.file}`).join(),
    )
    expect(found).toEqual(['unreadable ', 'unreadable metrics.json', 'unreadable model.txt', 'valid'])
  })

  it('stops the call at a models dir without rights', async () => {
    const base = scratchDir()
    chmodSync(base, 0o755)
    const root = join(base, 'models')
    mkdirSync(root, { mode: 0o000 })
    await expect(asNobody(() => listBundles(root))).rejects.toMatchObject({ code: 'models_dir_unreadable' })
  })
})

describe('names', () => {
  it('reports names that are not UTF-8 as an invalid bundle, and leaves odd ones as they are', async () => {
    const base = scratchDir()
    const odd = ['a\nb', 'b"c', "c'd", 'd\u001b[31m', 'ü', 'run\u2028x', 'n'.repeat(255)]
    for (const id of odd) writeBundle(base, id)
    const bytes = Buffer.concat([Buffer.from(`${base}/run-`), Buffer.from([0xff, 0x0a])])
    mkdirSync(bytes)
    try {
      const bundles = await listBundles(base)
      expect(bundles.map((bundle) => bundle.modelId)).toEqual([...odd, 'run-\\xff\\x0a'].sort())
      const bad = bundles.filter((bundle) => bundle.status === 'invalid')
      expect(bad.map((bundle) => bundle.problems.map((problem) => problem.code))).toEqual([['unusable_name']])
    } finally {
      rmSync(bytes, { recursive: true })
    }
  })
})

describe('what goes away while it is read', () => {
  it('bundles: those already read stay, the rest have vanished', async () => {
    const root = scratchDir()
    const ids = Array.from({ length: 800 }, (_, i) => `run-${String(i).padStart(4, '0')}`)
    for (const id of ids) writeBundle(root, id)
    // The first slice of work is done when the call returns; the directory has been listed by then.
    const listing = listBundles(root)
    for (const id of ids) rmSync(join(root, id), { recursive: true })
    const bundles = await listing
    const gone = bundles.filter((bundle) => bundle.status === 'invalid')
    expect(bundles).toHaveLength(800)
    expect(gone.length).toBeGreaterThan(0)
    expect(gone.length).toBeLessThan(800)
    for (const bundle of gone) expect(bundle.problems.map((problem) => problem.code)).toEqual(['vanished'])
  })

  it('files', () => {
    const root = scratchDir()
    const dir = writeBundle(root, 'r')
    const source = new DirectorySource(root, dir)
    const listed = source.list()
    if (!listed.ok) throw new Error(listed.problem.message)
    rmSync(join(dir, 'metadata.json'))
    rmSync(join(dir, 'model.txt'))
    const document = readDocument(source, 'metadata.json', () => [])
    expect(document.problems.map((problem) => problem.code)).toEqual(['vanished'])
    expect(findArtifacts(source, listed.value, undefined).problems.map((problem) => problem.code)).toEqual([
      'vanished',
    ])
    renameSync(dir, join(root, 'elsewhere'))
    const gone = readBundleIn({ root, dir, modelId: 'r', promoted: true })
    expect(gone.status === 'invalid' && gone.problems[0]?.code).toBe('vanished')
  })
})
