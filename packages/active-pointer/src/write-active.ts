import { realpathSync, statSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import {
  type BundleChecks,
  type LocalValidBundle,
  lookAtModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
  requireChecked,
  whyUnusableName,
} from '@taskclf/registry-core'
import { type CheckedContent, checksRecord, contentOf } from './checked-content.js'
import { unreadable } from './document-bytes.js'
import { ActivePointerError } from './errors.js'
import type { PointerReason, PointerSource } from './pointer.js'
import type { SwitchContext, SwitchOptions, SwitchPlan, SwitchResult } from './switch.js'
import { switchActive } from './switch-active.js'

/** How and why to activate a bundle. */
export interface WriteActiveOptions extends SwitchOptions {
  source: Exclude<PointerSource, 'rollback'>
  /** Version of the policy's format. Default 1. */
  policyVersion?: number
  policyDigest?: string
  /** Default: the digest of what lies there now. */
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
  modelsDir: ModelsDirLike,
  bundle: LocalValidBundle,
  options: WriteActiveOptions,
): Promise<SwitchResult> {
  const dir = lookAtModelsDir(modelsDir)
  requirePromoted(dir, bundle)
  // Before the lock is taken: loading a model must keep no other writer waiting.
  const tried = await tryBundle(bundle, options)
  return switchActive(dir, options, (context) => planFor(context, bundle, options, tried))
}

type Tried = Partial<CheckedContent> & { decision?: unknown }

async function tryBundle(bundle: LocalValidBundle, options: WriteActiveOptions): Promise<Tried> {
  const { checks, decision } = options
  const schemaHash = bundle.metadata.schema_hash
  // Whoever gives a digest has read the content already.
  if (checks === undefined && options.bundleDigest !== undefined)
    return { bundleDigest: options.bundleDigest, ...(schemaHash && { schemaHash }), decision }
  const checked = await requireChecked(bundle, checks)
  const content = contentOf({ ...checked, bundle })
  return { ...content, decision: withRecord(decision, checksRecord(checks, checked)) }
}

/** A decision with what its check found in it; one that has no keys is put beside that. */
function withRecord(decision: unknown, record: ReturnType<typeof checksRecord>): unknown {
  if (record.checks === undefined) return decision
  const hasKeys = typeof decision === 'object' && decision !== null && !Array.isArray(decision)
  return { ...(hasKeys ? decision : decision !== undefined && { decision }), ...record }
}

function planFor(
  context: SwitchContext,
  bundle: LocalValidBundle,
  options: WriteActiveOptions,
  tried: Tried,
): SwitchPlan {
  requirePromoted(context.dir, bundle)
  return {
    modelId: bundle.modelId,
    source: options.source,
    policyVersion: options.policyVersion ?? 1,
    policyDigest: options.policyDigest,
    ...tried,
    reason: options.reason ?? defaultReason(bundle),
    withdrawn: withdrawnAfter(context, bundle.modelId, leftBy(context, options)),
  }
}

/** Nobody said what decided: the figures are told that there are, and none is named that the bundle does not have. */
function defaultReason({ modelId, metrics: { macro_f1, weighted_f1 } }: LocalValidBundle): PointerReason {
  if (macro_f1 !== undefined) return { metric: 'macro_f1', macro_f1, weighted_f1 }
  return { ...namedReason(modelId), ...(weighted_f1 !== undefined && { weighted_f1 }) }
}

/** The reason of a pointer that names a model because somebody named it. */
export function namedReason(modelId: string): PointerReason {
  return { metric: 'model_id', model_id: modelId }
}

/** Refuses a bundle that does not lie where a pointer could name it, or no longer does. */
export function requirePromoted({ root }: ModelsDirLook, bundle: LocalValidBundle): void {
  const unusable = whyUnusableName(bundle.modelId)
  if (unusable !== undefined) {
    const message = `${JSON.stringify(bundle.modelId)} ${unusable}, so that no pointer can name it; give it another name`
    throw new ActivePointerError('bundle_not_promoted', message, { path: bundle.path })
  }
  if (isThere(root, bundle)) return
  throw new ActivePointerError(
    'bundle_not_promoted',
    `${bundle.path} is not a bundle directly inside ${root}; promote it first`,
    { path: bundle.path },
  )
}

/** Directly inside, or, in a mounted volume, behind a link of its name. */
function isThere(root: string, { modelId, path }: LocalValidBundle): boolean {
  try {
    const isMounted = () => path.startsWith(root + sep) && realpathSync(join(root, modelId)) === path
    return (dirname(path) === root || isMounted()) && statSync(path).isDirectory()
  } catch (error) {
    if (NOT_THERE.has(errnoOf(error))) return false
    throw unreadable(path, error)
  }
}

const NOT_THERE: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP'])

/** A person's switch withdraws the model it leaves. */
function leftBy({ active }: SwitchContext, { source }: WriteActiveOptions): string | undefined {
  return source === 'manual' && active.status === 'valid' ? active.modelId : undefined
}

/** Who is passed over by automatic selection from now on. */
export function withdrawnAfter(context: SwitchContext, modelId: string, left: string | undefined): string[] {
  const all = left === undefined ? context.withdrawn : [...context.withdrawn, left]
  return [...new Set(all)].filter((id) => id !== modelId).sort()
}
