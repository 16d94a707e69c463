import { z } from 'zod'
import { canonicalDigest } from './canonical-json.js'
import { type Checked, checkDocument } from './check-document.js'
import { RegistryError } from './errors.js'
import { BUNDLE_FILES } from './layout.js'
import type { BundleMetrics } from './metrics.js'
import type { BundleWarning } from './problems.js'
import { fraction, isObject, text, uniqueTexts } from './schema-parts.js'

const fileName = (name: string) =>
  name.startsWith('.') || /[/\\\0]/.test(name) ? 'must be the plain name of a file in the bundle' : undefined

const object = { error: 'must be an object' }

/**
 * `metadata.json`, version 1. Keys not named here are kept.
 *
 * @example
 * ```ts
 * bundleMetadataSchema.safeParse({ created_at: '2026-03-01T00:00:00Z', schema_hash: '8776f20dbb8f' }).success // true
 * ```
 */
export const bundleMetadataSchema = z
  .looseObject(
    {
      model_id: text().optional().meta({ description: "The directory's name, for a promoted bundle." }),
      created_at: z
        .string({ error: 'must be a timestamp' })
        .meta({ description: 'When the model was trained: RFC 3339; without an offset, UTC.' }),
      schema_hash: text().meta({ description: 'Hash of the feature schema the model was trained on.' }),
      schema_version: text().optional().meta({ description: 'Name of that feature schema, for people.' }),
      label_set: uniqueTexts('labels').optional(),
      train_range: z.looseObject({ from: text(), to: text() }, object).optional(),
      train_date_from: text().optional().meta({ description: "The Python project's train_range.from." }),
      train_date_to: text().optional().meta({ description: "The Python project's train_range.to." }),
      params: z.custom<Record<string, unknown>>(isObject, object).optional().meta({ type: 'object' }),
      params_hash: text().optional(),
      dataset_hash: text().optional(),
      git_commit: text().optional(),
      reject_threshold: fraction()
        .nullable()
        .optional()
        .meta({ description: 'Below this probability the answer is Mixed/Unknown; null never rejects.' }),
      data_provenance: z
        .enum(['real', 'synthetic', 'mixed'], { error: 'must be "real", "synthetic" or "mixed"' })
        .optional(),
      artifacts: uniqueTexts('file names', fileName).optional(),
      preprocessing: z
        .looseObject(
          {
            missing_numeric: z
              .enum(['nan', 'zero'], { error: 'must be "nan" or "zero"' })
              .optional()
              .meta({ default: 'zero' }),
          },
          object,
        )
        .optional(),
    },
    object,
  )
  .meta({ title: 'Bundle metadata, version 1' })

/** `metadata.json` as on disk, snake_case, unknown keys included. */
export type BundleMetadata = z.infer<typeof bundleMetadataSchema>

/** Checks a parsed `metadata.json`; `created_at` is only seen to be a text here. */
export function parseMetadata(value: unknown): Checked<BundleMetadata> {
  return checkDocument(bundleMetadataSchema, value, BUNDLE_FILES.metadata)
}

/** Metadata with what can be derived filled in. What is stated is never replaced. */
export interface DerivedMetadata {
  metadata: BundleMetadata
  derived: string[]
  warnings: BundleWarning[]
}

/** Fills in `label_set`, `train_range` and `params_hash` where they are absent. */
export function deriveMetadata(stated: BundleMetadata, metrics: BundleMetrics): DerivedMetadata {
  const warnings: BundleWarning[] = []
  const found: Partial<BundleMetadata> = {}
  if (stated.label_set === undefined && metrics.label_names !== undefined)
    found.label_set = metrics.label_names
  const { train_date_from: from, train_date_to: to } = stated
  if (from !== undefined && to !== undefined) {
    if (stated.train_range === undefined) found.train_range = { from, to }
    else if (stated.train_range.from !== from || stated.train_range.to !== to) warnings.push(RANGES_DIFFER)
  }
  if (stated.params !== undefined && stated.params_hash === undefined) {
    const hash = hashParams(stated.params)
    if (typeof hash === 'string') found.params_hash = hash
    else warnings.push(hash)
  }
  if (!sameLabels(stated.label_set, metrics.label_names)) warnings.push(LABELS_DIFFER)
  return { metadata: { ...stated, ...found }, derived: Object.keys(found), warnings }
}

const RANGES_DIFFER: BundleWarning = {
  code: 'train_range_differs',
  file: BUNDLE_FILES.metadata,
  at: 'train_range',
  message: 'train_range and train_date_from/train_date_to name different days; train_range counts here',
}

const LABELS_DIFFER: BundleWarning = {
  code: 'label_set_differs',
  file: BUNDLE_FILES.metadata,
  at: 'label_set',
  message:
    'label_set and the label_names of metrics.json are different sets; label_set counts for compatibility',
}

function sameLabels(a: string[] | undefined, b: string[] | undefined): boolean {
  if (a === undefined || b === undefined) return true
  const others = new Set(b)
  return a.length === b.length && a.every((label) => others.has(label))
}

function hashParams(params: Record<string, unknown>): string | BundleWarning {
  try {
    return canonicalDigest(params).slice(0, 16)
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const message = `params has no hash: ${error.message}; give params_hash or write the value so that JSON can hold it`
    return { code: 'params_not_digestible', file: BUNDLE_FILES.metadata, at: 'params', message }
  }
}
