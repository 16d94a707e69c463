import { lookAtStore, type StoreLike } from '@taskclf/active-pointer'
import type { ValidBundle } from '@taskclf/registry-core'
import { readInferencePolicy } from './inference-policy.js'
import type { ResolveWarning } from './resolution.js'

/** A bundle's own warnings, as warnings of the resolution. */
export function bundleWarnings(bundle: ValidBundle): ResolveWarning[] {
  return bundle.warnings.map(({ code, file, message }) => ({
    code: 'bundle_warning',
    message: `${bundle.modelId}/${file}: ${message} [${code}]`,
  }))
}

/**
 * The Python project's `inference_policy.json` outranks the pointer in its own inference: says so when they differ, or when
 * nobody can read which model it names.
 *
 * @example
 * ```ts
 * for (const { message } of inferencePolicyWarnings('models', 'run-7')) console.error(message)
 * ```
 */
export function inferencePolicyWarnings(where: StoreLike, modelId: string): ResolveWarning[] {
  // No other store is read by the Python project.
  const { local } = lookAtStore(where)
  const policy = local && readInferencePolicy(local.dir)
  if (policy === undefined || ('modelId' in policy && policy.modelId === modelId)) return []
  const message =
    'problem' in policy
      ? `${policy.problem}: nobody can say which model the Python project serves`
      : `inference_policy.json names ${JSON.stringify(policy.modelId)}: the Python project serves that model, not ${JSON.stringify(modelId)}`
  return [{ code: 'inference_policy_differs', message }]
}
