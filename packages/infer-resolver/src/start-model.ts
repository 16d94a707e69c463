import { storeOf } from '@taskclf/active-pointer'
import { checksOf } from './checks-of.js'
import { ReloadError } from './errors.js'
import { type LoadedModel, loadModel } from './load-model.js'
import { type ActiveLook, type BrokenCode, lookAtActive } from './look-at-active.js'
import type { StartOptions } from './reloader-options.js'
import type { Resolution, ResolveOptions } from './resolution.js'
import { resolveLook, resolveModelDir } from './resolve-model-dir.js'

/** A model that may serve, and how it was found. Its starter releases it. */
export interface StartedModel<M> {
  resolution: Resolution
  loaded: LoadedModel<M>
}

/** The pointer's model does not load: found out at this version of the pointer. */
interface Failed {
  error: ReloadError
  version: string | undefined
}

/**
 * Resolves and loads the model to begin with, for a program that stays with it; {@link createModelReloader} follows the pointer.
 * That the pointer's model does not load is one more way of being broken: only where `onBrokenPointer` says so, another takes its
 * place, and `resolution.degraded` says for which.
 *
 * @throws ResolveError, RegistryError, ActivePointerError as `resolveModelDir`; ReloadError when the model cannot be loaded, and
 * no other takes its place.
 * @example
 * ```ts
 * const { resolution, loaded } = await startModel({ modelsDir: 'models', load: loadPredictor, onBrokenPointer: 'last_good' })
 * console.log(resolution.modelId, loaded.bundleDigest)
 * ```
 */
export async function startModel<M>(given: StartOptions<M>): Promise<StartedModel<M>> {
  const options = given.repair ? { checks: checksOf(given), ...given } : given
  if (options.modelDir !== undefined || options.modelsDir === undefined) {
    const resolution = await resolveModelDir(options)
    return { resolution, loaded: await load(resolution, options) }
  }
  // Made absolute now: the working directory may be another later.
  const store = storeOf(options.modelsDir)
  const unfit = new Set<string>()
  let failed: Failed | undefined
  for (;;) {
    const look = withFailure(await lookAtActive(store, options.requirement ?? {}), failed)
    const resolution = await resolveLook(look, options, { unfit, ...(failed && { error: failed.error }) })
    try {
      return { resolution, loaded: await load(resolution, options) }
    } catch (error) {
      if (!(error instanceof ReloadError) || !mayGoOn(error, resolution, options)) throw error
      unfit.add(resolution.modelId)
      if (resolution.source === 'active') failed = { error, version: resolution.version }
    }
  }
}

function withFailure(look: ActiveLook, failed: Failed | undefined): ActiveLook {
  if (look.state !== 'good' || failed === undefined || look.active.version !== failed.version) return look
  const { store, active } = look
  const { message } = failed.error
  return { state: 'broken', store, active, code: failed.error.code as BrokenCode, message, problems: [] }
}

/** Never past what the system failed to do; past the pointer's model when told so; through the history, one after the other. */
function mayGoOn(
  { code }: ReloadError,
  { source, degraded }: Resolution,
  { onBrokenPointer }: ResolveOptions,
): boolean {
  if (code === 'io' || onBrokenPointer === undefined || onBrokenPointer === 'fail') return false
  return source === 'active' || (onBrokenPointer === 'last_good' && degraded !== undefined)
}

async function load<M>(resolution: Resolution, options: StartOptions<M>): Promise<LoadedModel<M>> {
  const loaded = await loadModel(resolution.bundle, options, {
    recorded: resolution,
    store: resolution.store,
  })
  return loaded as LoadedModel<M>
}
