import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readRows } from '@taskclf/dataset'
import { loadPredictor, runSelfTest } from '@taskclf/predictor'
import { type LocalValidBundle, readBundle, selfTestSchema } from '@taskclf/registry-core'
import { checkCandidateGates, checkRegression, DEFAULT_POLICY, isCompatible } from '@taskclf/selection-policy'
import { runNode, scratchDir, spawnProgram } from '@taskclf/test-kit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  importTrainer,
  makeWindows,
  NODE_TRAINER,
  SCHEMA,
  type TrainerRun,
  train,
  writeSpec,
} from './example-trainers.js'

let dir: string
let data: { train: string; eval: string; schema: string }
let good: TrainerRun
let bundle: LocalValidBundle

const params = { num_rounds: 30 }
const modelOf = (bundleDir: string) => readFileSync(join(bundleDir, 'model.txt'))
const sha = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

async function valid(bundleDir: string): Promise<LocalValidBundle> {
  const found = await readBundle(bundleDir, { promoted: false })
  if (found.status === 'invalid') throw new Error(found.problems.map(({ message }) => message).join('; '))
  return found
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'taskclf-trainer-'))
  data = {
    train: await makeWindows(join(dir, 'train.csv'), { rows: 3000, seed: 1 }),
    eval: await makeWindows(join(dir, 'eval.csv'), { rows: 2000, seed: 1000 }),
    schema: SCHEMA,
  }
  good = await train(dir, { data, params })
  bundle = await valid(good.bundleDir)
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('on clean data', () => {
  it('succeeds, by a protocol without a malformed line, in reasonable time', () => {
    expect(good.manifest.state).toBe('succeeded')
    const types = good.events.map(({ type }) => type)
    expect(types).not.toContain('malformed')
    expect(types).not.toContain('text')
    expect(good.events.filter(({ type }) => type === 'progress')).toHaveLength(30)
    expect(good.events.flatMap((event) => (event.type === 'phase' ? [event.name] : []))).toEqual([
      'load',
      'train',
      'evaluate',
      'write',
    ])
    expect(good.manifest.duration_ms).toBeLessThan(15_000)
  })

  it('learns: the loss falls, and the model is good on windows it never saw', () => {
    const losses = good.events.flatMap((event) =>
      event.type === 'metrics' ? (event.values.train_log_loss ?? []) : [],
    )
    expect(losses.every((loss, i) => i === 0 || loss < (losses[i - 1] ?? 0))).toBe(true)
    expect(bundle.metrics.macro_f1).toBeGreaterThan(0.9)
  })

  it('writes a bundle without a warning that is compatible and past every gate', () => {
    expect(bundle.warnings).toEqual([])
    expect(bundle.derived.metrics).toEqual([])
    expect(isCompatible(bundle, { schemas: [{ hash: '8776f20dbb8f', version: 'v1' }] }).compatible).toBe(true)
    expect(checkCandidateGates(bundle, DEFAULT_POLICY).passed).toBe(true)
  })

  it('writes what the Python project demands, and leaves the id to promotion', () => {
    expect(bundle.metadata).toMatchObject({
      schema_version: 'v1',
      train_date_from: '2026-04-01',
      train_date_to: '2026-04-04',
      train_range: { from: '2026-04-01', to: '2026-04-04' },
      dataset_hash: sha(data.train).slice(0, 16),
      git_commit: expect.any(String),
      params: expect.objectContaining({ num_rounds: 30, num_class: 8, seed: 7 }),
      reject_threshold: 0.55,
      data_provenance: 'synthetic',
    })
    expect(bundle.metadata.model_id).toBeUndefined()
    expect(bundle.metrics.eval_dataset_id).toBe(sha(data.eval).slice(0, 16))
    expect(readdirSync(good.bundleDir).sort()).toEqual([
      'categorical_encoders.json',
      'confusion_matrix.csv',
      'metadata.json',
      'metrics.json',
      'model.txt',
      'self_test.json',
    ])
  })

  it('is served as it was trained: self-test and confusion matrix come out the same through the predictor', async () => {
    const predictor = await loadPredictor(bundle, { rejectThreshold: null })
    await runSelfTest(predictor, bundle)
    const test = selfTestSchema.parse(
      JSON.parse(readFileSync(join(good.bundleDir, 'self_test.json'), 'utf8')),
    )
    const { outputs: probabilities } = await predictor.predictBatch(test.rows)
    const deviations = test.expected.flat().map((p, i) => Math.abs(p - (probabilities[i] as number)))
    expect(deviations).toHaveLength(64)
    expect(Math.max(...deviations)).toBeLessThanOrEqual(1e-12)
    const labels = bundle.metrics.label_names ?? []
    const matrix = labels.map(() => labels.map(() => 0))
    const rows: Record<string, unknown>[] = []
    for await (const { values } of readRows(data.eval)) rows.push(values)
    const answers = await predictor.predict(rows)
    answers.forEach(({ label }, i) => {
      const counts = matrix[labels.indexOf(String(rows[i]?.label))] as number[]
      const at = labels.indexOf(String(label))
      counts[at] = (counts[at] ?? 0) + 1
    })
    expect(matrix).toEqual(bundle.metrics.confusion_matrix)
  })
})

