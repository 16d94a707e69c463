import type { StoreLike } from '@taskclf/active-pointer'
import type { LockOptions } from '@taskclf/durable-fs'
import { lookAtRegistry } from './look-at-registry.js'
import { nameCandidate, publishCandidate } from './publish-candidate.js'
import { readCandidate } from './read-candidate.js'
import type { PublishedBundle } from './result.js'

/** What {@link publishBundle} publishes, and where. */
export interface PublishBundleOptions {
  candidateDir: string
  /** The id to publish under, as for {@link promote}. */
  as?: string
  /** The models dir, or another store. */
  modelsDir: StoreLike
  now?: () => Date
  lock?: Pick<LockOptions, 'timeoutMs' | 'staleAfterMs'>
}

/**
 * Publishes a valid bundle, without asking whether it is any good and without activating it; {@link promote} does
 * both. A reader of the models dir sees nothing or all of it, at any instant and after any crash. The documents are
 * published byte for byte; `manifest.json` is added unless the candidate has its own.
 *
 * @throws PromotionError `candidate_invalid`, `candidate_changed`, `already_promoted`, `id_taken`, `lock_timeout`,
 * `lock_foreign_owner`, `publish_failed`: nothing was published; `durability_unknown`: published, but the last sync
 * failed. RegistryError when the models dir cannot be opened.
 * @example
 * ```ts
 * const { modelId, path } = await publishBundle({ candidateDir: 'candidate', modelsDir: 'models' })
 * ```
 */
export async function publishBundle(options: PublishBundleOptions): Promise<PublishedBundle> {
  const store = lookAtRegistry(options.modelsDir)
  const io = { now: options.now ?? (() => new Date()), lock: options.lock }
  const candidate = await readCandidate(store, options.candidateDir, options.as)
  const { checks: _, ...published } = await publishCandidate(
    store,
    candidate,
    await nameCandidate(store, candidate, io),
    io,
  )
  return published
}
