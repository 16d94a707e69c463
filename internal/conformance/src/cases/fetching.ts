import { bundleFiles, withManifest } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf } from '../ground.js'

/** Files, and questions without documents. */
export const FETCHING: readonly ConformanceCase[] = [
  conform(
    'fetches every file of a bundle as it is there',
    ['model.txt', 'notes.txt', 'plots/roc.svg'],
    async ({ putBundle, valid, bundles, verbs }) => {
      const files = { ...bundleFiles(), 'plots/roc.svg': '<svg/>', 'notes.txt': 'é' }
      putBundle('run-a', withManifest(files))
      await using fetched = await bundles().fetch(await valid('run-a'))
      const { digest, files: found } = await verbs.readBundleContent(fetched.bundle)
      const kept = ['model.txt', 'notes.txt', 'plots/roc.svg'].filter(
        (name) => found[name]?.size === Buffer.byteLength(files[name as keyof typeof files] as string),
      )
      return digest.startsWith('sha256:') ? kept : digest
    },
  ),
  conform(
    'fetches into a directory that is named for the bundle',
    ['run-a', 'run-a', 0.9],
    async ({ put, valid, bundles, verbs }) => {
      put('run-a')
      await using fetched = await bundles().fetch(await valid('run-a'))
      const { path, modelId } = fetched.bundle
      const again = await verbs.readBundle(path)
      return [path.split('/').at(-1), modelId, again.status === 'valid' && again.metrics.macro_f1]
    },
  ),
  conform(
    'keeps two bundles that are fetched at once apart',
    ['a', 'b'],
    async ({ put, valid, bundles, verbs }) => {
      put('run-a', { files: { 'model.txt': 'a' } })
      put('run-b', { files: { 'model.txt': 'b' } })
      const [a, b] = await Promise.all([valid('run-a'), valid('run-b')])
      await using first = await bundles().fetch(a)
      await using second = await bundles().fetch(b)
      const contents = await Promise.all([first, second].map(({ bundle }) => verbs.readBundleContent(bundle)))
      return contents.map(({ bytes }) => Buffer.from(bytes.get('model.txt') ?? []).toString())
    },
  ),
  conform(
    'fetches what is there now, which loading compares with what was read',
    ['done', 'bundle_unreadable'],
    async ({ put, valid, bundles, verbs }) => {
      put('run-a')
      const read = await valid('run-a')
      put('run-a', { metrics: { macro_f1: 0.5 } })
      const content = async () => {
        await using fetched = await bundles().fetch(read)
        await verbs.readBundleContent(fetched.bundle)
      }
      return [await codeOf(bundles().fetch(read)), await codeOf(content())]
    },
  ),
  conform(
    'finds a model that changed behind its manifest when it is loaded',
    'integrity_mismatch',
    async ({ putBundle, valid, bundles, verbs }) => {
      putBundle('run-a', { ...withManifest(bundleFiles()), 'model.txt': 'eert\n' })
      await using fetched = await bundles().fetch(await valid('run-a'))
      return codeOf(verbs.readBundleContent(fetched.bundle))
    },
  ),
  conform(
    'refuses to load a bundle that was removed since it was read',
    'bundle_unreadable',
    async ({ put, valid, bundles, removeBundle, verbs }) => {
      put('run-a')
      const read = await valid('run-a')
      removeBundle('run-a')
      const content = async () => verbs.readBundleContent((await bundles().fetch(read)).bundle)
      return codeOf(content())
    },
  ),
  conform('stops fetching when it is told to', 'AbortError', async ({ put, valid, bundles }) => {
    put('run-a')
    const signal = AbortSignal.abort()
    const stopped = bundles().fetch(await valid('run-a'), { signal })
    return stopped.then(
      () => 'done',
      (error) => error.name,
    )
  }),
  conform(
    'says whether anything of a name is there, a bundle or not',
    [true, true, false],
    async ({ put, putBundle, bundles }) => {
      put('run-a')
      putBundle('notes', { 'README.md': 'x' })
      return Promise.all(['run-a', 'notes', 'run-x'].map((id) => bundles().has(id)))
    },
  ),
  conform(
    'refuses to look for a name that cannot name a bundle',
    ['unusable_name', 'unusable_name'],
    async ({ bundles }) => Promise.all(['../run-a', 'index.json'].map((id) => codeOf(bundles().has(id)))),
  ),
  conform(
    'holds what it read until that is removed',
    [true, false],
    async ({ put, valid, bundles, removeBundle }) => {
      put('run-a')
      const bundle = await valid('run-a')
      const before = await bundles().holds(bundle)
      removeBundle('run-a')
      return [before, await bundles().holds(bundle)]
    },
  ),
  conform(
    'does not hold a bundle of the same name from elsewhere',
    false,
    async ({ put, candidate, bundles, verbs }) => {
      put('candidate')
      const other = await verbs.readBundle(candidate(bundleFiles()), { promoted: false })
      if (other.status === 'invalid') throw new Error('the candidate is sound')
      return bundles().holds({ ...other, modelId: 'candidate' })
    },
  ),
  conform('keeps a fingerprint while nothing changes', [true, true], async ({ put, bundles }) => {
    put('run-a')
    const first = await bundles().fingerprint('run-a')
    const none = await bundles().fingerprint('run-x')
    put('run-b')
    const again = await Promise.all(['run-a', 'run-x'].map((id) => bundles().fingerprint(id)))
    return [again[0] === first, again[1] === none]
  }),
  conform(
    'changes a fingerprint with every change of the bundle',
    5,
    async ({ put, bundles, removeBundle }) => {
      const seen = new Set([await bundles().fingerprint('run-a')])
      const look = async () => seen.add(await bundles().fingerprint('run-a'))
      put('run-a')
      await look()
      put('run-a', { files: { 'model.txt': 'eert\n' } })
      await look()
      put('run-a', { files: { 'model.txt': 'eert\n', 'notes.txt': '' } })
      await look()
      removeBundle('run-a')
      const gone = await bundles().fingerprint('run-a')
      put('run-a')
      await look()
      return seen.has(gone) ? seen.size : 'a bundle that is gone looks like none of before'
    },
  ),
  conform(
    'keeps what was put there, whatever becomes of the bytes that were given',
    'valid tree',
    async (on) => {
      const model = Buffer.from('tree')
      on.putBundle('run-a', withManifest(bundleFiles({ files: { 'model.txt': model } })))
      model.fill(0)
      const bundle = await on.valid('run-a')
      await using fetched = await on.bundles().fetch(bundle)
      const { bytes } = await on.verbs.readBundleContent(fetched.bundle)
      return `${bundle.status} ${Buffer.from(bytes.get('model.txt') ?? [])}`
    },
  ),
]
