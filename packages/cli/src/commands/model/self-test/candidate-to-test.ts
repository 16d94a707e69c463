import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import {
  BUNDLE_FILES,
  type LocalValidBundle,
  modelsDirLayout,
  readBundle,
  requireReadable,
} from '@taskclf/registry-core'
import { CliError } from '../../../errors.js'

/**
 * What is published is never written into.
 *
 * @throws CliError `published_bundle`.
 */
export function requireUnpublished(given: string, modelsDir: string): void {
  const why = whyPublished(given, modelsDir)
  if (why === undefined) return
  throw new CliError('published_bundle', `${given} ${why}: nothing is written into a published bundle`, {
    hint: 'copy it to a directory elsewhere without its manifest.json, and promote the copy',
    details: { path: given },
  })
}

/**
 * The candidate that is to get a self-test.
 *
 * @throws CliError `invalid_bundle`.
 */
export async function readCandidate(given: string): Promise<LocalValidBundle> {
  const bundle = await readBundle(given, { promoted: false, modelsDir: given })
  requireReadable([bundle])
  if (bundle.status === 'valid') return bundle
  const { problems } = bundle
  const all = problems.map(({ message }) => message).join('; ')
  throw new CliError('invalid_bundle', `${given} is not a candidate: ${all}`, {
    details: { path: given, problems },
  })
}

function whyPublished(given: string, modelsDir: string): string | undefined {
  // Where it is said to lie counts as well as where it lies: either may be what a pointer leads to.
  const places = [realPlace(given), join(realPlace(dirname(given)), basename(given))]
  const root = realPlace(modelsDir)
  if (places.some((place) => isInside(place, root))) return `lies in the models dir ${modelsDir}`
  for (const parent of places.map((place) => dirname(place))) {
    const { active, history } = modelsDirLayout(parent)
    if (isThere(active) || isThere(history)) return `lies in ${parent}, which is a models dir, too`
  }
  return isThere(join(given, BUNDLE_FILES.manifest)) ? `has a ${BUNDLE_FILES.manifest}` : undefined
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
