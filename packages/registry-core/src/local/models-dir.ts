import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { RegistryError } from '../errors.js'
import { type ModelsDirLayout, modelsDirLayout } from './layout.js'

/** A models dir that was opened: the path as given, which may lead elsewhere later (a link that a deployment moves). */
export interface ModelsDir {
  /** As given, made absolute when it was opened. */
  readonly path: string
  /**
   * Where the path leads at this moment. One operation looks once, and reads and writes what it found throughout.
   *
   * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
   */
  look(): ModelsDirLook
}

/** A models dir as it was found: the real paths of everything in it. */
export interface ModelsDirLook extends ModelsDirLayout {
  /** The path as given, absolute: readers that start beside it know the directory by that name. */
  readonly given: string
}

/** A models dir as callers give it: a path, what {@link openModelsDir} returned, or what its `look()` did. */
export type ModelsDirLike = string | ModelsDir | ModelsDirLook

/**
 * Opens a models dir. The path is remembered absolute, and followed again by each `look()`.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const dir = openModelsDir('./models')
 * dir.path // '/srv/app/models'
 * dir.look().active // '/srv/releases/7/models/active.json', where the path is a link
 * ```
 */
export function openModelsDir(modelsDir: string): ModelsDir {
  const path = resolve(modelsDir)
  lookAt(path)
  return { path, look: () => lookAt(path) }
}

/**
 * Looks at a models dir, however it is given; a look that was taken already is returned as it is.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * lookAtModelsDir('models').root // '/srv/app/models'
 * ```
 */
export function lookAtModelsDir(dir: ModelsDirLike): ModelsDirLook {
  if (typeof dir === 'string') return lookAt(resolve(dir))
  return 'look' in dir ? dir.look() : dir
}

/**
 * The path of a models dir as it was given, absolute: for a caller that looks again later, from the beginning.
 *
 * @example
 * ```ts
 * givenPath(openModelsDir('./models')) // '/srv/app/models'
 * ```
 */
export function givenPath(dir: ModelsDirLike): string {
  if (typeof dir === 'string') return resolve(dir)
  return 'look' in dir ? dir.path : dir.given
}

function lookAt(given: string): ModelsDirLook {
  try {
    const real = realpathSync.native(given)
    if (statSync(real).isDirectory()) return { given, ...modelsDirLayout(real) }
  } catch (error) {
    throw modelsDirError(given, error)
  }
  throw notADirectory(given)
}

/** What a failed system call on a models dir means. */
export function modelsDirError(path: string, error: unknown): RegistryError {
  const errno = errnoOf(error)
  if (errno === 'ENOTDIR') return notADirectory(path, error)
  if (errno === 'ENOENT') {
    const message = `there is no models dir at ${path}; create it, or give another path`
    return new RegistryError('models_dir_missing', path, message, { cause: error })
  }
  const message = `the models dir ${path} cannot be read (${errno ?? String(error)}); check its permissions`
  return new RegistryError('models_dir_unreadable', path, message, { cause: error })
}

function notADirectory(path: string, cause?: unknown): RegistryError {
  const message = `${path} is not a directory; a models dir holds one directory for each bundle`
  return new RegistryError('models_dir_not_a_directory', path, message, { cause })
}
