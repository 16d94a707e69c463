import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openRegistry } from '@taskclf/registry'
import type { Policy } from '@taskclf/selection-policy'
import { demoDir, runCli, seededRandom, writeBundle } from '@taskclf/test-kit'

const CHURN: Policy = {
  version: 1,
  gates: [
    { metric: 'auc', min: 0.7 },
    { metric: 'log_loss', max: 0.6 },
  ],
  rank_by: [
    { metric: 'auc', order: 'desc' },
    { metric: 'log_loss', order: 'asc' },
    { metric: 'lift_at_10', order: 'desc', optional: true },
  ],
  min_improvement: 0.001,
  regression_tolerance: 0.01,
  same_eval_dataset: false,
}

const SCHEMA = ['--feature-schema', 'feature-schema.json']

/** The demo after a selection, a choice of a person, and a rollback. */
async function demo(cwd: string): Promise<void> {
  cpSync(demoDir, cwd, { recursive: true })
  await runCli(['model', 'select', '--activate', ...SCHEMA], { cwd })
  await runCli(
    [
      'model',
      'set-active',
      '--model-id',
      '2026-02-16_031012_run-2286',
      '--note',
      'drift in Review',
      ...SCHEMA,
    ],
    { cwd },
  )
  await runCli(['model', 'rollback'], { cwd })
}

/** 200 churn models of a year and a half, of which some thirty served. */
async function large(cwd: string): Promise<void> {
  const models = join(cwd, 'models')
  const random = seededRandom(7)
  mkdirSync(models, { recursive: true })
  writeFileSync(join(cwd, 'churn.policy.json'), JSON.stringify(CHURN))
  writeFileSync(
    join(cwd, 'taskclf.config.json'),
    JSON.stringify({ version: 1, models_dir: 'models', policy: 'churn.policy.json' }),
  )
  let time = Date.UTC(2025, 0, 6, 3, 10)
  let best = 0
  for (let i = 0; i < 200; i++) {
    const auc = round(
      0.72 + 0.12 * (1 - Math.exp(-i / 90)) + 0.03 * (random() - 0.5) - (random() < 0.08 ? 0.1 : 0),
    )
    const at = new Date(time)
    const id = `${at.toISOString().slice(0, 10)}_churn-${String(i).padStart(3, '0')}`
    writeBundle(models, id, {
      files: { 'metadata.json': metadata(at), 'metrics.json': metrics(auc, random) },
    })
    time += (36 + 60 * random()) * 3_600_000
    if (auc < best + 0.001) continue
    best = auc
    const registry = await openRegistry(models, {
      policy: CHURN,
      actor: 'nightly',
      now: () => new Date(time),
    })
    await registry.activateBest()
  }
  const registry = await openRegistry(models, { policy: CHURN, actor: 'ops', now: () => new Date(time) })
  await registry.rollback()
}

const round = (value: number) => Math.round(value * 10_000) / 10_000

function metadata(at: Date): string {
  return JSON.stringify({
    created_at: at.toISOString(),
    label_set: ['stays', 'leaves'],
    task: 'classification',
    description: 'Whether a customer leaves within a month',
  })
}

function metrics(auc: number, random: () => number): string {
  const of = (support: number) => ({
    precision: round(auc + 0.05 * random()),
    recall: round(auc - 0.1 * random()),
    f1: round(auc - 0.02),
    support,
  })
  return JSON.stringify({
    auc,
    log_loss: round(1.2 - auc + 0.05 * random()),
    ...(random() < 0.8 && { lift_at_10: round(2 + 3 * auc * random()) }),
    per_class: { stays: of(4210), leaves: of(388) },
  })
}

/** A pointer that nobody can read. */
async function broken(cwd: string): Promise<void> {
  await demo(cwd)
  writeFileSync(join(cwd, 'models/active.json'), '{')
}

/** The active model is gone; another serves. */
async function degraded(cwd: string): Promise<void> {
  await demo(cwd)
  rmSync(join(cwd, 'models/2026-03-02_031009_run-8935'), { recursive: true })
}

async function empty(cwd: string): Promise<void> {
  mkdirSync(join(cwd, 'models'), { recursive: true })
}

/** Texts that would run, hide or overflow. */
async function hostile(cwd: string): Promise<void> {
  const models = join(cwd, 'models')
  const id = `<img src=x onerror=alert(1)>${'w'.repeat(120)}`
  const label = '</script><script>alert(2)</script>\u202e'
  const figures = { precision: 0.5, recall: 0.5, f1: 0.5, support: 3 }
  writeBundle(models, id, {
    metadata: { label_set: [label, 'b'], description: '"><svg onload=alert(3)>' },
    metrics: { per_class: { [label]: figures, b: figures } },
  })
  const registry = await openRegistry(models, { actor: '</title><script>alert(4)</script>' })
  await registry.activate(id, { note: `${'long'.repeat(100)}<script>alert(5)</script>`, force: true })
}

/** What pages are made of: each makes a registry in a directory. */
export const REGISTRIES = {
  demo,
  large,
  broken,
  degraded,
  empty,
  hostile,
} as const satisfies Record<string, (cwd: string) => Promise<void>>
