import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { copyDemoModels, scratchDir, TINY_MODEL, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import type { LocalBundle, LocalInvalidBundle, LocalValidBundle } from '../src/format/bundle.js'
import { readBundle, readPromotedBundle } from '../src/local/read-bundle.js'
import { verifyBundle } from '../src/local/verify-bundle.js'

export function valid(bundle: LocalBundle): LocalValidBundle {
  if (bundle.status === 'invalid')
    throw new Error(bundle.problems.map((problem) => problem.message).join('\n'))
  return bundle
}

export function invalid(bundle: LocalBundle): LocalInvalidBundle {
  if (bundle.status === 'valid') throw new Error(`${bundle.modelId} is valid`)
  return bundle
}

const places = (bundle: LocalBundle) => invalid(bundle).problems.map(({ code, file, at }) => [code, file, at])

/** The manifest of files as an outsider would compute it. */
function manifestOf(dir: string, names: string[]): string {
  const files = names.map((name) => {
    const bytes = readFileSync(join(dir, name))
    return [name, { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }]
  })
  return JSON.stringify({ version: 1, files: Object.fromEntries(files) })
}

describe('a bundle as it should be', () => {
  it('is valid, with its real path, its instant and its artifact', async () => {
    const dir = writeBundle(scratchDir(), 'run-1', { metadata: { model_id: 'run-1', extra: { kept: [1] } } })
    const bundle = valid(await readBundle(dir))
    expect(bundle).toMatchObject({
      modelId: 'run-1',
      path: dir,
      artifacts: ['model.txt'],
      manifest: undefined,
      warnings: [],
    })
    expect(bundle.createdAt).toEqual({ raw: '2026-03-01T00:00:00+00:00', epochMicros: 1772323200000000n })
    expect(bundle.metadata.extra).toEqual({ kept: [1] })
  })

  it('derives what metadata leaves out, and says so', async () => {
    const metadata = {
      label_set: undefined,
      train_date_from: '2026-01-01',
      train_date_to: '2026-01-31',
      params: { b: 1, a: 2 },
    }
    const metrics = {
      label_names: ['x', 'y'],
      confusion_matrix: [
        [1, 0],
        [0, 1],
      ],
      macro_f1: 1,
      weighted_f1: 1,
      min_class_precision: 1,
      breakidle_precision: undefined,
    }
    const bundle = valid(await readBundle(writeBundle(scratchDir(), 'run-1', { metadata, metrics })))
    expect(bundle.derived).toEqual({
      metadata: ['label_set', 'task', 'train_range', 'params_hash'],
      metrics: ['per_class'],
    })
    expect(bundle.metadata).toMatchObject({
      label_set: ['x', 'y'],
      train_range: { from: '2026-01-01', to: '2026-01-31' },
    })
    expect(bundle.metadata.params_hash).toBe(
      createHash('sha256').update('{"a":2,"b":1}').digest('hex').slice(0, 16),
    )
  })

  it('warns, and stays valid, where it contradicts itself', async () => {
    const metadata = {
      train_range: { from: '2026-01-01', to: '2026-01-31' },
      train_date_from: '2025-01-01',
      train_date_to: '2026-01-31',
      params: { x: '\ud800' },
    }
    const dir = writeBundle(scratchDir(), 'run-1', { metadata, metrics: { label_names: ['Other'] } })
    const bundle = valid(await readBundle(dir))
    expect(bundle.warnings.map((warning) => [warning.code, warning.at])).toEqual([
      ['train_range_differs', 'train_range'],
      ['params_not_digestible', 'params'],
      ['label_set_differs', 'label_set'],
    ])
    expect(bundle.derived.metadata).toEqual(['task'])
  })

  it('warns of labels in another order, takes half a train range, and agreeing ones', async () => {
    const metadata = { label_set: ['b', 'a'], train_date_from: '2026-01-01', params: undefined }
    const one = valid(
      await readBundle(writeBundle(scratchDir(), 'r', { metadata, metrics: { label_names: ['a', 'b'] } })),
    )
    expect(one.warnings.map(({ code }) => code)).toEqual(['label_order_differs'])
    expect(one.derived.metadata).toEqual(['task'])
    const range = {
      train_range: { from: 'x', to: 'y' },
      train_date_from: 'x',
      train_date_to: 'y',
      params_hash: 'given',
    }
    const two = valid(await readBundle(writeBundle(scratchDir(), 'r', { metadata: range })))
    expect([two.warnings, two.derived.metadata, two.metadata.params_hash]).toEqual([[], ['task'], 'given'])
  })

  it('reads the encoders and the self-test, too', async () => {
    const files = {
      'categorical_encoders.json': '{"app_id": ["__unknown__", "editor"], "empty": []}',
      'self_test.json':
        '{"version":1,"rows":[{"x":1,"y":null,"z":"t","b":true}],"expected":[[0.5]],"tolerance":1e-6}',
    }
    expect((await readBundle(writeBundle(scratchDir(), 'r', { files }))).status).toBe('valid')
  })
})

describe('every violation at once', () => {
  it('names each with its file and key', async () => {
    const dir = writeBundle(scratchDir(), 'run-1', {
      metadata: {
        model_id: 'run-2',
        created_at: 'yesterday',
        schema_hash: '',
        label_set: ['a', 'a', ''],
        reject_threshold: true,
        preprocessing: { missing_numeric: 'mean' },
      },
      metrics: {
        macro_f1: '0.5',
        weighted_f1: 999,
        acceptance_pass: 'yes',
        per_class: { Build: { precision: -1, recall: 1, f1: 1 } },
      },
      files: { 'model.txt': null },
    })
    expect(places(await readBundle(dir))).toEqual([
      ['schema_violation', 'metadata.json', 'schema_hash'],
      ['schema_violation', 'metadata.json', 'label_set.1'],
      ['schema_violation', 'metadata.json', 'label_set.2'],
      ['schema_violation', 'metadata.json', 'reject_threshold'],
      ['schema_violation', 'metadata.json', 'preprocessing.missing_numeric'],
      ['model_id_mismatch', 'metadata.json', 'model_id'],
      ['bad_timestamp', 'metadata.json', 'created_at'],
      ['schema_violation', 'metrics.json', 'macro_f1'],
      ['schema_violation', 'metrics.json', 'weighted_f1'],
      ['schema_violation', 'metrics.json', 'acceptance_pass'],
      ['schema_violation', 'metrics.json', 'per_class.Build.precision'],
      ['schema_violation', 'metrics.json', 'per_class.Build.support'],
      ['missing_artifact', '', undefined],
    ])
  })

  it('shows what could be read', async () => {
    const dir = writeBundle(scratchDir(), 'run-1', { metrics: { macro_f1: 2 } })
    const { partial } = invalid(await readBundle(dir))
    expect(partial.metrics).toMatchObject({ macro_f1: 2 })
    expect(partial.createdAt?.raw).toBe('2026-03-01T00:00:00+00:00')
    const nothing = invalid(
      await readBundle(
        writeBundle(scratchDir(), 'r', { files: { 'metadata.json': '{', 'metrics.json': '' } }),
      ),
    )
    expect(nothing.partial).toEqual({})
  })

  it('misses what is missing', async () => {
    const files = { 'metadata.json': null, 'metrics.json': null, 'model.txt': null }
    expect(places(await readBundle(writeBundle(scratchDir(), 'r', { files })))).toEqual([
      ['missing_metadata', 'metadata.json', undefined],
      ['missing_metrics', 'metrics.json', undefined],
      ['missing_artifact', '', undefined],
    ])
  })
})

describe('metadata', () => {
  it.each([
    [{ created_at: undefined }, 'created_at'],
    [{ created_at: 5 }, 'created_at'],
    [{ schema_hash: '\ud800' }, 'schema_hash'],
    [{ model_id: 5 }, 'model_id'],
    [{ model_id: '' }, 'model_id'],
    [{ label_set: [] }, 'label_set'],
    [{ label_set: ['\udc00'] }, 'label_set.0'],
    [{ label_set: Array.from({ length: 10_001 }, (_, i) => `l${i}`) }, 'label_set'],
    [{ train_range: { from: '2026-01-01' } }, 'train_range.to'],
    [{ params: [] }, 'params'],
    [{ reject_threshold: 7 }, 'reject_threshold'],
    [{ data_provenance: 'imported' }, 'data_provenance'],
    [{ artifacts: [] }, 'artifacts'],
    [{ artifacts: ['../model.txt'] }, 'artifacts.0'],
    [{ artifacts: ['a\\b'] }, 'artifacts.0'],
    [{ artifacts: ['.hidden'] }, 'artifacts.0'],
    [{ preprocessing: 'zero' }, 'preprocessing'],
  ])('refuses %j at %s', async (metadata, at) => {
    const dir = writeBundle(scratchDir(), 'run-1', { metadata })
    expect(places(await readBundle(dir))).toContainEqual(['schema_violation', 'metadata.json', at])
  })

  it('takes a fraction that misses its bound by rounding as the bound', async () => {
    const metrics = {
      macro_f1: 1.0000000001,
      weighted_f1: -1e-12,
      per_class: { a: { precision: 1 + 1e-10, recall: 0.5, f1: 0.7, support: 3 } },
    }
    const bundle = valid(
      await readBundle(
        writeBundle(scratchDir(), 'r', { metrics, metadata: { reject_threshold: 1 + 1e-12 } }),
      ),
    )
    expect(bundle.metrics).toMatchObject({
      macro_f1: 1,
      weighted_f1: 0,
      per_class: { a: { precision: 1, recall: 0.5 } },
    })
    expect(bundle.metadata.reject_threshold).toBe(1)
  })

  it.each([
    { reject_threshold: null },
    { schema_hash: undefined },
    { reject_threshold: 0 },
    { preprocessing: {} },
    { data_provenance: 'real' },
  ])('takes %j', async (metadata) => {
    expect((await readBundle(writeBundle(scratchDir(), 'run-1', { metadata }))).status).toBe('valid')
  })
})

describe('metrics', () => {
  const raw = async (text: string) =>
    readBundle(writeBundle(scratchDir(), 'r', { files: { 'metrics.json': text } }))

  it.each<[string, string | undefined]>([
    ['{"macro_f1": true, "weighted_f1": 0.5}', 'macro_f1'],
    ['{"macro_f1": 1e400, "weighted_f1": 0.5}', 'macro_f1'],
    ['{"macro_f1": -3, "weighted_f1": 0.5}', 'macro_f1'],
    ['{"macro_f1": null, "weighted_f1": 0.5}', 'macro_f1'],
    ['{}', undefined],
    ['{"auc": "0.9", "more": [null, {"x": true}]}', undefined],
    ['{"auc": 1e400}', undefined],
    ['{"auc": 0.9, "macro_f1": 1.000001}', 'macro_f1'],
    [`{"macro_f1": ${'9'.repeat(5000)}, "weighted_f1": 0.5}`, 'macro_f1'],
    ['{"macro_f1": 0.5, "weighted_f1": 0.5, "min_class_precision": "0.5"}', 'min_class_precision'],
    ['{"macro_f1": 0.5, "weighted_f1": 0.5, "acceptance_checks": {"a": 1}}', 'acceptance_checks.a'],
    ['{"macro_f1": 0.5, "weighted_f1": 0.5, "acceptance_checks": []}', 'acceptance_checks'],
    [
      '{"macro_f1": 0.5, "weighted_f1": 0.5, "acceptance_checks": {"\\ud800": true}}',
      'acceptance_checks["\\ud800"]',
    ],
    ['{"macro_f1": 0.5, "weighted_f1": 0.5, "per_class": {"__proto__": 3}}', 'per_class.__proto__'],
    ['{"macro_f1": 0.5, "weighted_f1": 0.5, "confusion_matrix": [[1]]}', 'label_names'],
    [
      '{"macro_f1": 0.5, "weighted_f1": 0.5, "confusion_matrix": [[1]], "label_names": ["a", "b"]}',
      'label_names',
    ],
    [
      '{"macro_f1": 0.5, "weighted_f1": 0.5, "confusion_matrix": [], "label_names": ["a"]}',
      'confusion_matrix',
    ],
    [
      '{"macro_f1": 0.5, "weighted_f1": 0.5, "confusion_matrix": [[1, 2], [3]], "label_names": ["a", "b"]}',
      'confusion_matrix.1',
    ],
    [
      '{"macro_f1": 0.5, "weighted_f1": 0.5, "confusion_matrix": [1], "label_names": ["a"]}',
      'confusion_matrix.0',
    ],
    ...['-1', '1.5', 'true', '"3"', 'null', '1e25', '-0'].map((cell): [string, string] => [
      `{"macro_f1": 0.5, "weighted_f1": 0.5, "confusion_matrix": [[0, 1], [${cell}, 1]], "label_names": ["a", "b"]}`,
      'confusion_matrix.1.0',
    ]),
  ])('refuses %s', async (text, at) => {
    const found = places(await raw(text)).filter(([code]) => code === 'schema_violation')
    expect(found).toContainEqual(['schema_violation', 'metrics.json', at])
  })

  it('does not read a metric out of a prototype', async () => {
    const bundle = valid(
      await raw('{"macro_f1": 0.5, "weighted_f1": 0.5, "__proto__": {"acceptance_pass": "yes"}}'),
    )
    expect(bundle.metrics.acceptance_pass).toBeUndefined()
  })

  it('keeps -0 out of nothing it should not: 0 is a score, and so is -0', async () => {
    expect((await raw('{"macro_f1": 0, "weighted_f1": 1}')).status).toBe('valid')
  })

  it('refuses a key that occurs twice, where the second could hide the first', async () => {
    const bundle = await raw('{"macro_f1": 0.1, "weighted_f1": 0.5, "macro_f1": 0.99}')
    expect(places(bundle)).toEqual([['duplicate_key', 'metrics.json', 'macro_f1']])
  })

  it('answers in a moment and in few words to a matrix of a million bad cells, and to as many bad checks', async () => {
    const rows = Array.from({ length: 1000 }, () => `[${'"x",'.repeat(999)}"x"]`)
    const checks = Array.from({ length: 10_000 }, (_, i) => `"c${i}": 1`)
    const many = Array.from({ length: 10_001 }, (_, i) => `"c${i}": 1`)
    const metrics = (more: string) => `{"macro_f1": 0.5, "weighted_f1": 0.5, ${more}}`
    for (const more of [
      `"confusion_matrix": [${rows.join()}]`,
      `"acceptance_checks": {${checks.join()}}`,
      `"acceptance_checks": {${many.join()}}`,
    ]) {
      const { problems } = invalid(await raw(metrics(more)))
      expect(problems.length).toBeLessThan(25)
    }
  })
})

describe('the other documents', () => {
  it.each([
    ['categorical_encoders.json', '[]', undefined],
    ['categorical_encoders.json', '{"a": "x"}', 'a'],
    ['categorical_encoders.json', '{"a": ["x", "x"]}', 'a'],
    ['self_test.json', '{"version":2,"rows":[{}],"expected":[[1]],"tolerance":0}', 'version'],
    ['self_test.json', '{"version":1,"rows":[],"expected":[],"tolerance":0}', 'rows'],
    ['self_test.json', '{"version":1,"rows":[{"a":[]}],"expected":[[1]],"tolerance":0}', 'rows.0'],
    ['self_test.json', '{"version":1,"rows":[{}],"expected":[["1"]],"tolerance":0}', 'expected.0'],
    ['self_test.json', '{"version":1,"rows":[{}],"expected":[[1],[2]],"tolerance":0}', 'expected'],
    ['self_test.json', '{"version":1,"rows":[{}],"expected":[[1]],"tolerance":-1}', 'tolerance'],
    ['manifest.json', '{"version":1}', 'files'],
    ['manifest.json', '{"version":1,"files":{"a":1}}', 'files.a'],
    ['manifest.json', '{"version":1,"files":{"a":{"sha256":"XYZ","size":-1}}}', 'files.a.size'],
    ['manifest.json', '{"version":1,"files":{"../a":{}}}', 'files["../a"]'],
  ])('refuses %s: %s at %s', async (name, text, at) => {
    const dir = writeBundle(scratchDir(), 'r', { files: { [name]: text } })
    expect(places(await readBundle(dir))).toContainEqual(['schema_violation', name, at])
  })
})

describe('artifacts', () => {
  const artifacts = async (files: Record<string, string | null>, metadata = {}) =>
    readBundle(writeBundle(scratchDir(), 'r', { files, metadata }))

  it('finds model.txt and then every model.*, by name', async () => {
    // In order neither as they are made nor backwards.
    const files = { 'model.b': 'b', 'model.zip': 'z', 'model.a': 'a', 'models.txt': 'no' }
    const bundle = await artifacts(files)
    expect(valid(bundle).artifacts).toEqual(['model.txt', 'model.a', 'model.b', 'model.zip'])
    expect(valid(await artifacts({ 'model.txt': null, 'model.onnx': 'o' })).artifacts).toEqual(['model.onnx'])
  })

  it('finds what metadata.artifacts names, in its order', async () => {
    const named = { artifacts: ['weights.bin', 'model.txt'] }
    expect(valid(await artifacts({ 'weights.bin': 'w', 'model.onnx': 'o' }, named)).artifacts).toEqual(
      named.artifacts,
    )
    expect(places(await artifacts({}, named))).toEqual([['missing_artifact', 'weights.bin', undefined]])
  })

  it('rejects empty ones, and directories', async () => {
    expect(places(await artifacts({ 'model.txt': '' }))).toEqual([
      ['missing_artifact', 'model.txt', undefined],
    ])
    const dir = writeBundle(scratchDir(), 'r', { files: { 'model.txt': null } })
    mkdirSync(join(dir, 'model.txt'))
    expect(places(await readBundle(dir))).toEqual([['not_a_file', 'model.txt', undefined]])
    rmSync(join(dir, 'model.txt'), { recursive: true })
    mkdirSync(join(dir, 'model.d'))
    expect(places(await readBundle(dir))).toEqual([['missing_artifact', '', undefined]])
  })
})

describe('manifest', () => {
  const NAMES = ['metadata.json', 'metrics.json', 'model.txt']

  function published(names = NAMES): string {
    const dir = writeBundle(scratchDir(), 'r', { files: { 'confusion_matrix.csv': 'a,b\n', '.hidden': 'x' } })
    writeFileSync(join(dir, 'manifest.json'), manifestOf(dir, names))
    return dir
  }

  it('is part of a valid bundle; what was added later is a warning', async () => {
    const bundle = valid(await readBundle(published()))
    expect(Object.keys(bundle.manifest?.files ?? {})).toEqual(NAMES)
    expect(bundle.warnings.map((warning) => [warning.code, warning.file])).toEqual([
      ['unlisted_file', 'confusion_matrix.csv'],
    ])
    const dir = published([...NAMES, 'confusion_matrix.csv'])
    mkdirSync(join(dir, 'plots'))
    expect(valid(await readBundle(dir)).warnings).toEqual([])
  })

  it('recognizes half a model by its size', async () => {
    const dir = published()
    writeFileSync(join(dir, 'model.txt'), TINY_MODEL.slice(0, TINY_MODEL.length / 2))
    expect(places(await readBundle(dir))).toEqual([['integrity_mismatch', 'model.txt', undefined]])
  })

  it('recognizes a document that changed without changing its size', async () => {
    const dir = published()
    const text = readFileSync(join(dir, 'metrics.json'), 'utf8').replace('0.9,', '0.8,')
    const before = statSync(join(dir, 'metrics.json')).size
    writeFileSync(join(dir, 'metrics.json'), text)
    expect(statSync(join(dir, 'metrics.json')).size).toBe(before)
    expect(places(await readBundle(dir))).toEqual([['integrity_mismatch', 'metrics.json', undefined]])
  })

  it('misses what it lists', async () => {
    const dir = published([...NAMES, 'confusion_matrix.csv'])
    rmSync(join(dir, 'confusion_matrix.csv'))
    expect(places(await readBundle(dir))).toEqual([['integrity_mismatch', 'confusion_matrix.csv', undefined]])
  })

  it('requires that every file that is used is listed', async () => {
    expect(places(await readBundle(published(['metadata.json', 'model.txt'])))).toEqual([
      ['integrity_mismatch', 'metrics.json', undefined],
    ])
    expect(places(await readBundle(published(['metadata.json', 'metrics.json'])))).toEqual([
      ['integrity_mismatch', 'model.txt', undefined],
    ])
  })

  it('names several strangers in order', async () => {
    const dir = published()
    // In order neither as they were made nor backwards, which is how some file systems list them.
    for (const name of ['b.txt', 'z.txt', 'a.txt']) writeFileSync(join(dir, name), '')
    const files = valid(await readBundle(dir)).warnings.map((warning) => warning.file)
    expect(files).toEqual(['a.txt', 'b.txt', 'confusion_matrix.csv', 'z.txt'])
  })

  it('misses a file that it lists below what is a file', async () => {
    const dir = published()
    const manifest = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')) as { files: object }
    const files = { ...manifest.files, 'model.txt/part': { sha256: '0'.repeat(64), size: 1 } }
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, files }))
    expect(places(await readBundle(dir))).toEqual([['integrity_mismatch', 'model.txt/part', undefined]])
  })
})

