import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Bundle,
  type LocalValidBundle,
  listBundles,
  PROBLEM_CODES,
  parseStrictJson,
  parseTimestamp,
  readBundle,
  verifyBundle,
} from '@taskclf/registry-core'
import {
  checkCandidateGates,
  checkRegression,
  compareBundles,
  DEFAULT_POLICY,
  type Policy,
  parsePolicy,
  selectBest,
  shouldSwitchActive,
  toDecision,
  toReportJson,
  UNGATED_POLICY,
} from '@taskclf/selection-policy'
import { metadataOf, metricsOf, writeBundle } from '../../internal/test-kit/src/bundles.js'
import { mutateBytes, mutateJson } from './mutate.js'
import type { Target } from './target.js'

const MATRIX = {
  label_names: ['BreakIdle', 'Build'],
  confusion_matrix: [
    [40, 2],
    [3, 60],
  ],
  per_class: {
    BreakIdle: { precision: 0.93, recall: 0.95, f1: 0.94, support: 42 },
    Build: { precision: 0.97, recall: 0.95, f1: 0.96, support: 63 },
  },
  acceptance_checks: { macro_f1: true, weighted_f1: true },
  eval_dataset_id: 'd1',
}
const METADATA = metadataOf({
  model_id: 'run-a',
  git_commit: 'abc',
  reject_threshold: 0.55,
  data_provenance: 'real',
  artifacts: ['model.txt'],
  train_range: { from: '2026-01-01', to: '2026-02-01' },
  preprocessing: { missing_numeric: 'nan' },
})
const DIGEST = 'a'.repeat(64)

const unit = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1
const maybeUnit = (value: unknown): boolean => value === undefined || unit(value)

/** What can never be true of a bundle that was read, whatever was in its files. */
export function impossibleIn(bundle: Bundle): string | undefined {
  if (bundle.status === 'invalid') {
    if (bundle.problems.length === 0) return 'invalid without a problem'
    const odd = bundle.problems.find(({ code }) => !PROBLEM_CODES.includes(code))
    if (odd) return `a problem code that is none: ${odd.code}`
    const obeyed = bundle.problems.find(({ message }) => /[\p{Cc}\p{Cf}]/u.test(message))
    return obeyed && `a message that a terminal would obey: ${JSON.stringify(obeyed.message)}`
  }
  const { metadata, metrics } = bundle
  if (!maybeUnit(metrics.macro_f1) || !maybeUnit(metrics.weighted_f1)) return 'a score outside [0, 1]'
  if (!maybeUnit(metrics.breakidle_precision) || !maybeUnit(metrics.min_class_precision))
    return 'a precision outside [0, 1]'
  for (const { precision, recall, f1 } of Object.values(metrics.per_class ?? {}))
    if (![precision, recall, f1].every(maybeUnit)) return 'a figure of a class outside [0, 1]'
  if (typeof bundle.createdAt.epochMicros !== 'bigint') return 'no instant'
  const { schema_hash } = metadata
  if (schema_hash !== undefined && (typeof schema_hash !== 'string' || schema_hash === ''))
    return 'no schema hash'
  const labels = metadata.label_set ?? []
  if (new Set(labels).size !== labels.length) return 'a label set with doubles'
  if (bundle.artifacts.length === 0) return 'no artifact'
  return undefined
}

