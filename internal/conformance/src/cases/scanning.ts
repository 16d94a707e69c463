import { bundleFiles, withManifest } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { sayBundle } from '../ground.js'

/** What a list of bundles holds. */
export const SCANNING: readonly ConformanceCase[] = [
  conform('lists nothing in an empty store', [], async ({ scanned }) => scanned()),
  conform(
    'lists bundles in code-unit order',
    ['10', '9', 'B', 'a', 'a-b', 'a_b', 'ä', 'ﬀ'],
    async ({ putAll, scanned }) => {
      putAll('a_b', 'ä', 'B', '9', 'a', '10', 'ﬀ', 'a-b')
      return (await scanned()).map(({ modelId }) => modelId)
    },
  ),
  conform(
    'lists bundles that are not valid beside the others',
    [
      ['run-a', 'valid'],
      ['run-b', 'missing_metrics metrics.json'],
      ['run-c', 'valid'],
    ],
    async ({ putAll, put, scanned }) => {
      putAll('run-a', 'run-c')
      put('run-b', { files: { 'metrics.json': null } })
      return (await scanned()).map(sayBundle)
    },
  ),
  conform('passes over what has nothing of a bundle', ['run-a'], async ({ put, putBundle, scanned }) => {
    put('run-a')
    putBundle('notes', {
      'README.md': 'x',
      'categorical_encoders.json': '{}',
      'self_test.json': '{}',
      'confusion_matrix.csv': '',
    })
    putBundle('@eaDir', { 'thumb.jpg': 'x' })
    return (await scanned()).map(({ modelId }) => modelId)
  }),
  conform(
    'lists what has a model and nothing else',
    [['half', 'missing_metadata metadata.json', 'missing_metrics metrics.json']],
    async ({ putBundle, scanned }) => {
      putBundle('half', { 'model.onnx': 'x' })
      return (await scanned()).map(sayBundle)
    },
  ),
  conform('passes over names that begin with a dot', ['run-a'], async ({ put, scanned }) => {
    put('run-a')
    put('.staging')
    return (await scanned()).map(({ modelId }) => modelId)
  }),
  conform(
    'lists a bundle under a name that no pointer can hold, as such',
    [
      ['channel-blue.json', 'unusable_name'],
      ['run-a', 'valid'],
    ],
    async ({ put, scanned }) => {
      put('run-a')
      put('channel-blue.json')
      return (await scanned()).map(sayBundle)
    },
  ),
  conform(
    'lists what came, and no longer what went',
    [
      ['run-a', 'run-b'],
      ['run-b', 'run-c'],
    ],
    async ({ putAll, removeBundle, scanned }) => {
      putAll('run-a', 'run-b')
      const before = await scanned()
      removeBundle('run-a')
      putAll('run-c')
      return [before, await scanned()].map((bundles) => bundles.map(({ modelId }) => modelId))
    },
  ),
  conform(
    'lists each bundle as reading it returns it',
    [true, true, true],
    async ({ put, putBundle, scanned, read }) => {
      put('run-a', { metrics: { extra: 1 } })
      put('run-b', { metadata: { created_at: 'never' } })
      putBundle('run-c', withManifest(bundleFiles()))
      const said = (bundle: object) =>
        JSON.stringify(bundle, (_, value) => (typeof value === 'bigint' ? String(value) : value))
      return Promise.all(
        (await scanned()).map(async (bundle) => said(bundle) === said(await read(bundle.modelId))),
      )
    },
  ),
  conform(
    'lists the same whether it may use a cache or not',
    ['run-a 0.8', 'run-b 0.5'],
    async ({ putAll, put, bundles }) => {
      putAll('run-a', 'run-b')
      for await (const _ of bundles().scan({ useIndex: true }));
      put('run-b', { metrics: { macro_f1: 0.5 } })
      const listed: string[] = []
      for await (const bundle of bundles().scan({ useIndex: true }))
        listed.push(`${bundle.modelId} ${bundle.status === 'valid' && bundle.metrics.macro_f1}`)
      return listed
    },
  ),
  conform(
    'lists two hundred bundles once each',
    [200, 200, 'run-000', 'run-199'],
    async ({ put, scanned }) => {
      for (let n = 0; n < 200; n++) put(`run-${String((n * 37) % 200).padStart(3, '0')}`)
      const ids = (await scanned()).map(({ modelId }) => modelId)
      return [ids.length, new Set(ids).size, ids[0], ids.at(-1)]
    },
  ),
]
