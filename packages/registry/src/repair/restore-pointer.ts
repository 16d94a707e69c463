import { readActive } from '@taskclf/active-pointer'
import { type LastActive, type RestoreOptions, restoreActive } from '@taskclf/infer-resolver'
import type { ModelsDirLook } from '@taskclf/registry-core'
import { isLockAbandoned } from './repair-locks.js'
import type { Confirm, RepairStep } from './repair-step.js'

/** Writes a pointer that is lost or damaged again, to the model that the history says was active last. */
export async function restorePointer(
  dir: ModelsDirLook,
  how: RestoreOptions,
  confirm: Confirm,
): Promise<RepairStep[]> {
  if ((await readActive(dir)).status === 'valid') return []
  // Each writer of the pointer breaks such a lock, and that was not agreed to.
  if (isLockAbandoned(dir)) {
    const message = 'active.json cannot be read as a pointer, and was left so: its lock was not broken'
    return [{ step: 'pointer', outcome: 'declined', code: 'lock_abandoned', message }]
  }
  const ask = (last: LastActive) =>
    confirm({ ...UNCONFIRMED, message: `${found(last)}; make it the active model?` })
  const restoration = await restoreActive(dir, { ...how, confirm: ask })
  if (restoration.status === 'unneeded') return []
  const { last, status } = restoration
  if (status === 'declined')
    return [{ ...UNCONFIRMED, outcome: 'declined', message: `${found(last)}; active.json was not written` }]
  const message = `active.json was written again: ${nameOf(last)} is active, as the history says`
  return [{ step: 'pointer', outcome: 'repaired', code: 'pointer_restored', message }]
}

const UNCONFIRMED = { step: 'pointer', code: 'pointer_unconfirmed' } as const

const found = (last: LastActive) =>
  `the pointer is lost; the history names ${nameOf(last)} last, and nothing confirms that this switch took effect`

const nameOf = ({ entry: { new: pointer, revision } }: LastActive) =>
  `${pointer.model_id}${revision === undefined ? '' : ` (revision ${revision})`}`
