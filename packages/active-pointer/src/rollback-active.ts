import type { BundleChecks } from '@taskclf/registry-core'
import { ActivePointerError } from './errors.js'
import { earlier, type Found, ofRevision, type PassedOver } from './find-target.js'
import type { ActiveState } from './format/active-state.js'
import { checksRecord, contentOf } from './format/checked-content.js'
import { compare, compareRevision } from './format/refuse-switch.js'
import type { SwitchOptions, SwitchPlan, SwitchResult } from './format/switch.js'
import { withdrawnAfter } from './format/withdrawn.js'
import { storeOf } from './look-at-store.js'
import type { StoreLike, StoreLook } from './model-store.js'
import { switchActive } from './switch-active.js'
import type { SwitchContext } from './switch-context.js'
import { namedReason, requirePromoted } from './write-active.js'

/** How far back. */
export interface RollbackOptions extends SwitchOptions {
  /** How many earlier models to go back, counting only those that can still serve. Default 1. */
  steps?: number
  /** Go to the pointer of this revision instead. */
  toRevision?: number
  /** How a target is tried before it may serve; one that fails is passed over. */
  checks?: BundleChecks
  /** Added to the history's line. */
  decision?: Record<string, unknown>
}

/** A rollback that happened, and what it passed over. */
export interface RollbackResult extends SwitchResult {
  passedOver: readonly PassedOver[]
}

/**
 * Goes back to an earlier visible pointer whose bundle is still valid. Two rollbacks in a row go further back, not
 * to and fro; the model left is withdrawn from automatic selection.
 *
 * @throws ActivePointerError `nothing_to_roll_back_to`, `unknown_revision`,
 * `target_not_usable`, and those of a switch.
 * @example
 * ```ts
 * const { pointer, passedOver } = await rollbackActive('models', { actor: 'ops' })
 * ```
 */
export async function rollbackActive(
  where: StoreLike,
  options: RollbackOptions = {},
): Promise<RollbackResult> {
  for (let attempt = 1; ; attempt++) {
    // Decided and tried before the lock is taken: loading a model must keep no other writer waiting.
    // From the path as given: it may lead elsewhere by now, and is decided on again then.
    const store = storeOf(where).look()
    const { active, found } = await decide(store, options)
    try {
      const result = await switchActive(store, { ...options, expected: active }, (context) =>
        planFor(context, found, options),
      )
      const warnings = [...result.warnings, ...unconfirmed(found)]
      return { ...result, passedOver: found.passedOver, warnings }
    } catch (error) {
      const isConflict = error instanceof ActivePointerError && error.code === 'conflict'
      if (!isConflict || attempt === MOST_ATTEMPTS) throw error
    }
  }
}

const MOST_ATTEMPTS = 30

async function decide(
  store: StoreLook,
  options: RollbackOptions,
): Promise<{ active: ActiveState; found: Found }> {
  const { expected, checks } = options
  const active = await store.pointer.read()
  compare(active, typeof expected === 'object' ? expected.version : expected)
  const history = await store.pointer.history()
  compareRevision(active, history.lines, options.expectedRevision)
  const look = { store, active, checks }
  const found =
    options.toRevision === undefined
      ? await earlier(look, history, options.steps ?? 1)
      : await ofRevision(look, history, options.toRevision)
  return { active, found }
}

/** Nothing tells whether this revision was active before the pointer was lost; a person chose it all the same. */
function unconfirmed({ confirmed, target }: Found): RollbackResult['warnings'] {
  if (confirmed) return []
  const message = `nothing confirms that ${target.model_id} (revision ${target.revision ?? 'none'}) was ever active; it is now`
  return [{ code: 'unconfirmed_revision', message }]
}

async function planFor(
  context: SwitchContext,
  { target, left, checked }: Found,
  options: RollbackOptions,
): Promise<SwitchPlan> {
  // It may have been removed while the lock was waited for.
  await requirePromoted(context.store, checked.bundle)
  const { model_id, selected_at, revision } = target
  const note =
    revision === undefined ? `rollback to the pointer of ${selected_at}` : `rollback to revision ${revision}`
  return {
    modelId: model_id,
    source: 'rollback',
    policyVersion: target.policy_version,
    policyDigest: target.policy_digest,
    ...contentOf(checked),
    reason: { ...(target.reason ?? namedReason(model_id)), note },
    withdrawn: withdrawnAfter(context.withdrawn, model_id, left),
    decision: {
      ...options.decision,
      kind: 'rollback',
      ...checksRecord(options.checks, checked),
      to: { model_id, selected_at, ...(revision && { revision }) },
    },
  }
}