describe('promoted or not', () => {
  it('reads a models dir that was opened already', async () => {
    const root = scratchDir()
    writeBundle(root, 'here', { metadata: { model_id: 'there' } })
    expect(places(await readPromotedBundle(root, 'here'))).toEqual([
      ['model_id_mismatch', 'metadata.json', 'model_id'],
    ])
    expect(places(await readPromotedBundle(root, 'gone'))).toEqual([['vanished', '', undefined]])
  })

  it('takes a candidate of any directory name under the id that it states', async () => {
    const dir = writeBundle(scratchDir(), 'candidate', { metadata: { model_id: 'run-7' } })
    expect(places(await readBundle(dir))).toEqual([['model_id_mismatch', 'metadata.json', 'model_id']])
    expect(valid(await readBundle(dir, { promoted: false })).modelId).toBe('run-7')
  })

  it("takes the directory's name for a candidate without an id, or with one that cannot be a directory's", async () => {
    const dir = writeBundle(scratchDir(), 'candidate')
    expect(valid(await readBundle(dir, { promoted: false })).modelId).toBe('candidate')
    const odd = writeBundle(scratchDir(), 'candidate', { metadata: { model_id: 'ü b' } })
    expect(valid(await readBundle(odd, { promoted: false })).modelId).toBe('candidate')
  })

  it.each(['../up', 'a\\b', 'active.json', 'Index.JSON', 'traffic_history.jsonl', '.x'])(
    'refuses a candidate that would be published as %j',
    async (id) => {
      const dir = writeBundle(scratchDir(), 'candidate', { metadata: { model_id: id } })
      const bundle = await readBundle(dir, { promoted: false })
      expect(places(bundle)).toEqual([['unusable_name', 'metadata.json', 'model_id']])
    },
  )

  it.each(['a\\b', 'active.json', 'inference_policy.json', 'channel-blue.json', '.hidden'])(
    'refuses a bundle in a directory named %j',
    async (id) => {
      const dir = writeBundle(scratchDir(), id)
      expect(places(await readBundle(dir))).toEqual([['unusable_name', '', undefined]])
      expect(places((await verifyBundle(dir)).bundle)).toEqual([['unusable_name', '', undefined]])
    },
  )

  it('follows a link to a candidate, and not to a promoted bundle', async () => {
    const root = scratchDir()
    const dir = writeBundle(root, 'real')
    symlinkSync(dir, join(root, 'latest'))
    expect(valid(await readBundle(join(root, 'latest'), { promoted: false })).path).toBe(dir)
    expect(places(await readBundle(join(root, 'latest')))).toEqual([['symlink_alias', '', undefined]])
  })

  it('reports what is not a directory, or not there', async () => {
    const root = scratchDir()
    writeFileSync(join(root, 'file'), '')
    expect(places(await readBundle(join(root, 'file')))).toEqual([['not_a_file', '', undefined]])
    expect(places(await readBundle(join(root, 'none')))).toEqual([['vanished', '', undefined]])
    expect(places(await readBundle(join(root, 'none', 'deeper')))).toEqual([['vanished', '', undefined]])
    expect(places(await readBundle(join(root, 'none'), { promoted: false }))).toEqual([
      ['vanished', '', undefined],
    ])
    expect(places(await readBundle(join(root, 'x'.repeat(300))))).toEqual([['unreadable', '', undefined]])
  })

  it('reaches a bundle through a linked models dir', async () => {
    const root = scratchDir()
    const models = copyDemoModels(root)
    symlinkSync(models, join(root, 'link'))
    const id = '2026-03-02_031009_run-8935'
    const bundle = valid(await readBundle(join(root, 'link', id), { modelsDir: join(root, 'link') }))
    expect([bundle.modelId, bundle.path]).toEqual([basename(bundle.path), join(models, id)])
  })
})
