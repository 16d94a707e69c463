import { type BundleOver, bundleFiles, json, withManifest } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { codeOf, sayProblems } from '../ground.js'
import type { Files } from '../subject.js'

const MATRIX = {
  label_names: ['BreakIdle', 'Build'],
  confusion_matrix: [
    [9, 1],
    [0, 10],
  ],
}

/** A bundle with something wrong, and what is said of it. */
function broken(name: string, files: Files | BundleOver, said: readonly string[]): ConformanceCase {
  return conform(name, ['invalid', ...said], async ({ putBundle, read }) => {
    putBundle('run-a', isFiles(files) ? files : bundleFiles(files))
    const bundle = await read('run-a')
    return [bundle.status, ...sayProblems(bundle)]
  })
}

/** A bundle with something odd, and what is said of it. */
function odd(name: string, files: Files | BundleOver, said: readonly string[]): ConformanceCase {
  const one = broken(name, files, said)
  return { ...one, answer: ['valid', ...said] }
}

const isFiles = (files: Files | BundleOver): files is Files =>
  Object.keys(files).some((name) => name.includes('.'))

const sound = bundleFiles()
const published = withManifest(sound)
const text = (name: string, content: string | null) => ({ files: { [name]: content } })

/** Each problem and each warning that a bundle can have, by its documents alone. */
export const PROBLEMS: readonly ConformanceCase[] = [
  broken('reports metadata that are not there', text('metadata.json', null), [
    'missing_metadata metadata.json',
  ]),
  broken('reports metrics that are not there', text('metrics.json', null), ['missing_metrics metrics.json']),
  broken('reports a bundle without a model', text('model.txt', null), ['missing_artifact']),
  broken('reports an empty model', text('model.txt', ''), ['missing_artifact model.txt']),
  broken('reports an artifact that is named and not there', { metadata: { artifacts: ['model.onnx'] } }, [
    'missing_artifact model.onnx',
  ]),
  broken('reports metadata that are not JSON', text('metadata.json', '{"created_at": NaN}'), [
    'malformed_json metadata.json',
  ]),
  broken('reports an empty document', text('metrics.json', ''), ['malformed_json metrics.json']),
  broken('reports a byte order mark', text('metrics.json', '\ufeff{"macro_f1": 0.9}'), [
    'malformed_json metrics.json',
  ]),
  broken(
    'reports bytes that are not UTF-8',
    { files: { 'metrics.json': new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]) } },
    ['not_utf8 metrics.json'],
  ),
  broken('reports a key that is there twice', text('metrics.json', '{"macro_f1": 0.9, "macro_f1": 0.8}'), [
    'duplicate_key metrics.json macro_f1',
  ]),
  broken(
    'reports a document that is nested too deep',
    text('metrics.json', `{"macro_f1":0.9,"a":${'['.repeat(300)}${']'.repeat(300)}}`),
    ['too_deep metrics.json'],
  ),
  broken('reports a document that is too large', text('metrics.json', ' '.repeat(16 * 1024 * 1024 + 1)), [
    'too_large metrics.json',
  ]),
  broken(
    'reports every violation of both documents at once',
    { metadata: { label_set: ['a', 'a'], schema_hash: 7 }, metrics: { macro_f1: '0.9', weighted_f1: 7 } },
    [
      'schema_violation metadata.json schema_hash',
      'schema_violation metadata.json label_set.1',
      'schema_violation metrics.json macro_f1',
      'schema_violation metrics.json weighted_f1',
    ],
  ),
  broken('reports a document that is no object', text('metadata.json', '[]'), [
    'schema_violation metadata.json',
  ]),
  broken('reports a time that is none', { metadata: { created_at: 'yesterday' } }, [
    'bad_timestamp metadata.json created_at',
  ]),
  broken('reports another model_id than its name', { metadata: { model_id: 'run-b' } }, [
    'model_id_mismatch metadata.json model_id',
  ]),
  broken(
    'reports a document that is not what the manifest says',
    { ...published, 'metrics.json': (sound['metrics.json'] as string).replace('0.9,', '0.8,') },
    ['integrity_mismatch metrics.json'],
  ),
  broken('reports a model of another size than the manifest says', { ...published, 'model.txt': 'trees\n' }, [
    'integrity_mismatch model.txt',
  ]),
  broken(
    'reports a file that the manifest lists and that is not there',
    withManifest(sound, { 'notes.txt': { sha256: '0'.repeat(64), size: 3 } }),
    ['integrity_mismatch notes.txt'],
  ),
  broken(
    'reports a file that is used and not listed',
    { ...published, 'self_test.json': json({ version: 1, rows: [{ x: 1 }], expected: [[1]], tolerance: 0 }) },
    ['integrity_mismatch self_test.json'],
  ),
  broken(
    'reports a manifest that lists no digests',
    { ...sound, 'manifest.json': json({ version: 1, files: { 'model.txt': 'abc' } }) },
    ['schema_violation manifest.json files["model.txt"]'],
  ),
  broken(
    'reports a self-test of another form',
    text('self_test.json', json({ version: 2, rows: [], expected: [], tolerance: -1 })),
    [
      'schema_violation self_test.json version',
      'schema_violation self_test.json rows',
      'schema_violation self_test.json expected',
      'schema_violation self_test.json tolerance',
    ],
  ),
  broken(
    'reports a vocabulary with a word twice',
    text('categorical_encoders.json', json({ app: ['a', 'a'] })),
    ['schema_violation categorical_encoders.json app'],
  ),
  odd('warns of a file that the manifest does not list', { ...published, 'notes.txt': 'x' }, [
    'unlisted_file notes.txt',
  ]),
  odd(
    'warns of a figure that contradicts the matrix',
    {
      metrics: {
        ...MATRIX,
        macro_f1: 0.5,
        weighted_f1: 0.95,
        breakidle_precision: 1,
        min_class_precision: 0.909,
      },
    },
    ['metrics_contradict_matrix metrics.json macro_f1'],
  ),
  odd('warns of an acceptance against its checks', { metrics: { acceptance_checks: { breakidle: false } } }, [
    'acceptance_contradicts_checks metrics.json acceptance_pass',
  ]),
  odd('warns of other labels in the metrics', { metrics: { label_names: ['BreakIdle', 'Code'] } }, [
    'label_set_differs metadata.json label_set',
  ]),
  odd('warns of the same labels in another order', { metrics: { label_names: ['Build', 'BreakIdle'] } }, [
    'label_order_differs metadata.json label_set',
  ]),
  odd('warns of a key that reads like a known one', { metadata: { git_comit: 'abc' } }, [
    'unknown_key metadata.json git_comit',
  ]),
  odd(
    'warns of other classes in per_class',
    {
      metrics: {
        ...MATRIX,
        macro_f1: 0.9499,
        weighted_f1: 0.9499,
        breakidle_precision: 1,
        min_class_precision: 0.909,
        per_class: { BreakIdle: { precision: 1, recall: 0.9, f1: 0.947, support: 10 } },
      },
    },
    ['per_class_differs metrics.json per_class'],
  ),
  odd(
    'warns of two ranges of training days',
    {
      metadata: {
        train_range: { from: '2026-01-01', to: '2026-01-31' },
        train_date_from: '2026-01-02',
        train_date_to: '2026-01-31',
      },
    },
    ['train_range_differs metadata.json train_range'],
  ),
  odd(
    'warns of parameters without a digest',
    text('metadata.json', '{"created_at": "2026-03-01T00:00:00Z", "params": {"seed": 1e999}}'),
    ['params_not_digestible metadata.json params'],
  ),
]

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
        metadata: ['label_set', 'train_range', 'params_hash'],
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
  conform('refuses ids that cannot name a bundle', Array(6).fill('invalid_model_id'), async ({ read }) =>
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
]
