import type { Bundle, ValidBundle } from '@taskclf/registry-core'
import { quote } from './reason.js'
import type { Requirement } from './requirement.js'

/** In what one model is of another kind than the one it would take over from. */
export interface OtherKind {
  code: 'other_schema' | 'other_labels'
  message: string
}

/**
 * Whether a bundle states another feature schema or other labels than a second one; undefined when it does not, or when one of
 * the two states nothing. Of an invalid bundle counts what can be read. What a requirement restricts is not looked at: who states it has asked for what fits.
 *
 * @example
 * ```ts
 * otherKind(candidate, active) // { code: 'other_labels', message: 'labels "a", "b", "c" against "a", "b"' }
 * ```
 */
export function otherKind(
  bundle: ValidBundle,
  against: Bundle,
  requirement: Requirement = {},
): OtherKind | undefined {
  const [ours, theirs] = [bundle.metadata, statedBy(against)]
  const [schema, other] = [ours.schema_hash, theirs.schema_hash]
  const isStated = schema !== undefined && other !== undefined && requirement.schemas === undefined
  if (isStated && schema !== other)
    return { code: 'other_schema', message: `feature schema ${quote(schema)} against ${quote(other)}` }
  const [labels, others] = [ours.label_set, theirs.label_set]
  if (labels === undefined || others === undefined || requirement.labelSet !== undefined) return undefined
  const same =
    new Set(labels).size === new Set(others).size && labels.every((label) => others.includes(label))
  return same
    ? undefined
    : { code: 'other_labels', message: `labels ${listed(labels)} against ${listed(others)}` }
}

/** What is broken was chosen all the same, and its documents may still say for what. */
function statedBy(bundle: Bundle): {
  schema_hash?: string | undefined
  label_set?: readonly string[] | undefined
} {
  if (bundle.status === 'valid') return bundle.metadata
  const { schema_hash: hash, label_set: labels } = (bundle.partial.metadata ?? {}) as Record<string, unknown>
  const areLabels = Array.isArray(labels) && labels.every((label) => typeof label === 'string')
  return {
    ...(typeof hash === 'string' && hash !== '' && { schema_hash: hash }),
    ...(areLabels && { label_set: labels as string[] }),
  }
}

const MOST_LABELS = 12

function listed(labels: readonly string[]): string {
  const more = labels.length > MOST_LABELS ? ` and ${labels.length - MOST_LABELS} more` : ''
  return labels.slice(0, MOST_LABELS).map(quote).join(', ') + more
}
