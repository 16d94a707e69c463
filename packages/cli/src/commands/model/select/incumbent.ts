import { ActivePointerError, type ActiveState, tryBundle } from '@taskclf/active-pointer'
import {
  type Bundle,
  type BundleChecks,
  type CheckedBundle,
  type CheckResult,
  environmentProblem,
  type ModelsDirLook,
  RegistryError,
  readPromotedBundle,
} from '@taskclf/registry-core'

/** The active model as it can be read; a failure of the environment says nothing about it. */
export async function incumbentOf(
  modelsDir: ModelsDirLook,
  active: ActiveState,
): Promise<Bundle | undefined> {
  if (active.status !== 'valid') return undefined
  const incumbent = await readPromotedBundle(modelsDir, active.modelId)
  const failure = environmentProblem(incumbent)
  if (failure === undefined) return incumbent
  const message = `the active model ${active.modelId} cannot be read (${failure.message}), so nothing was decided`
  throw new ActivePointerError('io', message, { path: incumbent.path, errno: failure.errno })
}

/** Only a switch asks for it: a selection alone reads documents. */
export async function tryIncumbent(
  incumbent: Bundle,
  checks: BundleChecks,
  active: ActiveState,
): Promise<CheckedBundle['result'] | undefined> {
  return incumbent.status === 'invalid' ? undefined : tryBundle(incumbent, checks, active)
}

/** The error of a best model that is active already, and broken: to leave it would call it sound. */
export function nothingSound(
  { modelId, path }: Bundle,
  { code, message }: Extract<CheckResult, { code: string }>,
): RegistryError {
  const why = `nothing was switched: ${modelId} is the best and the active model, and must not serve: ${message}`
  return new RegistryError(code, path, why)
}
