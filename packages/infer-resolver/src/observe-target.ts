import { type ActiveState, readActive } from '@taskclf/active-pointer'
import { readPromotedBundle, type ValidBundle } from '@taskclf/registry-core'
import { isCompatible, type Requirement } from '@taskclf/selection-policy'
import { ReloadError } from './errors.js'
import { fingerprintBundle } from './fingerprint.js'

/** What the pointer asks for at this moment. `key` changes when the pointer or a file of the bundle does. */
export interface Target {
  key: string
  state: ActiveState | { status: 'unusable'; error: ReloadError }
}

/** Looks at the pointer and at the state of the files it leads to; reads no bundle, throws nothing. */
export async function observeTarget(root: string): Promise<Target> {
  try {
    const state = await readActive(root)
    return {
      key: keyOf(state.version, state.status === 'valid' ? fingerprintBundle(state.modelPath) : ''),
      state,
    }
  } catch (cause) {
    const error = new ReloadError('models_dir_unusable', (cause as Error).message, { cause })
    return { key: 'unusable', state: { status: 'unusable', error } }
  }
}

/** The key of a target: the pointer's version and the state of the bundle's files, '' where no bundle was followed. */
export function keyOf(version: string, fingerprint: string): string {
  return `${version}\n${fingerprint}`
}

/** The target's bundle, when it can be served; else a ReloadError that says why not. */
export async function targetBundle(
  { state }: Target,
  root: string,
  requirement: Requirement,
): Promise<ValidBundle> {
  if (state.status === 'unusable') throw state.error
  if (state.status === 'absent')
    throw new ReloadError('pointer_absent', 'active.json is gone; the last model goes on')
  if (state.status === 'corrupt') {
    throw new ReloadError('pointer_corrupt', state.problems.map(({ message }) => message).join('; '))
  }
  const { modelId } = state
  const bundle = await readPromotedBundle(root, state.modelId)
  if (bundle.status === 'invalid') {
    const why = bundle.problems.map(({ message }) => message).join('; ')
    throw new ReloadError('bundle_invalid', `${modelId} cannot be served: ${why}`, { modelId })
  }
  const { compatible, reasons } = isCompatible(bundle, requirement)
  if (compatible) return bundle
  const why = reasons.map(({ message }) => message).join('; ')
  throw new ReloadError('bundle_incompatible', `${modelId} does not fit: ${why}`, { modelId })
}
