import {
  type BundleChecks,
  type CheckedBundle,
  environmentProblem,
  mayServe,
  RegistryError,
  runChecks,
  type ValidBundle,
} from '@taskclf/registry-core'
import { compareRecorded } from './compare-recorded.js'
import { ActivePointerError } from './errors.js'
import type { ActiveState } from './format/active-state.js'
import { traceChain } from './format/chain.js'
import { accountsFor, type ParsedHistory } from './format/history.js'
import type { ActivePointer } from './format/pointer.js'
import { undoStack } from './format/undo-stack.js'
import type { StoreLook } from './model-store.js'

/** An earlier pointer that a rollback did not go to. */
export interface PassedOver {
  revision: number | undefined
  modelId: string
  why: 'same_model' | 'not_valid' | 'changed' | 'does_not_load'
}

/** A bundle, and what was found of it. */
type TriedBundle = CheckedBundle & { bundle: ValidBundle }

/** What a rollback is decided on. */
export interface Look {
  store: StoreLook
  active: ActiveState
  checks: BundleChecks | undefined
}

/** Where a rollback goes, and from where. */
export interface Found {
  target: ActivePointer
  checked: TriedBundle
  passedOver: PassedOver[]
  confirmed: boolean
  left: string | undefined
}

/** The lines whose pointers can be gone back to, oldest first; those of before a loss of the pointer among them. */
function reachable(look: Look, history: ParsedHistory) {
  const { states } = traceChain(history, look.active)
  // Before another program's pointer, which has no line, the newest may be that of a switch which never ended.
  const open = isUnlined(look, history) ? history.lines.length - 1 : -1
  const lines = history.lines
    .map(({ line }, i) => ({ line, confirmed: states[i] === 'visible' && i !== open }))
    .filter((_, i) => states[i] === 'visible' || states[i] === 'unconfirmed')
  if (look.active.status === 'valid' || lines.length > 0) return lines
  const said = `nothing was ever active here (${look.active.status}); activate a model by name instead`
  throw new ActivePointerError('no_active_pointer', said)
}

/** Whether the pointer is another program's, and no line accounts for it. */
function isUnlined({ active }: Look, { lines }: ParsedHistory): boolean {
  return active.status === 'valid' && !lines.some(({ line }) => accountsFor(line, active.pointer))
}

/** The nth earlier pointer that can still serve. */
export async function earlier(look: Look, history: ParsedHistory, steps: number): Promise<Found> {
  const passedOver: PassedOver[] = []
  const lines = reachable(look, history)
  const stack = undoStack(lines.map(({ line }) => line))
  const left = activeModel(look) ?? stack.at(-1)?.model_id
  let togo = steps
  let from = left
  // The top is the current one, or, where that cannot be read, stands for it; another program's has no line, and is not in it.
  const earlierOnes = isUnlined(look, history) ? stack : stack.slice(0, -1)
  for (const pointer of earlierOnes.reverse()) {
    const why = await whyNot(look, pointer, from)
    if (typeof why === 'string')
      passedOver.push({ revision: pointer.revision, modelId: pointer.model_id, why })
    else if (--togo === 0)
      return { target: pointer, checked: why, passedOver, confirmed: isConfirmed(lines, pointer), left }
    else from = pointer.model_id
  }
  throw new ActivePointerError(
    'nothing_to_roll_back_to',
    `no ${steps === 1 ? 'earlier pointer' : `${steps} earlier pointers`} can still serve${becauseOf(passedOver)}; activate a model by name instead`,
    { passedOver },
  )
}

const MOST_NAMED = 5

function becauseOf(passedOver: readonly PassedOver[]): string {
  const named = passedOver.slice(0, MOST_NAMED).map(({ revision, modelId, why }) => {
    const at = revision === undefined ? '' : ` (revision ${revision})`
    return `${modelId}${at}: ${REASONS[why]}`
  })
  const more = passedOver.length > MOST_NAMED ? [`and ${passedOver.length - MOST_NAMED} more`] : []
  return passedOver.length === 0 ? '' : `: ${[...named, ...more].join('; ')}`
}

function isConfirmed(lines: ReturnType<typeof reachable>, pointer: ActivePointer): boolean {
  return lines.some(({ line, confirmed }) => line.new === pointer && confirmed)
}

/** Why a pointer is not gone back to; else what its bundle was found to be. */
async function whyNot(
  look: Look,
  pointer: ActivePointer,
  from: string | undefined,
): Promise<PassedOver['why'] | TriedBundle> {
  if (pointer.model_id === from) return 'same_model'
  const { bundles } = look.store
  const bundle = await bundles.read(pointer.model_id)
  if (bundle.status === 'invalid') {
    const failure = environmentProblem(bundle)
    if (failure?.errno !== undefined) throw unknown(bundle.location, failure.errno)
    return 'not_valid'
  }
  await using fetched = await bundles.fetch(bundle)
  const checked = await runChecks(fetched.bundle, look.checks).catch((error) => {
    if (error instanceof RegistryError && error.code === 'integrity_mismatch') return 'changed'
    if (error instanceof RegistryError && error.code === 'bundle_unreadable') return 'not_valid'
    throw error
  })
  if (checked === 'changed' || checked === 'not_valid') return checked
  if ((await compareRecorded(fetched.bundle, checked.content, pointer, look.store)) !== undefined)
    return 'changed'
  return mayServe(checked.result, look.checks) ? { ...checked, bundle } : 'does_not_load'
}

/** Of a bundle that the environment keeps from being read nobody can say whether it may serve. */
function unknown(path: string, errno: string): ActivePointerError {
  const message = `${path} cannot be read (${errno}), so nothing was switched; look at its permissions and its disk`
  return new ActivePointerError('io', message, { path, errno })
}

/** The pointer of a revision, when it can still serve. */
export async function ofRevision(look: Look, history: ParsedHistory, revision: number): Promise<Found> {
  const lines = reachable(look, history)
  const named = lines.findLast(({ line }) => line.revision === revision)
  if (named === undefined) {
    const said = `revision ${revision} was never active here`
    throw new ActivePointerError('unknown_revision', said, { revision })
  }
  const target = named.line.new
  const checked = await whyNot(look, target, activeModel(look))
  if (typeof checked !== 'string') {
    const left = activeModel(look) ?? lines.at(-1)?.line.new.model_id
    return { target, checked, passedOver: [], confirmed: named.confirmed, left }
  }
  const reason = REASONS[checked]
  const said = `cannot go back to revision ${revision} (${target.model_id}): ${reason}`
  throw new ActivePointerError('target_not_usable', said, { revision, modelId: target.model_id })
}

function activeModel(look: Look): string | undefined {
  return look.active.status === 'valid' ? look.active.modelId : undefined
}

const REASONS: Readonly<Record<PassedOver['why'], string>> = {
  same_model: 'it is the model that is active now',
  not_valid: 'its bundle is missing or no longer valid',
  changed: 'its bundle is no longer what was active then; model set-active takes it as it is now',
  does_not_load: 'it does not load, or fails its self-test',
}
