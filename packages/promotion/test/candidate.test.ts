import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { localStore } from '@taskclf/active-pointer'
import { nodeFileSystem } from '@taskclf/durable-fs'
import { buildManifest, verifyBundle } from '@taskclf/registry-core'
import { TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { promote, publishBundle } from '../src/index.js'
import { activeId, candidateIn, errorOf, expectWhole, place, scored, seen, staged } from './support.js'

const problemsOf = (error: { problems: readonly { code: string; file: string }[] }) =>
  error.problems.map(({ code, file }) => `${code} ${file}`)

describe('an invalid candidate', () => {
  it('is an error with every problem, and is neither published nor kept', async () => {
    const { base, models, rejected } = place()
    const candidateDir = candidateIn(base, 'run-1', {
      files: { 'metadata.json': '{"schema_hash": ""}', 'metrics.json': '{"macro_f1": 2}', 'model.txt': null },
    })
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect(error.code).toBe('candidate_invalid')
    expect(error.result).toBeUndefined()
    expect(new Set(problemsOf(error))).toEqual(
      new Set(['schema_violation metadata.json', 'schema_violation metrics.json', 'missing_artifact ']),
    )
    expect(error.problems.length).toBeGreaterThan(3)
    expect([seen(models), seen(rejected)]).toEqual([[], []])
  })

  it.each([
    ['nothing there', () => {}, 'vanished'],
    ['a file', (path: string) => writeFileSync(path, 'x'), 'not_a_file'],
  ])('rejects %s', async (_what, make, code) => {
    const { base, models } = place()
    make(join(base, 'candidate'))
    const error = await errorOf(promote({ candidateDir: join(base, 'candidate'), modelsDir: models }))
    expect([error.code, problemsOf(error)]).toEqual(['candidate_invalid', [`${code} `]])
  })

  it('reads no further in what is not a bundle at all, however large', async () => {
    const { base, models } = place()
    const candidateDir = join(base, 'home')
    mkdirSync(candidateDir)
    execFileSync('mkfifo', [join(candidateDir, 'pipe')])
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect(problemsOf(error)).toEqual([
      'missing_metadata metadata.json',
      'missing_metrics metrics.json',
      'missing_artifact ',
    ])
  })

  it.each(['../evil', '.hidden', 'a b', 'x'.repeat(129), 'ü'])('names itself %j', async (model_id) => {
    const { base, models } = place()
    const candidateDir = writeBundle(base, 'candidate', { metadata: { model_id } })
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect([error.code, problemsOf(error)]).toEqual(['candidate_invalid', ['unusable_name metadata.json']])
    expect(seen(models)).toEqual([])
  })

  it('contains a FIFO, which is not waited for', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    mkdirSync(join(candidateDir, 'deep'))
    execFileSync('mkfifo', [join(candidateDir, 'pipe'), join(candidateDir, 'deep', 'pipe')])
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect(problemsOf(error).sort()).toEqual(['not_a_file deep/pipe', 'not_a_file pipe'])
  })

  it('contains links that lead out of it, to directories, or nowhere', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    writeFileSync(join(base, 'secret'), 'secret')
    symlinkSync('../../secret', join(candidateDir, 'out'))
    symlinkSync('nowhere', join(candidateDir, 'nowhere-link'))
    symlinkSync('.', join(candidateDir, 'loop'))
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect(
      problemsOf(error)
        .map((text) => text.split(' ')[1])
        .sort(),
    ).toEqual(['loop', 'nowhere-link', 'out'])
    expect(seen(models)).toEqual([])
  })

  it('has a file whose name no manifest can hold', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9, { files: { 'a\\b': 'x' } })
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect(problemsOf(error)).toEqual(['unusable_name a\\b'])
  })
})

