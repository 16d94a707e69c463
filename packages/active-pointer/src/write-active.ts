import { type BundleChecks, requireChecked, type ValidBundle, whyUnusableName } from '@taskclf/registry-core'
import { ActivePointerError } from './errors.js'
import { type CheckedContent, checksRecord, contentOf } from './format/checked-content.js'
import type { PointerReason, PointerSource } from './format/pointer.js'
import type { SwitchOptions, SwitchPlan, SwitchResult } from './format/switch.js'
import { withdrawnAfter } from './format/withdrawn.js'
import { asReadError } from './local/as-pointer-error.js'
import { lookAtStore } from './look-at-store.js'
import type { StoreLike, StoreLook } from './model-store.js'
import { switchActive } from './switch-active.js'
import type { SwitchContext } from './switch-context.js'

/** How and why to activate a bundle. */
export interface WriteActiveOptions extends SwitchOptions {
  source: Exclude<PointerSource, 'rollback'>
  /** Version of the policy's format. Default 1. */
  policyVersion?: number
  policyDigest?: string
  /** Default: the digest of what is there now. */
  bundleDigest?: string
  /** How the bundle is tried before it may serve, before the lock is taken. */
  checks?: BundleChecks
  /** Default: macro_f1 with the bundle's figures; of a bundle without it, that it was named. */
  reason?: PointerReason
  /** What the switch was decided on, kept in the history's line. */
  decision?: unknown
}

/**
 * Activates a promoted bundle. Among taskclf writers of one host a reader sees the old pointer or the new one, whole,
 * at any instant and after any crash; the switch has its line in the history before it is visible.
 *
 * A `manual` switch withdraws the model it leaves and readmits the one it names.
 *
 * @throws ActivePointerError `conflict` when `expected` is no longer the version; `bundle_not_promoted`;
 * `lock_timeout`, `lock_foreign_owner`, `overtaken`, `io`: nothing switched; `durability_unknown`: switched, but the
 * last sync failed.
 * @example
 * ```ts
 * const bundle = await readBundle('models/2026-03-02_031009_run-8935')
 * if (bundle.status === 'valid') await writeActiveAtomic('models', bundle, { source: 'manual', actor: 'ops' })
 * ```
 */
export async function writeActiveAtomic(
  where: StoreLike,
  bundle: ValidBundle,
  options: WriteActiveOptions,
): Promise<SwitchResult> {
  const store = lookAtStore(where)
  await requirePromoted(store, bundle)
  // Before the lock is taken: loading a model must keep no other writer waiting.
  const tried = await tryBundle(store, bundle, options)
  return switchActive(store, options, (context) => planFor(context, bundle, options, tried))
}

type Tried = Partial<CheckedContent> & { decision?: unknown }

async function tryBundle(
  { bundles }: StoreLook,
  bundle: ValidBundle,
  options: WriteActiveOptions,
): Promise<Tried> {
  const { checks, decision } = options
  const schemaHash = bundle.metadata.schema_hash
  // A caller that gives a digest has read the content already.
  if (checks === undefined && options.bundleDigest !== undefined)
    return { bundleDigest: options.bundleDigest, ...(schemaHash && { schemaHash }), decision }
  await using fetched = await bundles.fetch(bundle)
  const checked = await requireChecked(fetched.bundle, checks)
  const content = contentOf({ ...checked, bundle })
  return { ...content, decision: withRecord(decision, checksRecord(checks, checked)) }
}

/** A decision with what its check found in it; one that has no keys is put beside that. */
function withRecord(decision: unknown, record: ReturnType<typeof checksRecord>): unknown {
  if (record.checks === undefined) return decision
  const hasKeys = typeof decision === 'object' && decision !== null && !Array.isArray(decision)
  return { ...(hasKeys ? decision : decision !== undefined && { decision }), ...record }
}

async function planFor(
  context: SwitchContext,
  bundle: ValidBundle,
  options: WriteActiveOptions,
  tried: Tried,
): Promise<SwitchPlan> {
  await requirePromoted(context.store, bundle)
  return {
    modelId: bundle.modelId,
    source: options.source,
    policyVersion: options.policyVersion ?? 1,
    policyDigest: options.policyDigest,
    ...tried,
    reason: options.reason ?? defaultReason(bundle),
    withdrawn: withdrawnAfter(context.withdrawn, bundle.modelId, leftBy(context, options)),
  }
}

/** Nobody said what decided: the figures that there are are given, and none is named that the bundle does not have. */
function defaultReason({ modelId, metrics: { macro_f1, weighted_f1 } }: ValidBundle): PointerReason {
  if (macro_f1 !== undefined) return { metric: 'macro_f1', macro_f1, weighted_f1 }
  return { ...namedReason(modelId), ...(weighted_f1 !== undefined && { weighted_f1 }) }
}

/** The reason of a pointer that names a model because somebody named it. */
export function namedReason(modelId: string): PointerReason {
  return { metric: 'model_id', model_id: modelId }
}

/** Refuses a bundle that is not where a pointer could name it, or no longer is. */
export async function requirePromoted({ bundles, location }: StoreLook, bundle: ValidBundle): Promise<void> {
  const unusable = whyUnusableName(bundle.modelId)
  if (unusable !== undefined) {
    const message = `${JSON.stringify(bundle.modelId)} ${unusable}, so that no pointer can name it; give it another name`
    throw new ActivePointerError('bundle_not_promoted', message, { path: bundle.location })
  }
  const isThere = await bundles.holds(bundle).catch((error) => {
    throw asReadError(error, `nobody can say whether ${bundle.modelId} is there, so nothing was switched`)
  })
  if (isThere) return
  throw new ActivePointerError(
    'bundle_not_promoted',
    `${bundle.location} is not a bundle directly inside ${location}; promote it first`,
    { path: bundle.location },
  )
}

/** A person's switch withdraws the model it leaves. */
function leftBy({ active }: SwitchContext, { source }: WriteActiveOptions): string | undefined {
  return source === 'manual' && active.status === 'valid' ? active.modelId : undefined
}
