import { nodeFileSystem } from '@taskclf/durable-fs'
import { modelsDirLayout, readPromotedBundle } from '@taskclf/registry-core'
import { traceChain } from './chain.js'
import { ActivePointerError } from './errors.js'
import type { ParsedHistory } from './history.js'
import type { ActivePointer } from './pointer.js'
import { readLines } from './read-bytes.js'
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

/** Where a rollback goes, and from where. */
interface Found {
  target: ActivePointer
  passedOver: PassedOver[]
  confirmed: boolean
  left: string | undefined
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
  modelsDir: string,
  options: RollbackOptions = {},
): Promise<RollbackResult> {
  let found: Found = { target: undefined as never, passedOver: [], confirmed: true, left: undefined }
  const result = await switchActive(modelsDir, options, async (context) => {
    const history = await readLines(
      modelsDirLayout(context.root).history,
      options.fileSystem ?? nodeFileSystem,
    )
    found =
      options.toRevision === undefined
        ? await earlier(context, history, options.steps ?? 1)
        : await ofRevision(context, history, options.toRevision)
    return planFor(context, found, options)
  })
  return { ...result, passedOver: found.passedOver, warnings: [...result.warnings, ...unconfirmed(found)] }
}

/** The lines whose pointers can be gone back to, oldest first; those of before a loss of the pointer among them. */
function reachable(context: SwitchContext, history: ParsedHistory) {
  const { states } = traceChain(history, context.active)
  return history.lines
    .map(({ line }, i) => ({ line, confirmed: states[i] === 'visible' }))
    .filter((_, i) => states[i] === 'visible' || states[i] === 'unconfirmed')
}

async function earlier(context: SwitchContext, history: ParsedHistory, steps: number): Promise<Found> {
  const passedOver: PassedOver[] = []
  const lines = reachable(context, history)
  // Without a readable pointer the newest line stands for what was active.
  const stack = undoStack(lines.map(({ line }) => line))
  const left = activeModel(context) ?? stack.at(-1)?.model_id
  let togo = steps
  let from = left
  for (const pointer of stack.slice(0, -1).reverse()) {
    const why = await whyNot(context, pointer, from)
    if (why !== undefined) passedOver.push({ revision: pointer.revision, modelId: pointer.model_id, why })
    else if (--togo === 0)
      return { target: pointer, passedOver, confirmed: isConfirmed(lines, pointer), left }
    else from = pointer.model_id
  }
  throw new ActivePointerError(
    'nothing_to_roll_back_to',
    `no ${steps === 1 ? 'earlier pointer' : `${steps} earlier pointers`} can still serve; activate a model by name instead`,
    { passedOver },
  )
}

function isConfirmed(lines: ReturnType<typeof reachable>, pointer: ActivePointer): boolean {
  return lines.some(({ line, confirmed }) => line.new === pointer && confirmed)
}

async function whyNot(
  context: SwitchContext,
  pointer: ActivePointer,
  from: string | undefined,
): Promise<PassedOver['why'] | undefined> {
  if (pointer.model_id === from) return 'same_model'
  return (await isUsable(context.root, pointer.model_id)) ? undefined : 'not_valid'
}

async function ofRevision(context: SwitchContext, history: ParsedHistory, revision: number): Promise<Found> {
  const lines = reachable(context, history)
  const named = lines.findLast(({ line }) => line.revision === revision)
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
  if (reason === undefined) {
    const left = activeModel(context) ?? lines.at(-1)?.line.new.model_id
    return { target, passedOver: [], confirmed: named.confirmed, left }
  }
  const said = `cannot go back to revision ${revision} (${target.model_id}): ${reason}`
  throw new ActivePointerError('target_not_usable', said, { revision, modelId: target.model_id })
}

function activeModel(context: SwitchContext): string | undefined {
  return context.active.status === 'valid' ? context.active.modelId : undefined
}

/** Nothing tells whether this revision was active before the pointer was lost; a person chose it all the same. */
function unconfirmed({ confirmed, target }: Found): RollbackResult['warnings'] {
  if (confirmed) return []
  const message = `nothing confirms that ${target.model_id} (revision ${target.revision ?? 'none'}) was ever active; it is now`
  return [{ code: 'unconfirmed_revision', message }]
}

async function isUsable(root: string, modelId: string): Promise<boolean> {
  return (await readPromotedBundle(root, modelId)).status === 'valid'
}

function planFor(context: SwitchContext, { target, left }: Found, options: RollbackOptions): SwitchPlan {
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
    withdrawn: withdrawnAfter(context, model_id, left),
    decision: {
      ...options.decision,
      kind: 'rollback',
      to: { model_id, selected_at, ...(revision && { revision }) },
    },
  }
}
