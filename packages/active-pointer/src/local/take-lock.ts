import { join } from 'node:path'
import { acquireLock, type FileSystem, type Lock } from '@taskclf/durable-fs'
import type { ModelsDirLook } from '@taskclf/registry-core'
import type { UpdateOptions } from '../format/pointer-store.js'
import { asPointerError } from './as-pointer-error.js'

/** Takes the one lock of all writers of active state. */
export async function takeLock(
  dir: ModelsDirLook,
  options: UpdateOptions,
  fileSystem: FileSystem,
): Promise<Lock> {
  try {
    return await acquireLock(join(dir.work, 'active.lock'), { ...options.lock, fileSystem })
  } catch (error) {
    throw asPointerError(error)
  }
}
