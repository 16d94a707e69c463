import { readdirSync } from 'node:fs'
import { type ActiveState, readActive } from '@taskclf/active-pointer'
import {
  environmentProblem,
  type LocalValidBundle,
  lookAtModelsDir,
  type ModelsDirLike,
  type ModelsDirLook,
  type Problem,
  RegistryError,
  readPromotedBundle,
} from '@taskclf/registry-core'
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
  | { state: 'absent'; modelsDir: ModelsDirLook; active: Extract<ActiveState, { status: 'absent' }> }
  /** The pointer is whole; the models dir was listed, and holds nothing of that name. */
  | { state: 'missing'; modelsDir: ModelsDirLook; active: ReadablePointer; message: string }
  /** The pointer is damaged, or what it names is there and must not serve. */
  | {
      state: 'broken'
      modelsDir: ModelsDirLook
      active: Exclude<ActiveState, { status: 'absent' }>
      code: BrokenCode
      message: string
      /** What is wrong with the bundle; empty where the pointer itself is damaged, or the bundle does not fit. */
      problems: readonly Problem[]
    }
  /** The system could not say: nothing may be decided on it. `error` is for throwing. */
  | { state: 'unknown'; error: Error; message: string; wanted?: string }
  | { state: 'good'; modelsDir: ModelsDirLook; active: ReadablePointer; bundle: LocalValidBundle }

/** How often a pointer that was switched meanwhile is looked at anew. */
const MOST_SWITCHES = 10

/**
 * Looks at the active pointer and at the bundle that it names, and says which of five states they are in. Reads documents only;
 * whether the model loads is for whoever loads it to say. What the system fails to read is `unknown`, never taken for bad content.
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
export async function lookAtActive(
  modelsDir: ModelsDirLike,
  requirement: Requirement = {},
): Promise<ActiveLook> {
  try {
    return await lookUntilSure(modelsDir, requirement)
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'models_dir_unreadable') throw error
    return { state: 'unknown', error, message: error.message }
  }
}

/**
 * A model that was left and removed between reading the pointer and reading its bundle is not the answer: the pointer says another
 * by then, or the path leads to another directory.
 */
async function lookUntilSure(modelsDir: ModelsDirLike, requirement: Requirement): Promise<ActiveLook> {
  let look = await lookOnce(lookAtModelsDir(modelsDir), requirement)
  for (let switches = 0; ; switches++) {
    if (look.state === 'good' || look.state === 'unknown') return look
    const dir = lookAtModelsDir(modelsDir)
    const now = await readPointer(dir)
    if ('state' in now) return now
    if (dir.root === look.modelsDir.root && now.version === look.active.version) return look
    if (switches === MOST_SWITCHES) return unsettled(dir)
    look = await lookOnce(dir, requirement)
  }
}

function unsettled({ root }: ModelsDirLook): ActiveLook {
  const message = `${root} was switched again and again while it was looked at; try again`
  return { state: 'unknown', error: new ResolveError('io', message), message }
}

async function lookOnce(modelsDir: ModelsDirLook, requirement: Requirement): Promise<ActiveLook> {
  const active = await readPointer(modelsDir)
  return 'state' in active ? active : lookAtTarget(modelsDir, active, requirement)
}

/** What a pointer that was read leads to. */
export async function lookAtTarget(
  modelsDir: ModelsDirLook,
  active: ActiveState,
  requirement: Requirement,
): Promise<ActiveLook> {
  if (active.status === 'absent') return { state: 'absent', modelsDir, active }
  if (active.status === 'corrupt') {
    const why = active.problems.map(({ message }) => message).join('; ')
    const message = `active.json cannot be used: ${why}`
    return { state: 'broken', modelsDir, active, code: 'pointer_corrupt', message, problems: [] }
  }
  const { modelId } = active
  const bundle = await readPromotedBundle(modelsDir, modelId)
  if (bundle.status === 'invalid') {
    const failure = environmentProblem(bundle)
    if (failure) return unknown(modelId, failure.message)
    const listed = isListed(modelsDir, modelId)
    if (listed instanceof Error) return unknown(modelId, listed.message, listed)
    if (!listed) {
      const message = `the active model ${modelId} is not in ${modelsDir.root}`
      return { state: 'missing', modelsDir, active, message }
    }
    const { problems } = bundle
    const message = `the active model ${modelId} is not usable: ${problems.map((each) => each.message).join('; ')}`
    return { state: 'broken', modelsDir, active, code: 'bundle_invalid', message, problems }
  }
  const { compatible, reasons } = isCompatible(bundle, requirement)
  if (compatible) return { state: 'good', modelsDir, active, bundle }
  const message = `the active model ${modelId} does not fit: ${reasons.map((each) => each.message).join('; ')}`
  return { state: 'broken', modelsDir, active, code: 'bundle_incompatible', message, problems: [] }
}

async function readPointer(
  modelsDir: ModelsDirLook,
): Promise<ActiveState | Extract<ActiveLook, { state: 'unknown' }>> {
  try {
    return await readActive(modelsDir)
  } catch (error) {
    // The models dir is gone meanwhile, or not a directory any more: as if it had not been opened.
    if (error instanceof RegistryError && error.code !== 'models_dir_unreadable') throw error
    return { state: 'unknown', error: error as Error, message: (error as Error).message }
  }
}

/** Whether anything of that name lies in the models dir; the error, when nobody can say. */
function isListed({ root }: ModelsDirLook, modelId: string): boolean | Error {
  try {
    return readdirSync(root).includes(modelId)
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
