import { type BundleOver, bundleFiles, json, withManifest } from '../bundle-files.js'
import { type ConformanceCase, conform } from '../conformance-case.js'
import { sayProblems } from '../ground.js'
import type { Files } from '../subject.js'

/** A matrix and its labels. */
export const MATRIX = {
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

/** The files of a sound bundle. */
export const sound = bundleFiles()
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
  broken(
    'reports what a bundle says of itself in the wrong types',
    { metadata: { task: 'ranking', description: 7, tags: ['a', 7], source: { run: null, more: 1 } } },
    [
      'schema_violation metadata.json task',
      'schema_violation metadata.json description',
      'schema_violation metadata.json tags.1',
      'schema_violation metadata.json source.run',
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
  odd('warns of a regressor with labels', { metadata: { task: 'regression' } }, [
    'task_differs metadata.json task',
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
