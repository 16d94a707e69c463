import { ActivePointerError } from './errors.js'
import type { ActivePointer } from './format/pointer.js'
import type { SwitchOptions, SwitchPlan, SwitchResult } from './format/switch.js'
import type { StoreLike } from './model-store.js'
import { switchActive } from './switch-active.js'
import type { SwitchContext } from './switch-context.js'
import { namedReason } from './write-active.js'

/** Who withdraws or readmits a model, and why. */
export interface WithdrawOptions extends SwitchOptions {
  /** Why, for the audit. */
  note?: string
}

/** What became of a withdrawal or a readmission. */
export type WithdrawResult =
  | ({ changed: true } & SwitchResult)
  /** It was so already: nothing was written. */
  | { changed: false; withdrawn: readonly string[] }

/**
 * Withdraws a model: automatic selection passes it over from now on, until it is readmitted or a person activates it. The active model
 * stays; the history gets one line.
 *
 * @throws ActivePointerError `is_active` for the active model; `bundle_not_promoted` when there is no such bundle; `no_active_pointer`; those of
 * a switch.
 * @example
 * ```ts
 * await withdrawModel('models', 'run-7', { note: 'trained on last year\'s labels', actor: 'ops' })
 * ```
 */
export async function withdrawModel(
  where: StoreLike,
  modelId: string,
  options: WithdrawOptions = {},
): Promise<WithdrawResult> {
  return change(where, options, async ({ store, withdrawn }, active) => {
    if (active.model_id === modelId) throw isActive(modelId)
    if (withdrawn.includes(modelId)) return undefined
    const bundle = await store.bundles.read(modelId)
    const isGone = bundle.status === 'invalid' && bundle.problems.some(({ code }) => code === 'vanished')
    if (isGone) throw notThere(modelId, store.location)
    return { withdrawn: [...withdrawn, modelId].sort(), kind: 'withdraw', modelId }
  })
}

/**
 * Readmits a withdrawn model: automatic selection takes it into account again. The active model stays; the history gets one line.
 *
 * @throws ActivePointerError `no_active_pointer`; those of a switch.
 * @example
 * ```ts
 * const { changed } = await readmitModel('models', 'run-7', { actor: 'ops' })
 * ```
 */
export async function readmitModel(
  where: StoreLike,
  modelId: string,
  options: WithdrawOptions = {},
): Promise<WithdrawResult> {
  return change(where, options, async ({ withdrawn }) =>
    withdrawn.includes(modelId)
      ? { withdrawn: withdrawn.filter((id) => id !== modelId), kind: 'readmit', modelId }
      : undefined,
  )
}

interface Change {
  withdrawn: readonly string[]
  kind: 'withdraw' | 'readmit'
  modelId: string
}

async function change(
  where: StoreLike,
  options: WithdrawOptions,
  decide: (context: SwitchContext, active: ActivePointer) => Promise<Change | undefined>,
): Promise<WithdrawResult> {
  let withdrawn: readonly string[] = []
  const result = await switchActive(where, options, async (context) => {
    if (context.active.status !== 'valid') throw nothingActive(context.active.status)
    withdrawn = context.withdrawn
    const wanted = await decide(context, context.active.pointer)
    return wanted && planFor(context, context.active.pointer, wanted, options)
  })
  return result === undefined ? { changed: false, withdrawn } : { changed: true, ...result }
}

/** The pointer as it is, but for the list. */
function planFor(
  { line }: SwitchContext,
  pointer: ActivePointer,
  { withdrawn, kind, modelId }: Change,
  { note }: WithdrawOptions,
): SwitchPlan {
  const files = line?.target_files as SwitchPlan['targetFiles']
  return {
    modelId: pointer.model_id,
    source: 'manual',
    policyVersion: pointer.policy_version,
    policyDigest: pointer.policy_digest,
    bundleDigest: pointer.bundle_digest,
    schemaHash: pointer.schema_hash,
    targetFiles: files,
    reason: pointer.reason ?? namedReason(pointer.model_id),
    withdrawn,
    decision: { kind, model_id: modelId, ...(note !== undefined && { note }) },
  }
}

function isActive(modelId: string): ActivePointerError {
  const message = `${modelId} is the active model, so it was not withdrawn; roll back, or activate another model, which withdraws it`
  return new ActivePointerError('is_active', message, { modelId })
}

function notThere(modelId: string, root: string): ActivePointerError {
  const message = `there is no bundle ${modelId} in ${root}, so nothing was withdrawn; give the id of one that is there`
  return new ActivePointerError('bundle_not_promoted', message, { modelId })
}

function nothingActive(status: string): ActivePointerError {
  const message = `active.json is ${status}, so there is no list to change; activate a model first`
  return new ActivePointerError('no_active_pointer', message)
}
