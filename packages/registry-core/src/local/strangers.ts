import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import type { LocalBundle } from '../format/bundle.js'
import { BUNDLE_FILES } from '../format/bundle-files.js'
import { locateLink } from './locate-link.js'
import { lookAtModelsDir, type ModelsDirLike } from './models-dir.js'
import { listModelsDir } from './models-dir-entries.js'

const MARKS: readonly string[] = [BUNDLE_FILES.metadata, BUNDLE_FILES.metrics, BUNDLE_FILES.manifest]
/** Made by the file system itself, and readable by root alone. */
const LOST_AND_FOUND = 'lost+found'

/** Whether a directory that was read as a bundle has nothing of one. */
export function isStranger(bundle: LocalBundle): boolean {
  if (bundle.status === 'valid') return false
  const codes = new Set<string>(bundle.problems.map(({ code }) => code))
  const mayBe = codes.has('missing_metadata') && codes.has('missing_metrics')
  if (mayBe || codes.has('unreadable')) return hasNothingOfABundle(bundle.path)
  return false
}

function hasNothingOfABundle(dir: string): boolean {
  try {
    return readdirSync(dir).every((name) => !MARKS.includes(name) && !name.startsWith('model.'))
  } catch {
    // What cannot be looked at is not passed over.
    return basename(dir) === LOST_AND_FOUND
  }
}

/**
 * The names of the directories in a models dir that are passed over because they have nothing of a bundle: none of
 * `metadata.json`, `metrics.json`, `manifest.json` and `model.*`.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * listStrangers('models') // ['@eaDir', 'lost+found']
 * ```
 */
export function listStrangers(modelsDir: ModelsDirLike): string[] {
  const { root } = lookAtModelsDir(modelsDir)
  return listModelsDir(root).flatMap(({ kind, modelId, path }) => {
    const dir = kind === 'directory' ? path : kind === 'link' ? linked(root, path) : undefined
    return dir !== undefined && hasNothingOfABundle(dir) ? [modelId] : []
  })
}

function linked(root: string, path: string): string | undefined {
  const found = locateLink(root, path)
  return found.kind === 'bundle' ? found.dir : undefined
}