it('reads a missing number as 0 for training and for serving where the parameters say so', async () => {
  const zero = await train(dir, { data, params: { num_rounds: 5, missing_numeric: 'zero' } })
  const served = await valid(zero.bundleDir)
  expect(served.metadata.preprocessing).toEqual({ missing_numeric: 'zero' })
  await runSelfTest(await loadPredictor(served), served)
})

it('reads quoted cells, CRLF and a byte order mark as RFC 4180 has them', async () => {
  const { readCsv } = await importTrainer<{
    readCsv: (path: string) => { columns: string[]; rows: string[][] }
  }>('read-csv.mjs')
  const path = join(dir, 'quoted.csv')
  writeFileSync(path, '\uFEFFa,"b ""c"""\r\n"1,\n2",\r\n\r\n,"x"')
  expect(readCsv(path)).toMatchObject({
    columns: ['a', 'b "c"'],
    rows: [
      ['1,\n2', ''],
      ['', 'x'],
    ],
  })
  writeFileSync(path, 'a,b\n1,"2')
  expect(() => readCsv(path)).toThrow(path)
})

describe('by seed', () => {
  it('makes of the same seed the same model, byte for byte, and of another another', async () => {
    const few = { num_rounds: 3 }
    const [first, again, other] = [
      await train(dir, { data, params: few }),
      await train(dir, { data, params: few }),
      await train(dir, { data, params: few, seed: 8 }),
    ]
    expect(modelOf(again.bundleDir).equals(modelOf(first.bundleDir))).toBe(true)
    expect(modelOf(other.bundleDir).equals(modelOf(first.bundleDir))).toBe(false)
  })

  it('keeps rows apart when there is no evaluation file, and names that set by its seed', async () => {
    const own = { train: data.train, schema: SCHEMA }
    const trained = [
      await train(dir, { data: own, params }),
      await train(dir, { data: own, params, seed: 8 }),
    ]
    const [first, second] = await Promise.all(trained.map(({ bundleDir }) => valid(bundleDir)))
    const measured = (first?.metrics.confusion_matrix ?? []).flat().reduce((a, b) => a + b, 0)
    expect(measured).toBeGreaterThan(650)
    expect(measured).toBeLessThan(850)
    expect(first?.metrics.eval_dataset_id).not.toBe(second?.metrics.eval_dataset_id)
    expect(first?.metrics.macro_f1).toBeGreaterThan(0.85)
  })

  it('does not train on rows it is measured with, and says so', async () => {
    const leaky = join(dir, 'leaky.csv')
    const [, ...evalLines] = readFileSync(data.eval, 'utf8').trimEnd().split('\n')
    writeFileSync(leaky, `${readFileSync(data.train, 'utf8')}${evalLines.slice(0, 100).join('\n')}\n`)
    const run = await train(dir, { data: { ...data, train: leaky }, params })
    expect(run.events).toContainEqual(expect.objectContaining({ type: 'log', level: 'warning' }))
    expect(modelOf(run.bundleDir).equals(modelOf(good.bundleDir))).toBe(true)
  })
})

