import { z } from 'zod'
import { findChecks, findInWholeMetrics, findLabels, findPerClass } from './document-parts.js'
import { bool, countMatrix, entries, fraction, text, uniqueTexts } from './schema-parts.js'
import { findCountMatrix, LEAST_FRACTION, MOST_FRACTION } from './shape.js'

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

const FRACTION = { type: 'number', minimum: LEAST_FRACTION, maximum: MOST_FRACTION }
const CLASS_METRICS = {
  type: 'object',
  properties: {
    precision: FRACTION,
    recall: FRACTION,
    f1: FRACTION,
    support: { type: 'integer', minimum: 0 },
  },
  required: ['precision', 'recall', 'f1', 'support'],
}

/**
 * `metrics.json`, version 1: at least one finite number, anywhere. No key is required; which metrics are is for the policy to
 * say. Keys not named here are kept.
 *
 * @example
 * ```ts
 * bundleMetricsSchema.safeParse({ macro_f1: 0.9, weighted_f1: 0.91 }).success // true
 * bundleMetricsSchema.safeParse({ auc: 0.87 }).success // true
 * bundleMetricsSchema.safeParse({ macro_f1: '0.9', weighted_f1: 1.2 }).error?.issues.length // 2
 * ```
 */
export const bundleMetricsSchema = /* @__PURE__ */ (() =>
  z
    .looseObject(
      {
        macro_f1: fraction().optional().meta({ description: 'Unweighted mean of the F1 of the classes.' }),
        weighted_f1: fraction()
          .optional()
          .meta({ description: 'Mean of the F1 of the classes, weighted by support.' }),
        acceptance_pass: bool().optional(),
        breakidle_precision: fraction().optional().meta({ description: 'Precision of the class BreakIdle.' }),
        min_class_precision: fraction()
          .optional()
          .meta({ description: 'The lowest precision of any class.' }),
        confusion_matrix: countMatrix(findCountMatrix)
          .optional()
          .meta({ description: 'Rows true, columns predicted, both in the order of label_names.' }),
        label_names: uniqueTexts(findLabels).optional(),
        per_class: entries<ClassMetrics>(CLASS_METRICS, findPerClass).optional(),
        acceptance_checks: entries<boolean>({ type: 'boolean' }, findChecks).optional(),
        eval_dataset_id: text().optional(),
        created_at: text().optional(),
      },
      { error: 'must be an object' },
    )
    .check((context) => {
      for (const { path, message } of findInWholeMetrics(context.value)) {
        context.issues.push({ code: 'custom', path, message, input: context.value })
      }
    })
    .meta({
      title: 'Bundle metrics, version 1',
      minProperties: 1,
      dependentRequired: { confusion_matrix: ['label_names'] },
    }))()

/** `metrics.json` as on disk, snake_case, unknown keys included. */
export type BundleMetrics = z.infer<typeof bundleMetricsSchema>