describe("a candidate's files", () => {
  it('links that stay inside become files; hidden files stay behind; directories are kept', async () => {
    const { base, models } = place()
    const candidateDir = candidateIn(base, 'run-1', { files: { '.secret': 's', 'model.txt': null } })
    mkdirSync(join(candidateDir, 'deep', 'er'), { recursive: true })
    mkdirSync(join(candidateDir, '.git'))
    writeFileSync(join(candidateDir, '.git', 'config'), 'x')
    writeFileSync(join(candidateDir, 'deep', 'er', 'model.bin'), TINY_MODEL)
    symlinkSync('deep/er/model.bin', join(candidateDir, 'model.txt'))
    const { path, bundleDigest } = await publishBundle({ candidateDir, modelsDir: models })
    const { files } = await verifyBundle(path)
    expect(files.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'deep/er/model.bin match',
      'metadata.json match',
      'metrics.json match',
      'model.txt match',
    ])
    rmSync(candidateDir, { recursive: true })
    expect(readFileSync(join(path, 'model.txt'), 'utf8')).toBe(TINY_MODEL)
    expect(bundleDigest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(activeId(models)).toBeUndefined()
  })

  it('publishes its own manifest as it is', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    const manifest = JSON.stringify({ made_by: 'trainer', ...(await buildManifest(candidateDir)) })
    writeFileSync(join(candidateDir, 'manifest.json'), manifest)
    const { path } = await publishBundle({ candidateDir, modelsDir: models })
    expect(readFileSync(join(path, 'manifest.json'), 'utf8')).toBe(manifest)
    await expectWhole(models)
  })

  it.each([
    ['a changed file', (dir: string) => writeFileSync(join(dir, 'model.txt'), TINY_MODEL.toUpperCase())],
    ['a short file', (dir: string) => truncateSync(join(dir, 'model.txt'), 9)],
    ['a missing file', (dir: string) => rmSync(join(dir, 'notes.md'))],
    ['another file', (dir: string) => writeFileSync(join(dir, 'more.md'), 'x')],
  ])('rejects its own manifest when it does not match %s', async (_what, change) => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9, { files: { 'notes.md': 'x' } })
    writeFileSync(join(candidateDir, 'manifest.json'), JSON.stringify(await buildManifest(candidateDir)))
    change(candidateDir)
    const error = await errorOf(promote({ candidateDir, modelsDir: models }))
    expect(error.code).toBe('candidate_invalid')
    expect(new Set(error.problems.map(({ code }) => code))).toEqual(new Set(['integrity_mismatch']))
  })
})

describe('a candidate that changes while it is promoted', () => {
  const trainerStillWrites = (path: string, text: string) => ({
    ...nodeFileSystem,
    openRead: async (from: string) => {
      if (from === path) writeFileSync(path, text)
      return nodeFileSystem.openRead(from)
    },
  })

  it.each(['model.txt', 'metrics.json', 'metadata.json'])('rejects a change in its %s', async (name) => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    const fileSystem = trainerStillWrites(join(candidateDir, name), '{"other": 1}')
    const error = await errorOf(promote({ candidateDir, modelsDir: localStore(models, { fileSystem }) }))
    expect([error.code, error.details.file]).toEqual(['candidate_changed', name])
    expect([seen(models), staged(models)]).toEqual([[], []])
  })

  it('rejects it, and the reason is not put beside another candidate', async () => {
    const { base, models, rejected } = place()
    const candidateDir = scored(base, 'run-1', 0.9, { metrics: { acceptance_pass: false } })
    const fileSystem = trainerStillWrites(join(candidateDir, 'model.txt'), 'x')
    const result = await promote({ candidateDir, modelsDir: localStore(models, { fileSystem }) })
    expect(result).toMatchObject({ outcome: 'rejected', warnings: [{ code: 'rejected_not_kept' }] })
    expect(seen(rejected)).toEqual([])
  })

  it('looks at the copy once more after it was made', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    const spoilt = {
      ...nodeFileSystem,
      createExclusive: async (path: string) => {
        if (path.endsWith('manifest.json')) writeFileSync(join(path, '..', 'metrics.json'), '{}')
        return nodeFileSystem.createExclusive(path)
      },
    }
    const error = await errorOf(
      promote({ candidateDir, modelsDir: localStore(models, { fileSystem: spoilt }) }),
    )
    expect(error.code).toBe('candidate_changed')
    expect(seen(models)).toEqual([])
  })

  it('rejects a change between the judging of its documents and the hashing of its files', async () => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    const metrics = join(candidateDir, 'metrics.json')
    const worse = readFileSync(metrics, 'utf8').replace('0.9,', '0.1,')
    // The documents are read at once, the files hashed one after another: this comes in between.
    const onProgress = (phase: string) => {
      if (phase === 'validate') setImmediate(() => writeFileSync(metrics, worse))
    }
    const error = await errorOf(promote({ candidateDir, modelsDir: models, onProgress }))
    expect(error.code).toBe('candidate_changed')
    expect(seen(models)).toEqual([])
  })
})

