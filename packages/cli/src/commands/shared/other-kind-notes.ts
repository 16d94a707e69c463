import type { SwitchResult } from '@taskclf/active-pointer'
import { readPromotedBundle } from '@taskclf/registry-core'
import { otherKind } from '@taskclf/selection-policy'
import type { Note } from '../../command.js'

/** That services answer other labels, or need other features, since this switch. */
export async function otherKindNotes({ modelsDir, previous, pointer }: SwitchResult): Promise<Note[]> {
  if (previous.status !== 'valid') return []
  const [before, now] = [
    await readPromotedBundle(modelsDir, previous.modelId),
    await readPromotedBundle(modelsDir, pointer.model_id),
  ]
  const other = before.status === 'valid' && now.status === 'valid' ? otherKind(now, before) : undefined
  if (other === undefined) return []
  const message = `${now.modelId} is of another kind than ${before.modelId}, which was active: ${other.message}`
  return [{ level: 'warning', code: other.code, message }]
}
