import {
  type ActiveState,
  type HistoryEntry,
  readHistory,
  type SwitchOptions,
  type SwitchResult,
  writeActiveAtomic,
} from '@taskclf/active-pointer'
import {
  type BundleChecks,
  type LocalValidBundle,
  lookAtModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
  readPromotedBundle,
  requireChecked,
  requireReadable,
} from '@taskclf/registry-core'
import { isCompatible, type Requirement } from '@taskclf/selection-policy'
import { checkRecorded } from './check-recorded.js'
import { ResolveError } from './errors.js'
import { lookAtActive } from './look-at-active.js'
import { recordedBy } from './recorded.js'

/** What was active last, as far as the history says. */
export interface LastActive {
  entry: HistoryEntry
  /** Whether the damaged pointer still names this line. If not, the newest line may be of a switch that never ended. */
  confirmed: boolean
}

/** How {@link restoreActive} tries the model and writes the pointer. */
export interface RestoreOptions extends Pick<SwitchOptions, 'actor' | 'now' | 'lock'> {
  /** What the model has to fit; by default anything does. */
  requirement?: Requirement
  checks?: BundleChecks
  /** Asked before a pointer is written that nothing confirms. Default: it is not written. */
  confirm?: (last: LastActive) => boolean | Promise<boolean>
}

/** What became of a pointer that was absent or damaged. `unneeded`: it can be read, or nothing was ever active. */
export type Restoration =
  | { status: 'unneeded' }
  | { status: 'declined'; last: LastActive }
  | { status: 'restored'; last: LastActive; switched: SwitchResult }

/**
 * Writes a pointer that is absent or damaged again, to the model that was active last by the history, if that is still what was
 * activated and passes its checks. Chooses no other model, and replaces no pointer that can be read.
 *
 * @throws ResolveError `pointer_corrupt` when the history names no model, `bundle_invalid` or `bundle_incompatible` when that model must not
 * serve, `io`; ReloadError `integrity_mismatch` when it was changed since. RegistryError with the code of its check. Those of
 * `writeActiveAtomic`: `conflict` when somebody switched meanwhile.
 * @example
 * ```ts
 * const restoration = await restoreActive('models', { checks: predictorChecks(), confirm: () => true })
 * if (restoration.status === 'restored') console.log(restoration.switched.pointer.model_id)
 * ```
 */
export async function restoreActive(
  modelsDir: ModelsDirLike,
  options: RestoreOptions = {},
): Promise<Restoration> {
  const { confirm = () => false, requirement = {}, ...how } = options
  const dir = lookAtModelsDir(modelsDir)
  const look = await lookAtActive(dir)
  if (look.state === 'unknown') throw look.error
  const { active } = look
  if (active.status === 'valid') return { status: 'unneeded' }
  const last = lastActive(active, (await readHistory(dir)).entries)
  if (last === undefined) {
    if (active.status === 'absent') return { status: 'unneeded' }
    throw silent(active)
  }
  const bundle = await usable(dir, last.entry, requirement, how.checks)
  if (!last.confirmed && !(await confirm(last))) return { status: 'declined', last }
  const switched = await writeActiveAtomic(dir, bundle, {
    ...how,
    ...recordOf(last.entry),
    expected: active.version,
  })
  return { status: 'restored', last, switched }
}

type Lost = Exclude<ActiveState, { status: 'valid' }>

function lastActive(active: Lost, entries: readonly HistoryEntry[]): LastActive | undefined {
  const bytes = Buffer.from(active.status === 'corrupt' ? active.bytes : [])
  const named = entries.findLast(({ write_id }) => write_id !== undefined && bytes.includes(write_id))
  if (named !== undefined) return { entry: named, confirmed: true }
  const entry = entries.findLast(({ state }) => state === 'visible' || state === 'unconfirmed')
  return entry && { entry, confirmed: false }
}

/** The model as it was activated; any other is somebody's choice to make. */
async function usable(
  dir: ModelsDirLook,
  { new: pointer }: HistoryEntry,
  requirement: Requirement,
  checks: BundleChecks | undefined,
): Promise<LocalValidBundle> {
  const { model_id: modelId } = pointer
  const bundle = await readPromotedBundle(dir, modelId)
  requireReadable([bundle])
  if (bundle.status === 'invalid')
    throw refusal('bundle_invalid', modelId, bundle.problems.map(({ message }) => message).join('; '))
  const { compatible, reasons } = isCompatible(bundle, requirement)
  if (!compatible)
    throw refusal('bundle_incompatible', modelId, reasons.map(({ message }) => message).join('; '))
  const { content } = await requireChecked(bundle, checks)
  await checkRecorded(bundle, content, recordedBy({ pointer }))
  return bundle
}

function recordOf({ new: pointer, revision, write_id }: HistoryEntry) {
  const { model_id, policy_version, policy_digest, reason } = pointer
  return {
    source: 'repair' as const,
    policyVersion: policy_version,
    ...(policy_digest !== undefined && { policyDigest: policy_digest }),
    ...(reason && { reason }),
    decision: { kind: 'repair', last_good: { model_id, revision, write_id } },
  }
}

function silent({ problems }: Extract<Lost, { status: 'corrupt' }>): ResolveError {
  const why = problems.map(({ message }) => message).join('; ')
  const message = `active.json cannot be used (${why}), and the history names no model that was active; choose one`
  return new ResolveError('pointer_corrupt', message, { details: { problems } })
}

function refusal(code: 'bundle_invalid' | 'bundle_incompatible', modelId: string, why: string): ResolveError {
  const message = `${modelId} was active last, and must not serve now: ${why}; choose another model`
  return new ResolveError(code, message, { details: { wanted: modelId } })
}
