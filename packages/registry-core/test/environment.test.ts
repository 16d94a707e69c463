import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LocalValidBundle } from '../src/format/bundle.js'
import { environmentProblem } from '../src/format/environment-problem.js'
import { requireReadable } from '../src/format/require-readable.js'
import { buildManifest, computeBundleDigest } from '../src/local/build-manifest.js'
import { readBundleContent } from '../src/local/bundle-content.js'
import { environmentErrno } from '../src/local/environment.js'
import { listBundles } from '../src/local/list-bundles.js'
import { readBundle, readPromotedBundle } from '../src/local/read-bundle.js'
import { verifyBundle } from '../src/local/verify-bundle.js'

const faults = vi.hoisted(() => new Map<string, { end: string; error: Error }>())

/** Real files, except where a fault is set: the call fails on every path that ends like that. */
vi.mock('node:fs', async (load) => {
  const real = await load<typeof import('node:fs')>()
  const failing = <F extends (...args: never[]) => unknown>(name: string, call: F) =>
    Object.assign((...args: Parameters<F>) => {
      const fault = faults.get(name)
      if (fault && String(args[0]).endsWith(fault.end)) throw fault.error
      return call(...args)
    }, call)
  const calls = ['openSync', 'lstatSync', 'statSync', 'readdirSync', 'realpathSync'] as const
  const wrapped = calls.map((name) => [name, failing(name, real[name] as (...args: never[]) => unknown)])
  return { ...real, ...Object.fromEntries(wrapped) }
})
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof import('node:fs/promises')>()
  const open = (path: string, ...rest: unknown[]) => {
    const fault = faults.get('open')
    if (fault && path.endsWith(fault.end)) return Promise.reject(fault.error)
    return (real.open as (...args: unknown[]) => unknown)(path, ...rest)
  }
  return { ...real, open }
})
afterEach(() => faults.clear())

const failWith = (code: string, call: string, end: string) => {
  const errno = { EMFILE: -24, EIO: -5, ESTALE: -116, EACCES: -13 }[code]
  // libuv has no name for ESTALE.
  const shown = code === 'ESTALE' ? 'Unknown system error -116' : code
  faults.set(call, { end, error: Object.assign(new Error(shown), { code: shown, errno, syscall: call }) })
}

const valid = async (dir: string): Promise<LocalValidBundle> => {
  const bundle = await readBundle(dir)
  if (bundle.status === 'invalid') throw new Error(bundle.problems[0]?.message)
  return bundle
}

/** A models dir with a bundle whose metrics are a link inside, and a link to nothing in particular. */
function models(): string {
  const root = scratchDir()
  writeBundle(root, 'good')
  const dir = writeBundle(root, 'run-1', { files: { 'metrics.json': null } })
  symlinkSync('../good/metrics.json', join(dir, 'metrics.json'))
  mkdirSync(join(dir, 'plots'))
  return root
}

const PLACES = [
  ['openSync', 'run-1/metadata.json'],
  ['openSync', 'run-1/model.txt'],
  ['readdirSync', '/run-1'],
  ['realpathSync', 'run-1/metrics.json'],
  ['statSync', 'good/metrics.json'],
]

