import { z } from 'zod'
import { type Checked, checkDocument } from './check-document.js'
import { BUNDLE_FILES } from './layout.js'
import {
  bool,
  countMatrix,
  entries,
  fraction,
  isCount,
  isObject,
  member,
  text,
  uniqueTexts,
} from './schema-parts.js'

/** One class's figures on the evaluation set. */
export interface ClassMetrics {
  /** From 0 to 1; 0 for a class never predicted. */
  precision: number
  /** From 0 to 1; 0 for a class that never occurs. */
  recall: number
  /** From 0 to 1. */
  f1: number
  /** How often the class truly occurs. */
  support: number
}

const isFraction = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1

const FRACTION = { type: 'number', minimum: 0, maximum: 1 }
const FRACTIONS = ['precision', 'recall', 'f1']
const CLASS_METRICS = {
  type: 'object',
  properties: {
    precision: FRACTION,
    recall: FRACTION,
    f1: FRACTION,
    support: { type: 'integer', minimum: 0 },
  },
  required: [...FRACTIONS, 'support'],
}

const perClass = () =>
  entries<ClassMetrics>(CLASS_METRICS, (value) => {
    if (!isObject(value))
      return [{ path: [], message: 'must be an object of precision, recall, f1 and support' }]
    return [
      ...FRACTIONS.flatMap((key) => member(value, key, isFraction, 'must be a number from 0 to 1')),
      ...member(value, 'support', isCount, 'must be a count: a whole number from 0 to 2^53 - 1'),
    ]
  })

const checks = () =>
  entries<boolean>({ type: 'boolean' }, (value) =>
    typeof value === 'boolean' ? [] : [{ path: [], message: 'must be true or false' }],
  )

/**
 * `metrics.json`, version 1. Keys not named here are kept.
 *
 * @example
 * ```ts
 * bundleMetricsSchema.safeParse({ macro_f1: 0.9, weighted_f1: 0.91 }).success // true
 * bundleMetricsSchema.safeParse({ macro_f1: '0.9', weighted_f1: 1.2 }).error?.issues.length // 2
 * ```
 */
export const bundleMetricsSchema = z
  .looseObject(
    {
      macro_f1: fraction().meta({ description: 'Unweighted mean of the F1 of the classes.' }),
      weighted_f1: fraction().meta({ description: 'Mean of the F1 of the classes, weighted by support.' }),
      acceptance_pass: bool().optional(),
      breakidle_precision: fraction().optional().meta({ description: 'Precision of the class BreakIdle.' }),
      min_class_precision: fraction().optional().meta({ description: 'The lowest precision of any class.' }),
      confusion_matrix: countMatrix()
        .optional()
        .meta({ description: 'Rows true, columns predicted, both in the order of label_names.' }),
      label_names: uniqueTexts('labels').optional(),
      per_class: perClass().optional(),
      acceptance_checks: checks().optional(),
      eval_dataset_id: text().optional(),
      created_at: text().optional(),
    },
    { error: 'must be an object' },
  )
  .check((context) => {
    const { confusion_matrix: matrix, label_names: labels } = context.value
    if (!Array.isArray(matrix) || (Array.isArray(labels) && labels.length === matrix.length)) return
    const message =
      labels === undefined
        ? 'must name the rows of confusion_matrix'
        : `must name the ${matrix.length} rows of confusion_matrix, each once`
    context.issues.push({ code: 'custom', path: ['label_names'], message, input: context.value })
  })
  .meta({ title: 'Bundle metrics, version 1', dependentRequired: { confusion_matrix: ['label_names'] } })

/** `metrics.json` as on disk, snake_case, unknown keys included. */
export type BundleMetrics = z.infer<typeof bundleMetricsSchema>

/** Checks a parsed `metrics.json`. */
export function parseMetrics(value: unknown): Checked<BundleMetrics> {
  return checkDocument(bundleMetricsSchema, value, BUNDLE_FILES.metrics)
}
