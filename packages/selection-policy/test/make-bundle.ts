import { type InvalidBundle, parseTimestamp, type ValidBundle } from '@taskclf/registry-core'

/** A valid bundle that passes every default gate, without touching a disk. */
export function makeBundle(
  modelId: string,
  metrics: Record<string, unknown> = {},
  metadata: Record<string, unknown> = {},
  derived: string[] = [],
): ValidBundle {
  const stated = { created_at: '2026-03-01T00:00:00+00:00', schema_hash: 'aaaaaaaaaaaa', ...metadata }
  const parsed = parseTimestamp(String(stated.created_at))
  if (!parsed.ok) throw new Error(parsed.reason)
  return {
    status: 'valid',
    modelId,
    location: `/models/${modelId}`,
    metadata: stated,
    metrics: {
      macro_f1: 0.9,
      weighted_f1: 0.91,
      acceptance_pass: true,
      breakidle_precision: 0.97,
      min_class_precision: 0.8,
      ...metrics,
    },
    encoders: undefined,
    selfTest: undefined,
    derived: { metadata: [], metrics: derived },
    createdAt: parsed.timestamp,
    artifacts: ['model.txt'],
    manifest: undefined,
    warnings: [],
  }
}

/** A bundle with two problems. */
export function makeInvalid(modelId: string): InvalidBundle {
  return {
    status: 'invalid',
    modelId,
    location: `/models/${modelId}`,
    problems: [
      { code: 'missing_metadata', file: 'metadata.json', message: 'metadata.json is missing' },
      { code: 'schema_violation', file: 'metrics.json', at: 'macro_f1', message: 'macro_f1 is no number' },
    ],
    partial: {},
  }
}

/** The bundle with metrics taken away. */
export function without(bundle: ValidBundle, ...names: string[]): ValidBundle {
  const kept = Object.entries(bundle.metrics).filter(([name]) => !names.includes(name))
  return { ...bundle, metrics: Object.fromEntries(kept) as ValidBundle['metrics'] }
}
