import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LightgbmError, parseModel } from '@taskclf/lightgbm'
import { loadPredictor, PredictorError } from '@taskclf/predictor'
import { PromotionError, promote } from '@taskclf/promotion'
import { isModelId, listBundles, RegistryError, readBundle } from '@taskclf/registry-core'
import { parseConfig, SettingsError } from '@taskclf/settings'
import { metadataOf, metricsOf, writeBundle } from '../../internal/test-kit/src/bundles.js'
import { runTaskclf } from '../../packages/cli/src/cli.js'
import { DAMAGES } from '../../packages/lightgbm/test/damage.js'
import { LineCutter } from '../../packages/runs/src/line-cutter.js'
import { parseTrainerLine } from '../../packages/runs/src/protocol.js'
import { pick } from '../torture/registry.js'
import { mutateBytes, mutateJson } from './mutate.js'
import { impossibleIn } from './registry-targets.js'
import { refusing, type Target } from './target.js'

/** What a promotion makes beside bundles. */
const OWN_NAMES: ReadonlySet<string> = new Set([
  '.taskclf',
  'active.json',
  'active_history.jsonl',
  'index.json',
])

const EVENTS = [
  { type: 'progress', current: 3, total: 10, unit: 'trees' },
  { type: 'metrics', values: { macro_f1: 0.9, loss: 0.1 }, step: 3 },
  { type: 'log', message: 'half way', level: 'info' },
  { type: 'phase', name: 'train' },
  { type: 'bundle', model_id: 'run-a' },
]
const CONFIG = {
  models_dir: 'models',
  runs_dir: 'runs',
  actor: 'ci',
  policy: 'default',
  schema_hash: '8776f20dbb8f',
  label_set: ['BreakIdle', 'Build'],
  profiles: { nightly: { command: ['node', 'train.mjs'], timeout_minutes: 5 } },
}

const FIXTURES = process.env.TASKCLF_FUZZ_FIXTURES ?? ''
let models: string[] | undefined
const modelTexts = (): string[] => {
  models ??= readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(join(FIXTURES, name, 'model.txt'), 'utf8'))
    .filter((text) => text.length < 60_000)
  return models
}

function damagedModel(random: () => number): Uint8Array {
  const text = pick(modelTexts(), random)
  const damaged = pick(Object.values(DAMAGES), random)(text, random)
  return random() < 0.3 ? mutateBytes(damaged, random) : damaged
}

const IMPOSSIBLE_OUTSIDE_UNIT = new Set(['binary', 'multiclass', 'multiclassova', 'cross_entropy'])