describe('killed in the middle', () => {
  /** Starts it, kills it once it has told of `rounds` rounds, and answers what it said. */
  async function killAfter(rounds: number, env: Record<string, string>): Promise<string> {
    const child = spawnProgram(NODE_TRAINER, [], { env })
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.split('"progress"').length > rounds) child.kill('SIGKILL')
    })
    const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)))
    expect(signal).toBe('SIGKILL')
    return said
  }

  it('goes on where it was, again and again, to the very bytes of a run in one go', async () => {
    const work = scratchDir()
    const env = writeSpec(work, { data, params })
    const out = join(work, 'bundle')
    for (const rounds of [4, 9]) await killAfter(rounds, env)
    expect(readdirSync(out)).toEqual(['.checkpoint.jsonl'])
    const { code, stdout } = await runNode(NODE_TRAINER, [], { env })
    expect(code).toBe(0)
    expect(stdout).toContain('resumed after round')
    expect(stdout.match(/"progress"/g)?.length).toBeLessThanOrEqual(30 - 13)
    expect(modelOf(out).equals(modelOf(good.bundleDir))).toBe(true)
    expect(readdirSync(out)).not.toContain('.checkpoint.jsonl')
  })

  it('grows a torn round again', async () => {
    const work = scratchDir()
    const env = writeSpec(work, { data, params })
    await killAfter(3, env)
    const path = join(work, 'bundle', '.checkpoint.jsonl')
    writeFileSync(path, readFileSync(path).subarray(0, -1000))
    await runNode(NODE_TRAINER, [], { env })
    expect(modelOf(join(work, 'bundle')).equals(modelOf(good.bundleDir))).toBe(true)
  })

  it('accepts no checkpoint of another training', async () => {
    const work = scratchDir()
    await killAfter(3, writeSpec(work, { data, params, seed: 99 }))
    const { stdout } = await runNode(NODE_TRAINER, [], { env: writeSpec(work, { data, params }) })
    expect(stdout).not.toContain('resumed')
    expect(modelOf(join(work, 'bundle')).equals(modelOf(good.bundleDir))).toBe(true)
  })

  it('leaves its checkpoint to the next run where the profile names a file for it', async () => {
    const shared = { ...data, checkpoint: join(scratchDir(), 'checkpoint.jsonl') }
    await killAfter(5, writeSpec(scratchDir(), { data: shared, params }))
    const next = await train(dir, { data: shared, params })
    expect(next.events).toContainEqual(expect.objectContaining({ type: 'log' }))
    expect(modelOf(next.bundleDir).equals(modelOf(good.bundleDir))).toBe(true)
  })
})

describe('what demo:retrain shows', () => {
  it('labels given carelessly make a model that a gate refuses', async () => {
    const noisy = await makeWindows(join(dir, 'noisy.csv'), { rows: 3000, seed: 3, noise: 0.4 })
    const candidate = await valid((await train(dir, { data: { ...data, train: noisy }, params })).bundleDir)
    expect(checkCandidateGates(candidate, DEFAULT_POLICY).passed).toBe(false)
  })

  it('makes of too few windows a model that passes the gates and falls behind the champion', async () => {
    const few = await makeWindows(join(dir, 'few.csv'), { rows: 400, seed: 4 })
    const candidate = await valid((await train(dir, { data: { ...data, train: few }, params })).bundleDir)
    expect(checkCandidateGates(candidate, DEFAULT_POLICY).passed).toBe(true)
    expect(checkRegression(candidate, bundle, DEFAULT_POLICY)).toMatchObject({
      passed: false,
      likeForLike: true,
    })
  })
})

describe('given what it cannot use', () => {
  const csv = (name: string, text: string) => {
    const path = join(dir, name)
    writeFileSync(path, text)
    return path
  }
  const header = () => readFileSync(data.train, 'utf8').split('\n')[0]
  const cases: [string, () => Record<string, unknown>][] = [
    ['a parameter it does not know', () => ({ data, params: { lerning_rate: 0.1 } })],
    ['a parameter out of range', () => ({ data, params: { learning_rate: 0 } })],
    ['a parameter of another kind', () => ({ data, params: { num_rounds: '30' } })],
    ['no data', () => ({ data: {} })],
    ['a file that is not there', () => ({ data: { ...data, train: join(dir, 'absent.csv') } })],
    ['another version of the spec', () => ({ data, version: 2 })],
    ['a CSV without its columns', () => ({ data: { ...data, train: csv('a.csv', 'a,label\n1,x\n2,y\n') } })],
    ['a CSV without rows', () => ({ data: { ...data, train: csv('b.csv', `${header()}\n`) } })],
    ['a row that is too short', () => ({ data: { ...data, train: csv('c.csv', `${header()}\n1,2\n`) } })],
    [
      'a cell that is no number',
      () => ({
        data: {
          ...data,
          train: csv('d.csv', readFileSync(data.train, 'utf8').replace(',false,', ',maybe,')),
        },
      }),
    ],
    [
      'a schema whose hash is another',
      () => ({
        data: {
          ...data,
          schema: csv('s.json', readFileSync(SCHEMA, 'utf8').replace('8776f20dbb8f', '000000000000')),
        },
      }),
    ],
  ]

  it.each(cases)('says %s on stderr, exits 1 and writes no bundle', async (_, spec) => {
    const work = scratchDir()
    const { code, stderr } = await runNode(NODE_TRAINER, [], { env: writeSpec(work, spec()) })
    expect(code).toBe(1)
    expect(stderr).toMatch(/^trainer-node: .+\n$/)
    expect(readdirSync(join(work, 'bundle'))).toEqual([])
  })

  it('says without a spec the same', async () => {
    expect((await runNode(NODE_TRAINER)).code).toBe(1)
  })
})
