import { type ActiveState, lookAtStore, type StoreLike, type StoreLook } from '@taskclf/active-pointer'
import { type LocalValidBundle, RegistryError } from '@taskclf/registry-core'
import type { Requirement } from '@taskclf/selection-policy'
import { ReloadError, type ReloadErrorCode } from './errors.js'
import { type ActiveLook, lookAtTarget } from './look-at-active.js'
import type { ServedModel } from './reloader-options.js'

/** What the pointer asks for at this moment. */
export interface Target {
  /** Changes when the models dir, the pointer, or a file of its bundle does. */
  key: string
  /** Changes when the models dir or the pointer does; undefined when nobody can read which model is asked for. */
  wish: string | undefined
  /** The pointer's version; undefined when it could not be read. */
  version: string | undefined
  found: { store: StoreLook; state: ActiveState } | ReloadError
}

/** Looks from the given path on, at the pointer and at the state of the files it leads to; reads no bundle, throws nothing. */
export async function observeTarget(where: StoreLike): Promise<Target> {
  try {
    const store = lookAtStore(where)
    const state = await store.pointer.read()
    const { version } = state
    const pointer = `${store.location}\n${version}`
    const found = { store, state }
    if (state.status !== 'valid') return { key: pointer, wish: undefined, version, found }
    const key = `${pointer}\n${await store.bundles.fingerprint(state.modelId)}`
    return { key, wish: pointer, version, found }
  } catch (cause) {
    const code = cause instanceof RegistryError && cause.code !== 'io' ? 'models_dir_unusable' : 'io'
    const found = new ReloadError(code, (cause as Error).message, { cause })
    return { key: code, wish: undefined, version: undefined, found }
  }
}

/** The target's bundle, when it can be served; else a ReloadError that says why not. */
export async function targetBundle(
  { found }: Target,
  requirement: Requirement,
): Promise<Extract<ActiveLook, { state: 'good' }>> {
  if (found instanceof ReloadError) throw found
  const look = await lookAtTarget(found.store, found.state, requirement)
  if (look.state === 'good') return look
  if (look.state === 'absent')
    throw new ReloadError('pointer_absent', 'active.json is gone; the last model goes on')
  const modelId = found.state.status === 'valid' ? { modelId: found.state.modelId } : {}
  throw new ReloadError(codeOf(look), look.message, modelId)
}

function codeOf(look: Exclude<ActiveLook, { state: 'good' } | { state: 'absent' }>): ReloadErrorCode {
  if (look.state === 'missing') return 'active_bundle_missing'
  return look.state === 'unknown' ? 'io' : look.code
}

/** How a model is served that the pointer names. */
export function servedAt(
  { active }: Extract<ActiveLook, { state: 'good' }>,
  { modelId, path }: LocalValidBundle,
  bundleDigest: string,
): ServedModel {
  const { revision } = active.pointer
  return { modelId, path, source: 'active', bundleDigest, ...(revision !== undefined && { revision }) }
}
