import { realpathSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { RegistryError } from './errors.js'

/**
 * The real path of an existing models dir.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const models = openModelsDir('./models') // '/srv/app/models'
 * ```
 */
export function openModelsDir(modelsDir: string): string {
  const path = resolve(modelsDir)
  try {
    const real = realpathSync.native(path)
    if (statSync(real).isDirectory()) return real
  } catch (error) {
    throw modelsDirError(path, error)
  }
  throw notADirectory(path)
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
