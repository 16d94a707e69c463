import { randomBytes } from 'node:crypto'
import { environmentProblem } from '@taskclf/registry-core'
import { digestOf } from './digest-of.js'
import { ActivePointerError } from './errors.js'
import type { ActiveState } from './format/active-state.js'
import { accountsFor } from './format/history.js'
import { makeSwitch } from './format/make-switch.js'
import type { PointerSnapshot } from './format/pointer-store.js'
import { compare, compareRevision, requireKnownLine, requireKnownVersion } from './format/refuse-switch.js'
import type { SwitchOptions, SwitchPlan, SwitchResult } from './format/switch.js'
import { withdrawnBy } from './format/withdrawn.js'
import { lookAtStore } from './look-at-store.js'
import type { StoreLike, StoreLook } from './model-store.js'
import { observeDigest } from './observed-digest.js'
import type { SwitchContext } from './switch-context.js'

/**
 * Switches the pointer of any store: compare → plan → line and pointer. The plan is made from what is true while no other writer can come
 * in between; without one nothing is written.
 */
export async function switchActive<Plan extends SwitchPlan | undefined>(
  where: StoreLike,
  options: SwitchOptions,
  plan: (context: SwitchContext) => Plan | Promise<Plan>,
): Promise<SwitchResult | Exclude<Plan, SwitchPlan>> {
  const store = lookAtStore(where)
  const { expected, lock } = options
  // Before others are kept out: a large model must keep no other writer waiting.
  const seen = typeof expected === 'object' ? expected : await store.pointer.read()
  const observed = await observeDigest(store, seen)
  let result: ReturnType<typeof makeSwitch>['result'] | undefined
  const decide = async (now: PointerSnapshot) => {
    requireSwitchable(store, now, options)
    await requireKnownTarget(store, now.active)
    const wanted = await plan(contextOf(store, now))
    if (wanted === undefined) return undefined
    const made = makeSwitch(now, wanted, {
      at: (options.now ?? (() => new Date()))(),
      actor: options.actor,
      newWriteId: () => randomBytes(16).toString('hex'),
      digestOf,
      observed,
    })
    result = made.result
    return made.change
  }
  const receipt = await store.pointer.update(decide, { lock })
  if (result === undefined) return undefined as Exclude<Plan, SwitchPlan>
  const warnings = [...receipt.warnings, ...result.warnings]
  return { ...result, location: store.location, previous: receipt.previous, warnings }
}

function requireSwitchable(
  store: StoreLook,
  { active, tail }: PointerSnapshot,
  options: SwitchOptions,
): void {
  const { expected, expectedRevision } = options
  requireKnownVersion(active, store.local?.dir.active ?? store.location)
  compare(active, typeof expected === 'object' ? expected.version : expected)
  requireKnownLine(active.status === 'valid' ? active.pointer : undefined, tail)
  compareRevision(active, tail.lines, expectedRevision)
}

function contextOf(store: StoreLook, { active, tail }: PointerSnapshot): SwitchContext {
  const lines = tail.lines.map(({ line }) => line)
  const accounting =
    active.status === 'valid' ? lines.findLast((line) => accountsFor(line, active.pointer)) : undefined
  return { store, active, line: accounting, withdrawn: withdrawnBy(active, lines) }
}

/**
 * A model that the system keeps from being read is not written over: nobody knows whether it may serve, and it may be read again in a
 * moment. One that is gone or damaged is.
 */
async function requireKnownTarget(store: StoreLook, active: ActiveState): Promise<void> {
  if (active.status !== 'valid') return
  const bundle = await store.bundles.read(active.modelId)
  const failure = environmentProblem(bundle)
  if (failure === undefined) return
  const message = `the active model ${active.modelId} cannot be read (${failure.message}), so nothing was switched; look at the system, or move the bundle away, then try again`
  throw new ActivePointerError('io', message, { path: bundle.location, errno: failure.errno })
}
