import { nodeFileSystem } from '@taskclf/durable-fs'
import { modelsDirLayout, readPromotedBundle } from '@taskclf/registry-core'
import { traceChain } from './chain.js'
import { ActivePointerError } from './errors.js'
import { type ParsedHistory, parseHistory } from './history.js'
import type { ActivePointer } from './pointer.js'
import { readWhole } from './read-bytes.js'
import type { SwitchContext, SwitchOptions, SwitchPlan, SwitchResult } from './switch.js'
import { switchActive } from './switch-active.js'
import { undoStack } from './undo-stack.js'
import { withdrawnAfter } from './write-active.js'

/** How far back. */
export interface RollbackOptions extends SwitchOptions {
  /** How many earlier models to go back, counting only those that can still serve. Default 1. */
  steps?: number
  /** Go to the pointer of this revision instead. */
  toRevision?: number
  /** Added to the history's line. */
  decision?: Record<string, unknown>
}

/** An earlier pointer that a rollback did not go to. */
export interface PassedOver {
  revision: number | undefined
  modelId: string
  why: 'same_model' | 'not_valid'
}

/** A rollback that happened, and what it passed over. */
export interface RollbackResult extends SwitchResult {
  passedOver: readonly PassedOver[]
}

/**
 * Goes back to an earlier visible pointer whose bundle is still valid. Two rollbacks in a row go further back, not
 * to and fro; the model left is withdrawn from automatic selection.
 *
 * @throws ActivePointerError `no_active_pointer`, `nothing_to_roll_back_to`, `unknown_revision`,
 * `target_not_usable`, and those of a switch.
 * @example
 * ```ts
 * const { pointer, passedOver } = await rollbackActive('models', { actor: 'ops' })
 * ```
 */
export async function rollbackActive(
  modelsDir: string,
  options: RollbackOptions = {},
): Promise<RollbackResult> {
  let passedOver: PassedOver[] = []
  const result = await switchActive(modelsDir, options, async (context) => {
    const history = await readParsed(context, options)
    const found =
      options.toRevision === undefined
        ? await earlier(context, history, options.steps ?? 1)
        : { target: await ofRevision(context, history, options.toRevision), passedOver: [] }
    passedOver = found.passedOver
    return planFor(context, found.target, options)
  })
  return { ...result, passedOver }
}

async function readParsed(context: SwitchContext, options: RollbackOptions): Promise<ParsedHistory> {
  if (context.active.status !== 'valid') {
    throw new ActivePointerError(
      'no_active_pointer',
      `there is no readable active pointer to go back from (${context.active.status}); activate a model by name instead`,
    )
  }
  const bytes = await readWhole(modelsDirLayout(context.root).history, options.fileSystem ?? nodeFileSystem)
  return parseHistory(bytes ?? new Uint8Array())
}

async function earlier(context: SwitchContext, history: ParsedHistory, steps: number) {
  const passedOver: PassedOver[] = []
  const current = activeModel(context)
  const { states } = traceChain(history, context.active)
  const visible = history.lines.map(({ line }) => line).filter((_, i) => states[i] === 'visible')
  let left = steps
  let from = current
  for (const pointer of undoStack(visible).slice(0, -1).reverse()) {
    const why = await whyNot(context, pointer, from)
    if (why !== undefined) passedOver.push({ revision: pointer.revision, modelId: pointer.model_id, why })
    else if (--left === 0) return { target: pointer, passedOver }
    else from = pointer.model_id
  }
  throw new ActivePointerError(
    'nothing_to_roll_back_to',
    `no ${steps === 1 ? 'earlier pointer' : `${steps} earlier pointers`} can still serve; activate a model by name instead`,
    { passedOver },
  )
}

async function whyNot(
  context: SwitchContext,
  pointer: ActivePointer,
  from: string,
): Promise<PassedOver['why'] | undefined> {
  if (pointer.model_id === from) return 'same_model'
  return (await isUsable(context.root, pointer.model_id)) ? undefined : 'not_valid'
}

async function ofRevision(
  context: SwitchContext,
  history: ParsedHistory,
  revision: number,
): Promise<ActivePointer> {
  const { states } = traceChain(history, context.active)
  const named = history.lines.findLast(({ line }, i) => line.revision === revision && states[i] === 'visible')
  if (named === undefined) {
    const said = `revision ${revision} was never active here; \`taskclf model history\` lists those that were`
    throw new ActivePointerError('unknown_revision', said, { revision })
  }
  const target = named.line.new
  const reason =
    target.model_id === activeModel(context)
      ? 'it is the model that is active now'
      : (await isUsable(context.root, target.model_id))
        ? undefined
        : 'its bundle is missing or no longer valid'
  if (reason === undefined) return target
  const said = `cannot go back to revision ${revision} (${target.model_id}): ${reason}`
  throw new ActivePointerError('target_not_usable', said, { revision, modelId: target.model_id })
}

function activeModel(context: SwitchContext): string {
  return context.active.status === 'valid' ? context.active.modelId : ''
}

async function isUsable(root: string, modelId: string): Promise<boolean> {
  return (await readPromotedBundle(root, modelId)).status === 'valid'
}

function planFor(context: SwitchContext, target: ActivePointer, options: RollbackOptions): SwitchPlan {
  const { model_id, selected_at, revision } = target
  const note =
    revision === undefined ? `rollback to the pointer of ${selected_at}` : `rollback to revision ${revision}`
  return {
    modelId: model_id,
    source: 'rollback',
    policyVersion: target.policy_version,
    policyDigest: target.policy_digest,
    bundleDigest: target.bundle_digest,
    reason: { metric: 'macro_f1', ...target.reason, note },
    withdrawn: withdrawnAfter(context, model_id, true),
    decision: {
      ...options.decision,
      kind: 'rollback',
      to: { model_id, selected_at, ...(revision && { revision }) },
    },
  }
}
