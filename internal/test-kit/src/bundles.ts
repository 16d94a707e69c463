import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What to write for one bundle. `files` are literal bytes and win over everything else; null leaves a file out. */
export interface BundleSpec {
  metadata?: Record<string, unknown>
  metrics?: Record<string, unknown>
  model?: string | Uint8Array
  files?: Record<string, string | Uint8Array | null>
}

/** A model.txt that any LightGBM reader takes: one tree, one leaf, binary objective. */
export const TINY_MODEL = [
  'tree',
  'version=v4',
  'num_class=1',
  'num_tree_per_iteration=1',
  'label_index=0',
  'max_feature_idx=0',
  'objective=binary sigmoid:1',
  'feature_names=x',
  'feature_infos=none',
  'tree_sizes=60',
  '',
  'Tree=0',
  'num_leaves=1',
  'num_cat=0',
  'leaf_value=0.25',
  'shrinkage=1',
  '',
  '',
  'end of trees',
  '',
].join('\n')

/** A model.txt with one split on x at 0.5: 0 goes left, to label 0; 1 goes right, and so does what is missing. */
export const SPLIT_MODEL = [
  ...TINY_MODEL.slice(0, TINY_MODEL.indexOf('tree_sizes')).trimEnd().split('\n'),
  '',
  'Tree=0',
  'num_leaves=2',
  'num_cat=0',
  'split_feature=0',
  'threshold=0.5',
  'decision_type=8',
  'left_child=-1',
  'right_child=-2',
  'leaf_value=-2 2',
  'shrinkage=1',
  '',
  '',
  'end of trees',
  '',
].join('\n')

/** A metadata document that satisfies the contract, with the given keys laid over it. */
export function metadataOf(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schema_version: 'v1',
    schema_hash: '8776f20dbb8f',
    label_set: ['BreakIdle', 'Build'],
    created_at: '2026-03-01T00:00:00+00:00',
    params: { seed: 1 },
    ...over,
  }
}

/** A metrics document that passes every default gate, with the given keys laid over it. */
export function metricsOf(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    macro_f1: 0.9,
    weighted_f1: 0.91,
    acceptance_pass: true,
    breakidle_precision: 0.97,
    min_class_precision: 0.8,
    ...over,
  }
}

/** Writes one bundle directory with literal bytes (no production code involved) and returns its path. */
export function writeBundle(modelsDir: string, id: string, spec: BundleSpec = {}): string {
  const dir = join(modelsDir, id)
  mkdirSync(dir, { recursive: true })
  const files: Record<string, string | Uint8Array | null> = {
    'metadata.json': `${JSON.stringify(metadataOf(spec.metadata), null, 2)}\n`,
    'metrics.json': `${JSON.stringify(metricsOf(spec.metrics), null, 2)}\n`,
    'model.txt': spec.model ?? TINY_MODEL,
    ...spec.files,
  }
  for (const [name, bytes] of Object.entries(files)) if (bytes !== null) writeFileSync(join(dir, name), bytes)
  return dir
}
