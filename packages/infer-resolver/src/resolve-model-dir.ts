import { openModelsDir } from '@taskclf/registry-core'
import { ResolveError } from './errors.js'
import type { Resolution, ResolveOptions } from './resolution.js'
import { resolveActive } from './resolve-active.js'
import { resolveOverride } from './resolve-override.js'

/**
 * Answers which bundle serves: (1) the override, checked to be a bundle; (2) a valid pointer to a valid, compatible
 * bundle, at a cost that does not depend on the number of bundles; (3) the best by policy. Reads only, unless
 * `repair` is set: then (3) also writes the pointer, by compare-and-swap, so that a person's switch wins.
 *
 * @throws ResolveError `no_eligible_model` with every exclusion; `override_invalid`; `nothing_to_resolve` when
 * neither directory is given.
 * @throws RegistryError when the models dir cannot be opened. ActivePointerError when a repair cannot be written.
 * @example
 * ```ts
 * const { path, modelId, source } = await resolveModelDir({ modelsDir: 'models' })
 * ```
 */
export async function resolveModelDir(options: ResolveOptions): Promise<Resolution> {
  if (options.modelDir !== undefined) return resolveOverride(options.modelDir, options.requirement ?? {})
  if (options.modelsDir === undefined) {
    throw new ResolveError('nothing_to_resolve', 'give a models dir to resolve in, or a model dir to use')
  }
  const root = openModelsDir(options.modelsDir)
  const active = await resolveActive(root, options.requirement ?? {})
  if (active.resolution !== undefined) return active.resolution
  // Loaded when the pointer cannot say: until then nothing of policies, ranking or writing is needed.
  const { resolveSelection } = await import('./resolve-selection.js')
  return resolveSelection(root, active, options)
}