export const PROGRAM_TARGETS: Target[] = [
  {
    name: 'model-text',
    make: damagedModel,
    run: async (bytes, { random }) => {
      const model = await refusing(() => parseModel(bytes), LightgbmError)
      if (model === undefined) return undefined
      const rows = Array.from({ length: 4 }, () =>
        Array.from({ length: model.numFeatures }, () =>
          pick([0, -0, 1, -1, Number.NaN, 1e300, -1e300, 0.5, 3, 1e-320, Number.POSITIVE_INFINITY], random),
        ),
      )
      const flat = Float64Array.from(rows.flat())
      const many = model.predictRows(flat, rows.length)
      for (const [i, row] of rows.entries()) {
        const one = model.predictRow(row)
        for (let j = 0; j < model.outputsPerRow; j++) {
          const [a, b] = [one[j], many[i * model.outputsPerRow + j]]
          if (!Object.is(a, b)) return `predictRow ${a}, predictRows ${b}`
          const isUnit = IMPOSSIBLE_OUTSIDE_UNIT.has(model.objective.name)
          if (isUnit && !((a as number) >= 0 && (a as number) <= 1))
            return `a probability of ${a} (${model.objective.name})`
        }
      }
      return undefined
    },
  },
  {
    name: 'trainer-line',
    make: (random) => mutateJson(pick(EVENTS, random), random),
    run: async (bytes, { random }) => {
      const cutter = new LineCutter(1 << 16)
      const all = Buffer.concat([bytes, Buffer.from('\n'), bytes])
      const at = Math.floor(random() * all.length)
      const lines = [...cutter.push(all.subarray(0, at)), ...cutter.push(all.subarray(at)), ...cutter.end()]
      const whole = new LineCutter(1 << 16)
      if (JSON.stringify([...whole.push(all), ...whole.end()]) !== JSON.stringify(lines))
        return 'lines depend on where the chunks were cut'
      for (const { text } of lines) {
        const event = parseTrainerLine(text)
        if (typeof event.type !== 'string') return 'an event without a type'
        if (event.type === 'progress' && !('current' in event && (event.current as number) >= 0))
          return 'progress below nothing'
        JSON.stringify(event)
      }
      return undefined
    },
  },
  {
    name: 'config',
    make: (random) => mutateJson(CONFIG, random),
    run: async (bytes) => {
      const config = await refusing(() => parseConfig('/x/taskclf.config.json', bytes), SettingsError)
      if (config === undefined) return undefined
      const known = Object.keys(config).filter(
        (key) => !(key in CONFIG) && !['feature_schema', 'schemas', '$schema'].includes(key),
      )
      return known.length > 0 ? `an unknown key was taken: ${known}` : undefined
    },
  },
  {
    name: 'predictor',
    make: (random) => mutateJson({ app_id: ['__unknown__', 'a', 'b'], weekday: ['mo', 'tu'] }, random),
    prepare: (dir) => {
      rmSync(join(dir, 'models'), { recursive: true, force: true })
      const model = readFileSync(join(FIXTURES, 'breast-cancer-binary-gbdt', 'model.txt'), 'utf8')
      writeBundle(join(dir, 'models'), 'run-a', { model })
    },
    run: async (bytes, { dir, random }) => {
      const path = join(dir, 'models', 'run-a')
      writeFileSync(join(path, 'categorical_encoders.json'), bytes)
      if (random() < 0.3) writeFileSync(join(path, 'model.txt'), damagedModel(random))
      const bundle = await readBundle(path)
      if (bundle.status !== 'valid') return undefined
      const predictor = await refusing(() => loadPredictor(bundle), PredictorError)
      if (predictor === undefined) return undefined
      const [first] =
        (await refusing(() => predictor.predict([{ app_id: 'a', weekday: '__proto__' }]), PredictorError)) ??
        []
      await predictor[Symbol.asyncDispose]()
      const confidence = first?.confidence
      return confidence !== undefined && !(confidence >= 0 && confidence <= 1)
        ? `a confidence of ${confidence}`
        : undefined
    },
  },
  {
    name: 'promotion',
    make: (random) =>
      mutateJson({ metadata: metadataOf({ model_id: 'run-new' }), metrics: metricsOf() }, random),
    run: async (bytes, { dir, random }) => {
      lay(dir)
      const both = readBoth(bytes, random)
      const candidateDir = writeBundle(dir, 'candidate', { files: both })
      const modelsDir = join(dir, 'models')
      const before = (await listBundles(modelsDir)).length
      const result = await refusing(() => promote({ candidateDir, modelsDir }), PromotionError, RegistryError)
      const bundles = await listBundles(modelsDir)
      for (const bundle of bundles) {
        const found =
          bundle.status === 'invalid'
            ? `an invalid bundle was published: ${bundle.problems[0]?.message}`
            : impossibleIn(bundle)
        if (found) return found
      }
      if (bundles.length > before + 1) return 'more than one bundle was published'
      if (result) JSON.stringify(result, (_, v: unknown) => (typeof v === 'bigint' ? String(v) : v))
      const odd = readdirSync(modelsDir).find((name) => !(isModelId(name) || OWN_NAMES.has(name)))
      return odd === undefined ? undefined : `an odd name in the models dir: ${odd}`
    },
  },
  {
    name: 'cli',
    make: (random) =>
      mutateJson(
        {
          metadata: metadataOf({ model_id: 'run-a' }),
          metrics: metricsOf(),
          active: {
            model_dir: 'models/run-a',
            model_id: 'run-a',
            selected_at: '2026-06-01T00:00:00+00:00',
            policy_version: 1,
            reason: { metric: 'macro_f1' },
          },
        },
        random,
      ),
    run: async (bytes, { dir, random }) => {
      lay(dir)
      const { 'active.json': active, ...both } = readBoth(bytes, random)
      writeBundle(join(dir, 'models'), 'run-a', { files: both })
      writeFileSync(join(dir, 'models', 'active.json'), active ?? '')
      const command = pick(COMMANDS, random)
      const json = random() < 0.5
      let [stdout, stderr] = ['', '']
      const code = await runTaskclf([...command, ...(json ? ['--json'] : [])], {
        stdout: { write: (text) => (stdout += text) },
        stderr: { write: (text) => (stderr += text) },
        env: {},
        cwd: dir,
        now: () => new Date(),
      })
      if (code === 70) return `our bug, says the cli: ${stderr}`
      if (/[^\P{Cc}\n]|\p{Bidi_Control}/u.test(stdout + stderr))
        return `a terminal would obey: ${JSON.stringify(stdout + stderr)}`
      if (json) JSON.parse(stdout)
      return undefined
    },
  },
]

const COMMANDS = [
  ['train', 'list'],
  ['train', 'list', '--all'],
  ['model', 'inspect', 'run-a'],
  ['model', 'history', '--verbose'],
  ['model', 'select'],
  ['infer', 'resolve'],
  ['doctor'],
  ['model', 'verify'],
  ['model', 'select', '--activate'],
  ['model', 'set-active', '--model-id', 'run-a'],
  ['model', 'rollback'],
]

function lay(dir: string): void {
  for (const name of ['models', 'candidate', 'rejected_models'])
    rmSync(join(dir, name), { recursive: true, force: true })
  writeBundle(join(dir, 'models'), 'run-b', { metrics: { macro_f1: 0.7 } })
}

/** The parts of a mutated document as files; what cannot be taken apart stands in for all of them. */
function readBoth(bytes: Uint8Array, random: () => number): Record<string, string | Uint8Array> {
  try {
    const { metadata, metrics, active } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<
      string,
      unknown
    >
    return {
      'metadata.json': JSON.stringify(metadata) ?? '',
      'metrics.json': JSON.stringify(metrics) ?? '',
      'active.json': JSON.stringify(active) ?? '',
    }
  } catch {
    return { [pick(['metadata.json', 'metrics.json', 'active.json'], random)]: bytes }
  }
}
