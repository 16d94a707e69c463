import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { BUNDLE_FILES, modelsDirLayout } from '@taskclf/registry-core'
import { RegistryUseError } from './errors.js'

/**
 * Refuses a directory whose content is published, or would be by being there: only a promotion writes that.
 *
 * @throws RegistryUseError `published_bundle`.
 */
export function requireUnpublished(given: string, modelsDir: string, consequence: string): void {
  const why = whyPublished(given, modelsDir)
  if (why === undefined) return
  throw new RegistryUseError('published_bundle', `${given} ${why}: ${consequence}`, { path: given })
}

function whyPublished(given: string, modelsDir: string): string | undefined {
  // Where it is said to be counts as well as where it is: either may be what a pointer leads to.
  const places = [realPlace(given), join(realPlace(dirname(given)), basename(given))]
  const root = realPlace(modelsDir)
  if (places.some((place) => isInside(place, root))) return `is in the models dir ${modelsDir}`
  for (const parent of places.map((place) => dirname(place)))
    if (isModelsDir(parent)) return `is in ${parent}, which is a models dir, too`
  return isThere(join(given, BUNDLE_FILES.manifest)) ? `has a ${BUNDLE_FILES.manifest}` : undefined
}

/** Whether a pointer or its history is in a directory. */
export function isModelsDir(dir: string): boolean {
  const { active, history } = modelsDirLayout(dir)
  return isThere(active) || isThere(history)
}

function realPlace(path: string): string {
  try {
    return realpathSync.native(path)
  } catch (error) {
    if (!isAbsence(error)) throw error
    return resolve(path)
  }
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`)
}

/** Whether there is anything of that name, even a link to nowhere. */
export function isThere(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch (error) {
    if (!isAbsence(error)) throw error
    return false
  }
}

const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')
