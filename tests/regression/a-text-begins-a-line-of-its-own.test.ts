import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const BIN = fileURLToPath(new URL('../../packages/cli/dist/bin.cjs', import.meta.url))
const HOSTILE = 'x\nINJECTED'
const GATES = { acceptance_pass: true, breakidle_precision: 0.99, min_class_precision: 0.9 }

/** Lines that no program of ours began. */
function injected(dir: string, ...args: string[]): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { cwd: dir, encoding: 'utf8' })
  return (stdout + stderr).split('\n').filter((line) => line.startsWith('INJECTED'))
}

function place(): string {
  const dir = scratchDir()
  mkdirSync(join(dir, 'models'))
  return dir
}

it("keeps a champion's schema hash on its line", () => {
  const dir = place()
  writeBundle(join(dir, 'models'), 'champion', { metadata: { schema_hash: HOSTILE }, metrics: GATES })
  writeBundle(dir, 'candidate', { metadata: { model_id: 'next' }, metrics: GATES })
  expect(injected(dir, 'train', 'promote', 'candidate')).toEqual([])
})

it('keeps the metric of a gate on its line', () => {
  const dir = place()
  writeBundle(join(dir, 'models'), 'one', { metrics: GATES })
  writeBundle(dir, 'candidate', { metadata: { model_id: 'next' }, metrics: GATES })
  const policy = {
    version: 1,
    gates: [{ metric: HOSTILE, min: 0.5 }],
    rank_by: [{ metric: 'macro_f1', order: 'desc' }],
  }
  writeFileSync(join(dir, 'p.json'), JSON.stringify(policy))
  for (const args of [
    ['model', 'select'],
    ['infer', 'resolve'],
    ['train', 'promote', 'candidate'],
    ['policy', 'check', 'p.json'],
    ['doctor'],
  ])
    expect([args, injected(dir, ...args, '--policy', 'p.json')]).toEqual([args, []])
})

it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['a label', { label_set: [HOSTILE, 'b'] }, {}],
  ['a schema version', { schema_version: HOSTILE }, {}],
  ['a data set', {}, { eval_dataset_id: HOSTILE }],
  ['a schema hash', { schema_hash: HOSTILE }, {}],
  ['an artifact', { artifacts: [HOSTILE] }, {}],
  ['a time', { created_at: HOSTILE }, {}],
  ['a key of the metrics', {}, { per_class: { [HOSTILE]: { precision: 7 } } }],
])('keeps %s on its line', (_, metadata, metrics) => {
  const dir = place()
  const odd = { metadata, metrics: { ...GATES, ...metrics } }
  writeBundle(join(dir, 'models'), 'odd', odd)
  writeBundle(join(dir, 'models'), 'plain', { metrics: { ...GATES, eval_dataset_id: 'other' } })
  writeBundle(dir, 'candidate', { ...odd, metadata: { ...metadata, model_id: 'next' } })
  for (const args of [
    ['model', 'select', '--schema-hash', '8776f20dbb8f', '--label-set', 'a,b'],
    ['infer', 'resolve', '--schema-hash', '8776f20dbb8f', '--label-set', 'a,b'],
    ['model', 'set-active', '--model-id', 'odd', '--schema-hash', '8776f20dbb8f'],
    ['train', 'promote', 'candidate'],
    ['train', 'list', '--all'],
    ['model', 'inspect', 'odd'],
    ['model', 'verify'],
    ['model', 'why'],
    ['doctor'],
  ])
    expect([args, injected(dir, ...args)]).toEqual([args, []])
})
