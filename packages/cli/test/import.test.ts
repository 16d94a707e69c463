import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { ModelImport, TrainPromote } from '@taskclf/documents'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { binary, type Failure, taskclf } from './support/taskclf.js'
import { noteCodes } from './support/trainers.js'

const BEST = '2026-03-02_031009_run-8935'
const TRAINED = new Date('2026-03-02T03:10:09.000Z')

/** A LightGBM model of eight classes, alone and under a name of its own. */
function place() {
  const dir = scratchDir()
  copyDemoModels(dir)
  const model = join(dir, 'booster.txt')
  cpSync(join(dir, 'models', BEST, 'model.txt'), model)
  utimesSync(model, TRAINED, TRAINED)
  mkdirSync(join(dir, 'fresh'))
  return { dir, model, bundle: join(dir, 'models', BEST) }
}

const run = (dir: string, ...more: string[]) =>
  taskclf<ModelImport>(['import', ...more, '--out', 'candidate', '--models-dir', 'fresh', '--json'], {
    cwd: dir,
  })
const refused = async (dir: string, ...more: string[]) => {
  const { code, json } = await taskclf<Failure>(
    [
      'import',
      ...more,
      ...(more.includes('--out') ? [] : ['--out', 'candidate']),
      '--models-dir',
      'fresh',
      '--json',
    ],
    { cwd: dir },
  )
  expect(readdirSync(dir)).not.toContain('candidate')
  expect(readdirSync(dir)).not.toContain('.taskclf-candidates')
  return [code, json.error.code, json.error.message]
}
const document = (dir: string, name: string) => JSON.parse(readFileSync(join(dir, 'candidate', name), 'utf8'))

