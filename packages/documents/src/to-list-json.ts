import { type OverviewModel, schemaHashOf } from '@taskclf/registry'
import { type Bundle, instantText } from '@taskclf/registry-core'
import { metricValue } from '@taskclf/selection-policy'
import type { TrainList } from './train.js'

/**
 * A model of a list: what it measures, and whether it may serve.
 *
 * @param columns paths of the metrics that are its `metrics`
 */
export function toListJson(
  model: OverviewModel,
  columns: readonly string[] = [],
): TrainList['bundles'][number] {
  const { bundle, rank, active, promoted } = model
  const against = model.exclusion()
  const createdAt = bundle.status === 'valid' ? bundle.createdAt : bundle.partial.createdAt
  return {
    model_id: bundle.modelId,
    path: bundle.location,
    status: bundle.status,
    created_at: createdAt?.raw ?? null,
    created_at_utc: createdAt === undefined ? null : instantText(createdAt.epochMicros),
    schema_hash: schemaHashOf(bundle) ?? null,
    ...figuresOf(bundle),
    metrics: Object.fromEntries(columns.map((path) => [path, valueAt(bundle, path)])),
    promoted,
    active,
    warnings: bundle.status === 'valid' ? bundle.warnings.map((warning) => ({ ...warning })) : [],
    eligible: against === undefined,
    rank: rank ?? null,
    exclusion:
      against === undefined
        ? null
        : {
            model_id: against.modelId,
            stage: against.stage,
            code: against.code,
            reasons: against.reasons.map((reason) => ({ ...reason })),
          },
  }
}

/** What the metrics say; of an invalid bundle nothing is taken. */
function figuresOf(bundle: Bundle) {
  const { metrics, derived } = bundle.status === 'valid' ? bundle : { metrics: {}, derived: { metrics: [] } }
  return {
    macro_f1: metrics.macro_f1 ?? null,
    weighted_f1: metrics.weighted_f1 ?? null,
    breakidle_precision: metrics.breakidle_precision ?? null,
    min_class_precision: metrics.min_class_precision ?? null,
    acceptance_pass: metrics.acceptance_pass ?? null,
    derived: [...derived.metrics],
  }
}

/** What a table can show: a list or an object is not a figure. */
function valueAt(bundle: Bundle, path: string): number | boolean | string | null {
  const value = bundle.status === 'valid' ? metricValue(bundle, path) : undefined
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : null
}
