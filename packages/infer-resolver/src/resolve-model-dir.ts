import type { StoreLike } from '@taskclf/active-pointer'
import { ResolveError } from './errors.js'
import type { Tried } from './fallback.js'
import { type ActiveLook, lookAtActive } from './look-at-active.js'
import type { Resolution, ResolveOptions } from './resolution.js'
import { resolutionOf } from './resolution-of.js'
import { resolveOverride } from './resolve-override.js'

/**
 * Answers which bundle serves: (1) the override, checked to be a bundle; (2) a whole pointer to a valid, compatible
 * bundle, at a cost that does not depend on the number of bundles; (3) the best by policy, where there is no pointer, or
 * its bundle is missing: then only among models of the same feature schema, and with `degraded`. A pointer that is corrupt, or
 * whose bundle is there and must not serve, is an error, unless `onBrokenPointer` says otherwise. Reads only, unless
 * `repair` is set: then the pointer is written too where it is absent or corrupt or its bundle is missing, by compare-and-swap,
 * so that a person's switch wins.
 *
 * @throws ResolveError `no_eligible_model` with every exclusion; `pointer_corrupt`, `bundle_invalid`, `bundle_incompatible` and,
 * when asked to fail then, `active_bundle_missing`; `fallback_ambiguous` when nobody can say of which feature schema the missing
 * model was; `repair_refused` when a repair would replace what a person chose; `io` when the system fails;
 * `override_invalid`; `nothing_to_resolve` when neither directory is given.
 * @throws RegistryError when the models dir cannot be opened, `io` when a bundle cannot be read, and the codes of a check that a
 * repair's model failed. ActivePointerError when a repair cannot be written, or the pointer cannot be read.
 * @example
 * ```ts
 * const { path, modelId, source, degraded } = await resolveModelDir({ modelsDir: 'models' })
 * if (degraded) console.error(degraded.code, degraded.message)
 * ```
 */
export async function resolveModelDir(options: ResolveOptions): Promise<Resolution> {
  const { modelDir, modelsDir, requirement = {} } = options
  if (modelDir !== undefined) return resolveOverride(modelDir, requirement)
  return resolveLook(await lookAtActive(needed(modelsDir), requirement), options)
}

function needed(modelsDir: StoreLike | undefined): StoreLike {
  if (modelsDir !== undefined) return modelsDir
  throw new ResolveError('nothing_to_resolve', 'give a models dir to resolve in, or a model dir to use')
}

/** What serves, given what the pointer was found to be. */
export async function resolveLook(
  look: ActiveLook,
  options: ResolveOptions,
  tried: Tried = { unfit: new Set() },
): Promise<Resolution> {
  if (look.state === 'good') return resolutionOf(look)
  // Loaded when the pointer cannot say: until then nothing of policies, ranking or writing is needed.
  const { resolveWithoutTarget } = await import('./resolve-without-target.js')
  return resolveWithoutTarget(look, options, tried)
}
