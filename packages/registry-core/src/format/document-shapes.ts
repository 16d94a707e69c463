import {
  findChecks,
  findColumns,
  findFileNames,
  findInputRows,
  findInWholeMetrics,
  findLabels,
  findManifestFiles,
  findOutputRows,
  findPerClass,
  findVocabularies,
} from './document-parts.js'
import {
  type Find,
  type Found,
  findCountMatrix,
  findTexts,
  isFraction,
  isObject,
  isWellFormed,
  MOST_ISSUES,
  NOTHING,
} from './shape.js'

// What the zod schemas say, word for word and without zod: several times as fast, and a program that only reads bundles need
// not load zod. The schemas are what is published; a property test holds the two together.

const rule =
  (fits: (value: unknown) => boolean, message: string): Find =>
  (value) =>
    fits(value) ? NOTHING : [{ path: [], message }]

const optional =
  (find: Find): Find =>
  (value) =>
    value === undefined ? NOTHING : find(value)

const oneOf = (values: unknown[], message: string): Find => rule((value) => values.includes(value), message)

const mild = (message: string): Found[] => [{ path: [], message, isMild: true }]

const text: Find = (value) => {
  if (typeof value !== 'string') return [{ path: [], message: 'must be a text' }]
  if (value === '') return mild('must not be empty')
  return isWellFormed(value) ? NOTHING : mild('holds a lone surrogate, which is no character')
}

const fraction: Find = (value) => {
  if (isFraction(value)) return NOTHING
  const found: Found = { path: [], message: 'must be a number from 0 to 1' }
  return [Number.isFinite(value) ? { ...found, isMild: true } : found]
}

const tolerance: Find = (value) => {
  if (!Number.isFinite(value)) return [{ path: [], message: 'must be a number' }]
  return (value as number) < 0 ? mild('must not be negative') : NOTHING
}

/** A JSON object whose named members fit; others are kept as they are. */
function object(members: Record<string, Find>): Find {
  const fields = Object.entries(members)
  return (value) => {
    if (!isObject(value)) return [{ path: [], message: 'must be an object' }]
    let all = NOTHING
    for (const [key, find] of fields) {
      const found = find(value[key])
      if (found.length === 0) continue
      const here = found.slice(0, MOST_ISSUES).map((each) => ({ ...each, path: [key, ...each.path] }))
      all = [...all, ...here]
    }
    return all
  }
}

/** A rule about the whole, for a document whose members have the right types. */
const and =
  (find: Find, whole: Find): Find =>
  (value) => {
    const found = find(value)
    return found.every(({ isMild }) => isMild) ? [...found, ...whole(value)] : found
  }

const maybeText = optional(text)
const maybeFraction = optional(fraction)
const versionOne = oneOf([1], 'must be 1; a newer version needs a newer taskclf')

const PREPROCESSING = { missing_numeric: optional(oneOf(['nan', 'zero'], 'must be "nan" or "zero"')) }

const SOURCE = { path: maybeText, run: maybeText, registry: maybeText, model_id: maybeText }

const METADATA: Record<string, Find> = {
  model_id: maybeText,
  created_at: rule((value) => typeof value === 'string', 'must be a timestamp'),
  schema_hash: maybeText,
  schema_version: maybeText,
  label_set: optional(findLabels),
  train_range: optional(object({ from: text, to: text })),
  train_date_from: maybeText,
  train_date_to: maybeText,
  params: optional(rule(isObject, 'must be an object')),
  params_hash: maybeText,
  dataset_hash: maybeText,
  git_commit: maybeText,
  reject_threshold: (value) => (value === null ? NOTHING : maybeFraction(value)),
  reject_label: maybeText,
  data_provenance: optional(oneOf(['real', 'synthetic', 'mixed'], 'must be "real", "synthetic" or "mixed"')),
  artifacts: optional(findFileNames),
  preprocessing: optional(object(PREPROCESSING)),
  task: optional(
    oneOf(['classification', 'regression', 'scores'], 'must be "classification", "regression" or "scores"'),
  ),
  description: maybeText,
  tags: optional(findTexts),
  source: optional(object(SOURCE)),
}

/** What `bundleMetadataSchema` finds. */
export const findInMetadata = object(METADATA)

const METRICS: Record<string, Find> = {
  macro_f1: maybeFraction,
  weighted_f1: maybeFraction,
  acceptance_pass: optional(oneOf([true, false], 'must be true or false')),
  breakidle_precision: maybeFraction,
  min_class_precision: maybeFraction,
  confusion_matrix: optional(findCountMatrix),
  label_names: optional(findLabels),
  per_class: optional(findPerClass),
  acceptance_checks: optional(findChecks),
  eval_dataset_id: maybeText,
  created_at: maybeText,
}

/** What `bundleMetricsSchema` finds. */
export const findInMetrics = and(object(METRICS), findInWholeMetrics)

/** The keys that have a meaning in each document. */
export const METADATA_KEYS: ReadonlySet<string> = new Set(Object.keys(METADATA))
export const PREPROCESSING_KEYS: ReadonlySet<string> = new Set(Object.keys(PREPROCESSING))
export const METRICS_KEYS: ReadonlySet<string> = new Set(Object.keys(METRICS))

/** What `categoricalEncodersSchema` finds. */
export const findInEncoders: Find = (value) => findVocabularies(value).slice(0, MOST_ISSUES)

/** What `bundleManifestSchema` finds. */
export const findInManifest = object({ version: versionOne, files: findManifestFiles })

/** What `selfTestSchema` finds. */
export const findInSelfTest = and(
  object({
    version: versionOne,
    rows: findInputRows,
    expected: findOutputRows,
    tolerance,
    labels: optional(findLabels),
  }),
  (value) => {
    const { rows, expected } = value as { rows: unknown[]; expected: unknown[] }
    if (rows.length === expected.length) return NOTHING
    return [{ path: ['expected'], message: 'must have as many entries as rows' }]
  },
)

/** What `featureSchemaSchema` finds. */
export const findInFeatureSchema = object({
  version: maybeText,
  columns: findColumns,
  schema_hash: maybeText,
})