describe('a system that fails while a bundle is read', () => {
  it.each(PLACES.flatMap(([call, end]) => ['EIO', 'EMFILE', 'ESTALE'].map((errno) => [call, end, errno])))(
    'differs from bad content: %s of %s, %s',
    async (call = '', end = '', errno = '') => {
      const root = models()
      failWith(errno, call, end)
      const bundles = await listBundles(root)
      const bundle = bundles.find(({ modelId }) => modelId === 'run-1')
      if (bundle?.status !== 'invalid') throw new Error('is not read at all')
      expect(environmentProblem(bundle)).toMatchObject({ code: 'unreadable', errno })
      expect(bundle.problems.map(({ code }) => code)).not.toContain('symlink_escape')
      expect(() => requireReadable(bundles)).toThrow(
        expect.objectContaining({ name: 'RegistryError', code: 'io', path: join(root, 'run-1') }),
      )
    },
  )

  it('differs from a bundle that is gone', async () => {
    const root = models()
    failWith('EIO', 'lstatSync', '/run-1')
    const bundle = await readPromotedBundle(root, 'run-1')
    expect(environmentProblem(bundle)).toMatchObject({ code: 'unreadable', file: '', errno: 'EIO' })
    failWith('EIO', 'readdirSync', '/run-1')
    const listed = await listBundles(root)
    expect(listed[1]).toMatchObject({ problems: [{ code: 'unreadable', errno: 'EIO' }] })
    writeBundle(root, 'run-1', { files: { 'metadata.json': '{' } })
    faults.delete('readdirSync')
    expect((await listBundles(root))[1]).toMatchObject({ problems: [{ code: 'malformed_json' }] })
  })

  it('differs from a link that leads out', async () => {
    const root = models()
    symlinkSync('good', join(root, 'zz'))
    failWith('EMFILE', 'realpathSync', '/zz')
    const bundle = (await listBundles(root)).at(-1)
    expect(bundle).toMatchObject({ problems: [{ code: 'unreadable', errno: 'EMFILE' }] })
  })

  it('is a problem of the one bundle where permissions are all that is missing', async () => {
    const root = models()
    failWith('EACCES', 'readdirSync', '/run-1')
    const bundles = await listBundles(root)
    expect(bundles[1] && environmentProblem(bundles[1])).toMatchObject({ errno: 'EACCES' })
    expect(() => requireReadable(bundles)).not.toThrow()
    failWith('EIO', 'openSync', 'run-1/model.txt')
    faults.delete('readdirSync')
    failWith('EACCES', 'realpathSync', 'run-1/metrics.json')
    const both = await listBundles(root)
    expect(() => requireReadable(both)).toThrow(expect.objectContaining({ code: 'io' }))
  })

  it('makes no digest and no content', async () => {
    const root = models()
    const bundle = await valid(join(root, 'run-1'))
    failWith('EIO', 'open', 'run-1/model.txt')
    await expect(computeBundleDigest(bundle.path)).rejects.toMatchObject({ code: 'io' })
    await expect(buildManifest(bundle.path)).rejects.toMatchObject({ code: 'io' })
    await expect(readBundleContent(bundle)).rejects.toMatchObject({ code: 'io' })
    const { problems } = await verifyBundle(bundle.path)
    expect(problems).toMatchObject([{ code: 'unreadable', errno: 'EIO' }])
    faults.clear()
    failWith('EIO', 'readdirSync', 'run-1/plots')
    await expect(computeBundleDigest(bundle.path)).rejects.toMatchObject({ code: 'io' })
    await expect(readBundleContent(bundle)).rejects.toMatchObject({ code: 'io' })
    faults.clear()
    failWith('EIO', 'realpathSync', 'run-1')
    await expect(computeBundleDigest(bundle.path)).rejects.toMatchObject({ code: 'io' })
  })

  it('makes no digest where the manifest is what cannot be read', async () => {
    const root = models()
    const dir = writeBundle(root, 'run-2', { files: { 'manifest.json': '{"version":1,"files":{}}' } })
    failWith('EIO', 'openSync', 'run-2/manifest.json')
    await expect(computeBundleDigest(dir)).rejects.toMatchObject({ code: 'io' })
  })
})

describe('environmentErrno', () => {
  it.each([
    [{ code: 'EIO' }, 'EIO'],
    [{ code: 'Unknown system error -116', errno: -116 }, 'ESTALE'],
    [{ code: 'read_failed', cause: { code: 'EMFILE' } }, 'EMFILE'],
    [{ code: 'ENOENT' }, undefined],
    [{ code: 'ELOOP' }, undefined],
    [{ code: 'ERR_INVALID_ARG_VALUE' }, undefined],
    [new Error('no code at all'), undefined],
    [undefined, undefined],
  ])('returns for %o the code %s', (error, errno) => expect(environmentErrno(error)).toBe(errno))
})