describe('import', () => {
  it('makes a candidate of a LightGBM file that goes straight through a promotion', async () => {
    const { dir } = place()
    const { code, json } = await run(dir, 'booster.txt', '--metrics', 'auc=0.87,log_loss=0.36', 'brier=0.1')
    expect([code, json.artifact, json.task, json.outputs]).toEqual([0, 'model.txt', 'classification', 8])
    expect(json.features).toContain('app_id')
    expect(document(dir, 'metrics.json')).toEqual({ auc: 0.87, log_loss: 0.36, brier: 0.1 })
    expect(document(dir, 'metadata.json')).toEqual({
      source: { path: join(dir, 'booster.txt') },
      created_at: TRAINED.toISOString(),
      task: 'classification',
    })
    expect(noteCodes(json)).toEqual(['created_at_assumed', 'labels_assumed'])
    expect(readdirSync(dir)).not.toContain('.taskclf-candidates')
    const promote = ['train', 'promote', 'candidate', '--models-dir', 'fresh', '--policy', 'latest', '--json']
    const { json: promoted } = await taskclf<TrainPromote>(promote, { cwd: dir })
    expect(promoted.outcome).toBe('promoted')
  })

  it('takes what is given, and then assumes nothing', async () => {
    const { dir } = place()
    const labels = JSON.parse(readFileSync(join(dir, 'models', BEST, 'metadata.json'), 'utf8')).label_set
    writeFileSync(join(dir, 'labels.json'), JSON.stringify(labels))
    writeFileSync(join(dir, 'm.json'), '{"macro_f1": 0.9, "eval_dataset_id": "held out"}')
    const schema = join(demoDir, 'feature-schema.json')
    const given = ['--metrics', 'm.json', '--label-set', 'labels.json', '--schema', schema, '--id', 'mine']
    const { json } = await run(
      dir,
      'booster.txt',
      ...given,
      '--created-at',
      '2026-01-02',
      '--task',
      'classification',
    )
    expect([noteCodes(json), json.model_id, json.created_at]).toEqual([[], 'mine', '2026-01-02'])
    const metadata = document(dir, 'metadata.json')
    expect(metadata.label_set).toEqual(labels)
    expect(metadata.schema_hash).toMatch(/^[0-9a-f]{12}$/)
    expect(document(dir, 'metrics.json')).toEqual({ macro_f1: 0.9, eval_dataset_id: 'held out' })
  })

  it('takes the documents of a directory, and says what it leaves out', async () => {
    const { dir, bundle } = place()
    writeFileSync(join(bundle, 'notes.txt'), 'x')
    writeFileSync(join(dir, 'models/active_history.jsonl'), '')
    const { code, json } = await run(dir, bundle)
    expect([code, noteCodes(json), json.left_out]).toEqual([0, [], ['notes.txt']])
    expect(json.taken).toContain('categorical_encoders.json')
    const { source } = document(dir, 'metadata.json')
    expect(source).toEqual({ registry: join(dir, 'models'), model_id: BEST, path: bundle })
  })

  it('reports everything that is lacking at once, and never guesses a metric', async () => {
    const { dir, model } = place()
    utimesSync(model, new Date('2099-01-01'), new Date('2099-01-01'))
    const [code, error, message] = await refused(dir, 'booster.txt')
    expect([code, error]).toEqual([2, 'import_incomplete'])
    expect(message).toMatch(/--metrics[\s\S]*--created-at/)
  })

  it.each([
    [['booster.txt', '--metrics', 'auc=high'], 2, 'invalid_metric'],
    [['booster.txt', '--metrics', 'auc='], 2, 'invalid_metric'],
    [['booster.txt', '--metrics', 'auc=0.8', 'auc=0.9'], 2, 'import_contradicts'],
    [['booster.txt', '--metrics', 'none.json'], 3, 'file_unreadable'],
    [['booster.txt', '--metrics', 'booster.txt'], 3, 'file_unreadable'],
    [['none.txt', '--metrics', 'auc=0.8'], 3, 'file_unreadable'],
    [['notes.md', '--metrics', 'auc=0.8'], 2, 'no_model_file'],
    [['models', '--metrics', 'auc=0.8'], 2, 'no_model_file'],
    [['booster.txt', '--metrics', 'auc=0.8', '--label-set', 'a,b'], 2, 'import_contradicts'],
    [['booster.txt', '--metrics', 'auc=0.8', '--label-set', 'none'], 3, 'file_unreadable'],
    [['booster.txt', '--metrics', 'auc=0.8', '--created-at', 'yesterday'], 2, 'import_contradicts'],
    [['booster.txt', '--metrics', 'auc=0.8', '--id', '../up'], 2, 'import_contradicts'],
    [['booster.txt', '--metrics', 'auc=0.8', '--schema', 'other.json'], 2, 'import_contradicts'],
    [['booster.txt', '--metrics', 'macro_f1=7'], 1, 'invalid_bundle'],
    [['booster.txt', '--metrics', 'auc=0.8', '--out', 'models'], 1, 'file_exists'],
    [['booster.txt', '--metrics', 'auc=0.8', '--out', 'fresh/mine'], 1, 'published_bundle'],
    [['booster.txt', '--metrics', 'auc=0.8', '--task', 'regression'], 1, 'load_failed'],
    [['broken/model.txt', '--metrics', 'auc=0.8'], 1, 'load_failed'],
  ])('makes nothing of %j: exit %i, %s', async (args, exit, code) => {
    const { dir } = place()
    writeFileSync(join(dir, 'notes.md'), 'no model')
    writeFileSync(join(dir, 'other.json'), '{"version": "v1", "columns": [["elsewhere", "float"]]}')
    mkdirSync(join(dir, 'broken'))
    writeFileSync(join(dir, 'broken/model.txt'), 'tree\nversion=v4\n')
    utimesSync(join(dir, 'broken/model.txt'), TRAINED, TRAINED)
    expect((await refused(dir, ...args)).slice(0, 2)).toEqual([exit, code])
  })

  it('refuses what contradicts the documents beside the model', async () => {
    const { dir, bundle } = place()
    const [code, error, message] = await refused(
      dir,
      bundle,
      '--metrics',
      'macro_f1=0.99',
      '--created-at',
      '2020-01-01',
    )
    expect([code, error]).toEqual([2, 'import_contradicts'])
    expect(message).toMatch(/created_at is[\s\S]*macro_f1 is/)
  })

  it('asks which of several model files is meant', async () => {
    const { dir } = place()
    mkdirSync(join(dir, 'two'))
    for (const name of ['a.txt', 'model.txt']) cpSync(join(dir, 'booster.txt'), join(dir, 'two', name))
    const loaders = 'export default { "*.txt": async () => { throw new Error("never") } }'
    writeFileSync(join(dir, 'loaders.mjs'), loaders)
    const loader = ['--loader', './loaders.mjs']
    expect((await refused(dir, 'two', ...loader, '--metrics', 'a=1'))[1]).toBe('no_model_file')
  })

  it('names the parts of a model of another loader', async () => {
    const { dir } = place()
    writeFileSync(join(dir, 'net.bin'), 'weights in data.bin')
    utimesSync(join(dir, 'net.bin'), TRAINED, TRAINED)
    writeFileSync(join(dir, 'data.bin'), 'x')
    const loaders = `export default { 'net.bin': async ({ read, bundle }) => {
      await read('data.bin')
      return { featureNames: bundle.metadata.feature_names ?? ['Column_0', 'Column_1'], unnamed: [0, 1], likelyTask: 'regression',
        numOutputs: 1, predictRows: (rows, count) => new Float64Array(count) } } }`
    writeFileSync(join(dir, 'loaders.mjs'), loaders)
    writeFileSync(
      join(dir, 'schema.json'),
      '{"version": "v1", "columns": [["age", "float"], ["fee", "float"]]}',
    )
    const { code, json } = await run(
      dir,
      'net.bin',
      '--loader',
      './loaders.mjs',
      '--metrics',
      'rmse=3',
      '--schema',
      'schema.json',
    )
    expect([code, noteCodes(json)]).toEqual([0, ['created_at_assumed', 'task_assumed']])
    const { artifacts, feature_names } = document(dir, 'metadata.json')
    expect([artifacts, feature_names]).toEqual([
      ['net.bin', 'data.bin'],
      ['age', 'fee'],
    ])
    expect(readdirSync(join(dir, 'candidate')).sort()).toEqual([
      'data.bin',
      'metadata.json',
      'metrics.json',
      'net.bin',
    ])
    renameSync(join(dir, 'candidate'), join(dir, 'first'))
    const { json: unnamed } = await run(dir, 'net.bin', '--loader', './loaders.mjs', '--metrics', 'rmse=3')
    expect(noteCodes(unnamed)).toContain('columns_by_place')
  })

  it('waits for no pipe, whether it is the model, is named by it, or is beside it', async () => {
    const { dir, model } = place()
    const pipe = (name: string) => execFileSync('mkfifo', [join(dir, name)])
    pipe('model.pipe')
    expect((await refused(dir, 'model.pipe', '--metrics', 'auc=0.9')).slice(0, 2)).toEqual([
      3,
      'file_unreadable',
    ])
    pipe('data.bin')
    writeFileSync(join(dir, 'net.bin'), 'net')
    utimesSync(join(dir, 'net.bin'), TRAINED, TRAINED)
    writeFileSync(
      join(dir, 'loaders.mjs'),
      `export default { '*.bin': async ({ read }) => { await read('data.bin') } }`,
    )
    const named = await refused(dir, 'net.bin', '--loader', './loaders.mjs', '--metrics', 'rmse=3')
    expect(named.slice(1)).toEqual([
      expect.stringMatching(/^(file_unreadable|load_failed)$/),
      expect.stringContaining('data.bin is not a regular file'),
    ])
    mkdirSync(join(dir, 'trained'))
    cpSync(model, join(dir, 'trained/model.txt'))
    utimesSync(join(dir, 'trained/model.txt'), TRAINED, TRAINED)
    pipe('trained/self_test.json')
    symlinkSync('nowhere', join(dir, 'trained/categorical_encoders.json'))
    const { code, json } = await run(dir, 'trained', '--metrics', 'auc=0.9')
    expect([code, json.taken, json.left_out]).toEqual([0, [], []])
  })

  it('refuses a published bundle whose files are not what they were', async () => {
    const { dir } = place()
    await run(dir, 'booster.txt', '--metrics', 'auc=0.87', '--id', 'first')
    const promote = ['train', 'promote', 'candidate', '--models-dir', 'fresh', '--policy', 'latest']
    expect((await taskclf(promote, { cwd: dir })).code).toBe(0)
    renameSync(join(dir, 'candidate'), join(dir, 'promoted'))
    expect((await run(dir, 'fresh/first', '--id', 'second')).code).toBe(0)
    renameSync(join(dir, 'candidate'), join(dir, 'imported'))
    cpSync(join(dir, 'fresh/first'), join(dir, 'copy'), { recursive: true })
    appendFileSync(join(dir, 'copy/model.txt'), '\n')
    const [code, error, message] = await refused(dir, 'copy', '--id', 'third')
    expect([code, error]).toEqual([1, 'invalid_bundle'])
    expect(message).toContain('manifest.json')
    expect(message).toContain('model.txt')
  })

  it('says in words what was made, and what comes next', async () => {
    const { dir } = place()
    const { stdout } = await binary(['import', 'booster.txt', '--metrics', 'auc=0.8', '--out', 'c'], {
      cwd: dir,
    })
    expect(stdout).toMatch(/features +\d+: /)
    expect(stdout).toContain(`taskclf train promote ${join(dir, 'c')}`)
  })

  it('leaves nothing that reads as a candidate when it is killed, and clears it the next time', async () => {
    const { dir } = place()
    const stuck = `export default { 'model.txt': () => new Promise((r) => setTimeout(r, 60000)) }`
    writeFileSync(
      join(dir, 'stuck.mjs'),
      `let n = 0\n${stuck.replace('() =>', '() => n++ === 0 ? ({ featureNames: ["a"], numOutputs: 2, predictRows: () => [] }) :')}`,
    )
    const args = [
      'import',
      'booster.txt',
      '--metrics',
      'auc=0.8',
      '--loader',
      './stuck.mjs',
      '--out',
      'candidate',
    ]
    const bin = join(import.meta.dirname, '../dist/bin.cjs')
    const child = spawn(process.execPath, [bin, ...args], { cwd: dir, stdio: 'ignore' })
    while (!readdirSync(dir).includes('.taskclf-candidates')) await new Promise((r) => setTimeout(r, 20))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(readdirSync(dir)).not.toContain('candidate')
    const { code } = await run(dir, 'booster.txt', '--metrics', 'auc=0.8')
    expect([code, readdirSync(dir).includes('.taskclf-candidates')]).toEqual([0, false])
  })
})
