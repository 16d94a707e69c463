import { type ActiveState, lookAtStore, type StoreLike, type StoreLook } from '@taskclf/active-pointer'
import { environmentProblem, type Problem, RegistryError, type ValidBundle } from '@taskclf/registry-core'
import { isCompatible, type Requirement } from '@taskclf/selection-policy'
import { ResolveError } from './errors.js'

/** A pointer that could be read. */
export type ReadablePointer = Extract<ActiveState, { status: 'valid' }>

/** Why the pointer's target must not serve: {@link ActiveLook} of state `broken`. The last five only loading can tell. */
export type BrokenCode =
  | 'pointer_corrupt'
  | 'bundle_invalid'
  | 'bundle_incompatible'
  | 'integrity_mismatch'
  | 'changed_while_loading'
  | 'load_failed'
  | 'load_timed_out'
  | 'self_test_failed'

/** The five states that the active pointer can be in, and what was seen. */
export type ActiveLook =
  /** There is no `active.json`. */
  | { state: 'absent'; store: StoreLook; active: Extract<ActiveState, { status: 'absent' }> }
  /** The pointer is whole; the models dir was listed, and holds nothing of that name. */
  | { state: 'missing'; store: StoreLook; active: ReadablePointer; message: string }
  /** The pointer is damaged, or what it names is there and must not serve. */
  | {
      state: 'broken'
      store: StoreLook
      active: Exclude<ActiveState, { status: 'absent' }>
      code: BrokenCode
      message: string
      /** What is wrong with the bundle; empty where the pointer itself is damaged, or the bundle does not fit. */
      problems: readonly Problem[]
    }
  /** The system could not say: nothing may be decided on it. `error` is for throwing. */
  | { state: 'unknown'; error: Error; message: string; wanted?: string }
  | { state: 'good'; store: StoreLook; active: ReadablePointer; bundle: ValidBundle }

/** How often a pointer that was switched meanwhile is looked at again. */
const MOST_SWITCHES = 10

/**
 * Looks at the active pointer and at the bundle that it names, and says which of five states they are in. Reads documents only;
 * whether the model loads is for its loader to say. What the system fails to read is `unknown`, never taken for bad content.
 *
 * @param requirement what the bundle must fit; by default anything does
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory`.
 * @example
 * ```ts
 * const look = await lookAtActive('models')
 * if (look.state === 'good') console.log(look.bundle.modelId)
 * if (look.state === 'unknown') throw look.error
 * ```
 */
export async function lookAtActive(where: StoreLike, requirement: Requirement = {}): Promise<ActiveLook> {
  try {
    return await lookUntilSure(where, requirement)
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'models_dir_unreadable') throw error
    return { state: 'unknown', error, message: error.message }
  }
}

/**
 * A model that was left and removed between reading the pointer and reading its bundle is not the answer: the pointer says another
 * by then, or the path leads to another directory.
 */
async function lookUntilSure(where: StoreLike, requirement: Requirement): Promise<ActiveLook> {
  let look = await lookOnce(lookAtStore(where), requirement)
  for (let switches = 0; ; switches++) {
    if (look.state === 'good' || look.state === 'unknown') return look
    const store = lookAtStore(where)
    const now = await readPointer(store)
    if ('state' in now) return now
    if (store.location === look.store.location && now.version === look.active.version) return look
    if (switches === MOST_SWITCHES) return unsettled(store)
    look = await lookOnce(store, requirement)
  }
}

function unsettled({ location }: StoreLook): ActiveLook {
  const message = `${location} was switched again and again while it was looked at; try again`
  return { state: 'unknown', error: new ResolveError('io', message), message }
}

async function lookOnce(store: StoreLook, requirement: Requirement): Promise<ActiveLook> {
  const active = await readPointer(store)
  return 'state' in active ? active : lookAtTarget(store, active, requirement)
}

/** What a pointer that was read leads to. */
export async function lookAtTarget(
  store: StoreLook,
  active: ActiveState,
  requirement: Requirement,
): Promise<ActiveLook> {
  if (active.status === 'absent') return { state: 'absent', store, active }
  if (active.status === 'corrupt') {
    const why = active.problems.map(({ message }) => message).join('; ')
    const message = `active.json cannot be used: ${why}`
    return { state: 'broken', store, active, code: 'pointer_corrupt', message, problems: [] }
  }
  const { modelId } = active
  const bundle = await store.bundles.read(modelId)
  if (bundle.status === 'invalid') {
    const failure = environmentProblem(bundle)
    if (failure) return unknown(modelId, failure.message)
    const listed = await isListed(store, modelId)
    if (listed instanceof Error) return unknown(modelId, listed.message, listed)
    if (!listed) {
      const message = `the active model ${modelId} is not in ${store.location}`
      return { state: 'missing', store, active, message }
    }
    const { problems } = bundle
    const message = `the active model ${modelId} is not usable: ${problems.map((each) => each.message).join('; ')}`
    return { state: 'broken', store, active, code: 'bundle_invalid', message, problems }
  }
  const { compatible, reasons } = isCompatible(bundle, requirement)
  if (compatible) return { state: 'good', store, active, bundle }
  const message = `the active model ${modelId} does not fit: ${reasons.map((each) => each.message).join('; ')}`
  return { state: 'broken', store, active, code: 'bundle_incompatible', message, problems: [] }
}

async function readPointer(
  store: StoreLook,
): Promise<ActiveState | Extract<ActiveLook, { state: 'unknown' }>> {
  try {
    return await store.pointer.read()
  } catch (error) {
    // The models dir is gone meanwhile, or not a directory any more: as if it had not been opened.
    if (error instanceof RegistryError && error.code !== 'models_dir_unreadable') throw error
    return { state: 'unknown', error: error as Error, message: (error as Error).message }
  }
}

/** Whether anything of that name is in the store; the error, when nobody can say. */
async function isListed({ bundles }: StoreLook, modelId: string): Promise<boolean | Error> {
  try {
    return await bundles.has(modelId)
  } catch (error) {
    return error as Error
  }
}

function unknown(modelId: string, why: string, cause?: Error): ActiveLook {
  const message = `nobody can say whether the active model ${modelId} may serve: ${why}`
  return {
    state: 'unknown',
    error: new ResolveError('io', message, { details: { model_id: modelId }, cause }),
    message,
    wanted: modelId,
  }
}
