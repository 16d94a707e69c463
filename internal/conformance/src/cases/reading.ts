import { json, withManifest } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf, sayProblems } from '../ground.js'
import { MATRIX, sound } from './problems.js'

/** What reading a bundle returns. */
export const READING: readonly ConformanceCase[] = [
  conform(
    'returns documents, time and artifacts of a sound bundle',
    {
      macro_f1: 0.9,
      labels: ['BreakIdle', 'Build'],
      at: '1772323200000000n',
      artifacts: ['model.txt'],
      warnings: [],
      isPublished: false,
    },
    async ({ put, valid }) => {
      put('run-a')
      const { metrics, metadata, createdAt, artifacts, warnings, manifest } = await valid('run-a')
      const [at, labels] = [createdAt.epochMicros, metadata.label_set]
      return {
        macro_f1: metrics.macro_f1,
        labels,
        at,
        artifacts,
        warnings,
        isPublished: manifest !== undefined,
      }
    },
  ),
  conform(
    'derives what the documents leave out, and says so',
    {
      derived: {
        metadata: ['label_set', 'task', 'train_range', 'params_hash'],
        metrics: ['per_class', 'breakidle_precision', 'min_class_precision', 'acceptance_pass'],
      },
      labels: ['BreakIdle', 'Build'],
      range: { from: '2026-01-01', to: '2026-01-31' },
      breakidle: 1,
    },
    async ({ putBundle, valid }) => {
      const metadata = {
        created_at: '2026-03-01',
        train_date_from: '2026-01-01',
        train_date_to: '2026-01-31',
        params: { seed: 1 },
      }
      const metrics = { ...MATRIX, macro_f1: 0.9499, weighted_f1: 0.9499, acceptance_checks: { a: true } }
      putBundle('run-a', {
        'metadata.json': json(metadata),
        'metrics.json': json(metrics),
        'model.txt': 'tree\n',
      })
      const bundle = await valid('run-a')
      const { derived } = bundle
      const { label_set: labels, train_range: range } = bundle.metadata
      return { derived, labels, range, breakidle: bundle.metrics.breakidle_precision }
    },
  ),
  conform(
    'keeps keys that nothing reads',
    [{ deep: [1, { x: null }] }, 'squad 7'],
    async ({ put, valid }) => {
      put('run-a', { metadata: { team: 'squad 7' }, metrics: { extra: { deep: [1, { x: null }] } } })
      const { metadata, metrics } = await valid('run-a')
      return [metrics.extra, metadata.team]
    },
  ),
  conform('names the artifacts in the order of the metadata', ['b.bin', 'a.bin'], async ({ put, valid }) => {
    put('run-a', { metadata: { artifacts: ['b.bin', 'a.bin'] }, files: { 'a.bin': 'a', 'b.bin': 'b' } })
    return (await valid('run-a')).artifacts
  }),
  conform(
    'names model.txt first, then the others by name, and no signature',
    ['model.txt', 'model.a', 'model.onnx'],
    async ({ put, valid }) => {
      put('run-a', { files: { 'model.onnx': 'o', 'model.a': 'a', 'model.txt.sig': 's', 'models.txt': 'no' } })
      return (await valid('run-a')).artifacts
    },
  ),
  conform(
    'accepts files in directories that the manifest lists',
    ['valid', 3],
    async ({ putBundle, read }) => {
      putBundle('run-a', withManifest({ ...sound, 'plots/a/roc.svg': '<svg/>', 'plots/b.svg': '<svg/>' }))
      const bundle = await read('run-a')
      const { files = {} } = (bundle.status === 'valid' && bundle.manifest) || {}
      return [bundle.status, Object.keys(files).length - 2]
    },
  ),
  conform(
    'keeps what can be read of a bundle that is not valid',
    { status: 'invalid', made: '1772323200000000n', f1: 'high' },
    async ({ put, read }) => {
      put('run-a', { metrics: { macro_f1: 'high' } })
      const bundle = await read('run-a')
      const partial = bundle.status === 'invalid' ? bundle.partial : {}
      return {
        status: bundle.status,
        made: partial.createdAt?.epochMicros,
        f1: (partial.metrics as { macro_f1: unknown }).macro_f1,
      }
    },
  ),
  conform('reads what was put in place of another', [0.9, 0.5], async ({ put, valid }) => {
    put('run-a')
    const { metrics: before } = await valid('run-a')
    put('run-a', { metrics: { macro_f1: 0.5 } })
    return [before.macro_f1, (await valid('run-a')).metrics.macro_f1]
  }),
  conform('says of an id that nothing has that it vanished', ['invalid', 'vanished'], async ({ read }) => {
    const bundle = await read('run-x')
    return [bundle.status, ...sayProblems(bundle)]
  }),
  conform('refuses ids that cannot name a bundle', Array(6).fill('unusable_name'), async ({ read }) =>
    Promise.all(['', '..', '.hidden', 'a/b', 'active.json', 'a\0b'].map((id) => codeOf(read(id)))),
  ),
  conform(
    'reads a model of some megabytes',
    ['valid', 5 * 1024 * 1024],
    async ({ putBundle, valid, bundles, verbs }) => {
      putBundle('run-a', withManifest({ ...sound, 'model.txt': new Uint8Array(5 * 1024 * 1024).fill(65) }))
      const bundle = await valid('run-a')
      await using fetched = await bundles().fetch(bundle)
      const { bytes } = await verbs.readBundleContent(fetched.bundle)
      return [bundle.status, bytes.get('model.txt')?.length]
    },
  ),
  conform(
    'returns where a bundle lies, which begins with where the store does',
    '<store>/run-a',
    async ({ put, valid }) => {
      put('run-a')
      return (await valid('run-a')).location
    },
  ),
  conform(
    'reads the same again, whatever becomes of what was returned',
    [0.9, ['BreakIdle', 'Build']],
    async ({ put, valid }) => {
      put('run-a')
      const first = await valid('run-a')
      first.metrics.macro_f1 = 0
      first.metadata.label_set?.reverse()
      const { metrics, metadata } = await valid('run-a')
      return [metrics.macro_f1, metadata.label_set]
    },
  ),
]