/** Every decision on these bundles must be made without a word of complaint, and account for each of them once. */
export function impossibleInDecisions(bundles: readonly Bundle[], policy: Policy): string | undefined {
  const report = selectBest([...bundles], policy, {}, { withdrawn: ['run-z'] })
  if (report.ranked.length + report.excluded.length !== bundles.length)
    return 'a bundle is lost or doubled in the report'
  const text = JSON.stringify(toReportJson(report))
  if (/:null,"(?:NaN|Infinity)/.test(text)) return 'NaN in a report'
  const valid = bundles.filter((bundle): bundle is LocalValidBundle => bundle.status === 'valid')
  for (const a of valid)
    for (const b of valid) {
      const [ab, ba] = [compareBundles(a, b, policy), compareBundles(b, a, policy)]
      if (Number.isNaN(ab) || Math.sign(ab) !== -Math.sign(ba)) return `no order: ${ab} and ${ba}`
      checkRegression(a, b, policy)
    }
  for (const incumbent of [undefined, ...bundles])
    toDecision(report, shouldSwitchActive(report, incumbent, policy))
  for (const candidate of valid) checkCandidateGates(candidate, policy)
  return undefined
}

function bundleTarget(name: string, file: string, seeds: unknown[]): Target {
  return {
    name,
    make: (random) => mutateJson(seeds[Math.floor(random() * seeds.length)], random),
    run: async (bytes, { dir, random }) => {
      const models = join(dir, 'models')
      writeFileSync(join(models, 'run-a', file), bytes)
      const bundle = await readBundle(join(models, 'run-a'))
      const bundles = [bundle, await readBundle(join(models, 'run-b'))]
      const found =
        impossibleIn(bundle) ??
        impossibleInDecisions(bundles, random() < 0.5 ? DEFAULT_POLICY : UNGATED_POLICY)
      if (found === undefined && random() < 0.05) await verifyBundle(join(models, 'run-a'))
      return found
    },
    prepare: (dir) => {
      rmSync(join(dir, 'models'), { recursive: true, force: true })
      writeBundle(join(dir, 'models'), 'run-a', { metadata: METADATA, metrics: MATRIX })
      writeBundle(join(dir, 'models'), 'run-b', { metrics: { ...MATRIX, macro_f1: 0.85 } })
    },
  }
}

const GATES = [
  { metric: 'acceptance_pass', equals: true },
  { metric: 'breakidle_precision', min: 0.9 },
  { metric: 'per_class.Build.f1', min: 0.5, max: 1 },
]
const POLICIES: unknown[] = [
  DEFAULT_POLICY,
  UNGATED_POLICY,
  { extends: 'default', rank_by: [{ metric: 'auc', order: 'desc' }], regression_tolerance: 0.1 },
  {
    version: 1,
    gates: GATES,
    rank_by: [
      { metric: 'macro_f1', order: 'desc' },
      { field: 'created_at', order: 'asc' },
      { field: 'model_id', order: 'asc' },
    ],
    min_improvement: 0.01,
    regression_tolerance: 0.02,
    same_eval_dataset: true,
  },
]

let fixed: Promise<Bundle[]> | undefined

export const REGISTRY_TARGETS: Target[] = [
  bundleTarget('metadata', 'metadata.json', [METADATA, metadataOf()]),
  bundleTarget('metrics', 'metrics.json', [
    metricsOf(MATRIX),
    metricsOf(),
    { macro_f1: 0.9, weighted_f1: 0.9, ...MATRIX },
  ]),
  bundleTarget('manifest', 'manifest.json', [
    {
      version: 1,
      files: { 'model.txt': { sha256: DIGEST, size: 12 }, 'metadata.json': { sha256: DIGEST, size: 3 } },
    },
  ]),
  bundleTarget('encoders', 'categorical_encoders.json', [
    { app_id: ['__unknown__', 'a', 'b'], weekday: ['mo', 'tu'] },
  ]),
  bundleTarget('self-test', 'self_test.json', [
    { version: 1, rows: [{ x: 1, app_id: 'a' }], expected: [[0.2, 0.8]], tolerance: 1e-9 },
  ]),
  {
    name: 'policy',
    make: (random) => mutateJson(POLICIES[Math.floor(random() * POLICIES.length)], random),
    prepare: (dir) => {
      mkdirSync(join(dir, 'models'), { recursive: true })
      writeBundle(join(dir, 'models'), 'run-a', { metrics: MATRIX })
      writeBundle(join(dir, 'models'), 'run-b', { metrics: { ...MATRIX, macro_f1: 0.85 } })
      writeBundle(join(dir, 'models'), 'run-c', { files: { 'metrics.json': '{' } })
    },
    run: async (bytes, { dir }) => {
      fixed ??= listBundles(join(dir, 'models'))
      const json = parseStrictJson(bytes, 'policy.json')
      if (!json.ok) return undefined
      const parsed = parsePolicy(json.value)
      if (!parsed.ok) return parsed.violations.length === 0 ? 'refused without a violation' : undefined
      const again = parsePolicy(JSON.parse(JSON.stringify(parsed.policy)))
      if (!again.ok || JSON.stringify(again.policy) !== JSON.stringify(parsed.policy))
        return 'a policy that does not read as itself'
      return impossibleInDecisions(await fixed, parsed.policy)
    },
  },
  {
    name: 'timestamp',
    make: (random) =>
      mutateBytes(
        Buffer.from(
          [
            '2026-03-01T00:00:00+00:00',
            '20260301T000000.123456Z',
            '2026-03-01',
            '2026-03-01 10:00:00.5-02:30',
          ][Math.floor(random() * 4)] as string,
        ),
        random,
      ),
    run: async (bytes) => {
      const text = Buffer.from(bytes).toString('utf8')
      const parsed = parseTimestamp(text)
      if (!parsed.ok) return parsed.reason === '' ? 'refused without a reason' : undefined
      if (parsed.timestamp.raw !== text) return 'another raw text'
      const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/.test(text)
      if (
        rfc3339 &&
        BigInt(Date.parse(text)) !== parsed.timestamp.epochMicros / 1000n &&
        Date.parse(text) >= 0
      )
        return `not the instant that Date reads: ${Date.parse(text)}`
      return undefined
    },
  },
]
