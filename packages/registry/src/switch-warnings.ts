import { lookAtStore, type StoreLike, type StoreLook, type SwitchResult } from '@taskclf/active-pointer'
import { inferencePolicyWarnings } from '@taskclf/infer-resolver'
import { otherKind } from '@taskclf/selection-policy'

/**
 * What somebody should hear who switched: the switch's own warnings, that the Python project serves another model, and that services
 * answer other labels, or need other features, from now on.
 *
 * @example
 * ```ts
 * for (const { message } of await switchWarnings('models', await registry.rollback())) console.error(message)
 * ```
 */
export async function switchWarnings(
  where: StoreLike,
  result: SwitchResult,
): Promise<{ code: string; message: string }[]> {
  const store = lookAtStore(where)
  const { pointer, warnings } = result
  return [
    ...warnings,
    ...inferencePolicyWarnings(store, pointer.model_id),
    ...(await otherKindWarnings(store, result)),
  ]
}

async function otherKindWarnings({ bundles }: StoreLook, { previous, pointer }: SwitchResult) {
  if (previous.status !== 'valid') return []
  const before = await bundles.read(previous.modelId)
  const now = await bundles.read(pointer.model_id)
  const other = before.status === 'valid' && now.status === 'valid' ? otherKind(now, before) : undefined
  if (other === undefined) return []
  const message = `${now.modelId} is of another kind than ${before.modelId}, which was active: ${other.message}`
  return [{ code: other.code, message }]
}