describe('an id that is in use', () => {
  it('is an error, and what is there stays as it was', async () => {
    const { base, models } = place()
    await promote({ candidateDir: scored(base, 'run-1', 0.9), modelsDir: models })
    const before = readFileSync(join(models, 'run-1', 'metrics.json'), 'utf8')
    const error = await errorOf(promote({ candidateDir: scored(base, 'run-1', 0.95), modelsDir: models }))
    expect([error.code, error.details.modelId]).toEqual(['id_taken', 'run-1'])
    expect(readFileSync(join(models, 'run-1', 'metrics.json'), 'utf8')).toBe(before)
  })

  it.each([
    ['a file', (path: string) => writeFileSync(path, 'x')],
    ['an empty directory', (path: string) => mkdirSync(path)],
    ['a link to nowhere', (path: string) => symlinkSync('nowhere', path)],
  ])('refuses an id in use by %s, also when that came last', async (_what, occupy) => {
    const { base, models } = place()
    const candidateDir = scored(base, 'run-1', 0.9)
    const late = {
      ...nodeFileSystem,
      createExclusive: async (path: string) => {
        if (path.endsWith('manifest.json')) occupy(join(models, 'run-1'))
        return nodeFileSystem.createExclusive(path)
      },
    }
    const error = await errorOf(
      promote({ candidateDir, modelsDir: localStore(models, { fileSystem: late }) }),
    )
    expect([error.code, staged(models)]).toEqual(['id_taken', []])
    expect((await errorOf(promote({ candidateDir, modelsDir: models }))).code).toBe('id_taken')
  })

  it('refuses an id in use as the file system alone can see', async () => {
    const { base, models } = place()
    const blind = { ...nodeFileSystem, readdir: async () => [] }
    writeBundle(models, 'run-1')
    const candidateDir = scored(base, 'run-1', 0.9)
    const error = await errorOf(
      publishBundle({ candidateDir, modelsDir: localStore(models, { fileSystem: blind }) }),
    )
    expect(error.code).toBe('id_taken')
  })

  it('makes another id when the one it made is in use by chance', async () => {
    const { base, models } = place()
    const now = () => new Date('2026-04-01T09:08:07Z')
    const candidateDir = writeBundle(base, 'output')
    let first: string | undefined
    const late = {
      ...nodeFileSystem,
      mkdir: async (path: string) => {
        first ??= /run-\d{4}$/.test(path) ? path.split('/').at(-1) : undefined
        await nodeFileSystem.mkdir(path)
      },
      createExclusive: async (path: string) => {
        if (path.endsWith('manifest.json')) writeBundle(models, first ?? '')
        return nodeFileSystem.createExclusive(path)
      },
    }
    const result = await promote({ candidateDir, modelsDir: localStore(models, { fileSystem: late }), now })
    expect(result.published?.modelId).not.toBe(first)
    expect(result.candidate.modelId).toBe(result.published?.modelId)
  })

  it('refuses the candidate that is in the models dir already', async () => {
    const { models } = place()
    const candidateDir = writeBundle(models, 'run-1')
    expect((await errorOf(promote({ candidateDir, modelsDir: models }))).code).toBe('already_promoted')
  })
})
