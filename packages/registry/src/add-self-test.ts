import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { errnoOf, writeFileAtomic } from '@taskclf/durable-fs'
import {
  BUNDLE_FILES,
  type BundleContent,
  type LocalValidBundle,
  modelsDirLayout,
  readBundle,
  readBundleContent,
  requireReadable,
} from '@taskclf/registry-core'
import { RegistryUseError } from './errors.js'

/** Where the candidate must not be, and what makes its self-test. */
export interface AddSelfTestOptions<M> {
  /** Whose bundles are published. */
  modelsDir: string
  /** Whether to replace the self-test that is there (default `false`). */
  force?: boolean
  /**
   * Makes the document and proves it, of the bytes that were read; `file` is where it is going to be.
   */
  make(bundle: LocalValidBundle, content: BundleContent, file: string): Promise<{ text: string; made: M }>
}

/** The self-test that a candidate has now. */
export interface AddedSelfTest<M> {
  file: string
  made: M
}

/**
 * Writes a `self_test.json` into a candidate. What is published is never written into.
 *
 * @throws RegistryUseError `published_bundle`; `file_exists` without `force`; `invalid_bundle` with every problem. Whatever `make` throws.
 * @example
 * ```ts
 * await addSelfTest('candidate', { modelsDir: 'models', make: async (bundle, { bytes }) => makeOf(bundle, bytes) })
 * ```
 */
export async function addSelfTest<M>(
  candidateDir: string,
  { modelsDir, force = false, make }: AddSelfTestOptions<M>,
): Promise<AddedSelfTest<M>> {
  requireUnpublished(candidateDir, modelsDir)
  if (!force) refuseToReplace(join(candidateDir, BUNDLE_FILES.selfTest))
  const bundle = await readCandidate(candidateDir)
  const file = join(bundle.path, BUNDLE_FILES.selfTest)
  const { text, made } = await make(bundle, await readBundleContent(bundle), file)
  // Somebody may have written one meanwhile.
  if (!force) refuseToReplace(file)
  await writeFileAtomic(file, Buffer.from(text))
  return { file, made }
}

function requireUnpublished(given: string, modelsDir: string): void {
  const why = whyPublished(given, modelsDir)
  if (why === undefined) return
  const message = `${given} ${why}: nothing is written into a published bundle`
  throw new RegistryUseError('published_bundle', message, { path: given })
}

function refuseToReplace(file: string): void {
  if (!isThere(file)) return
  throw new RegistryUseError('file_exists', `${file} is there already`, { path: file })
}

async function readCandidate(given: string): Promise<LocalValidBundle> {
  const bundle = await readBundle(given, { promoted: false, modelsDir: given })
  requireReadable([bundle])
  if (bundle.status === 'valid') return bundle
  const { problems } = bundle
  const all = problems.map(({ message }) => message).join('; ')
  throw new RegistryUseError('invalid_bundle', `${given} is not a candidate: ${all}`, {
    path: given,
    problems,
  })
}

function whyPublished(given: string, modelsDir: string): string | undefined {
  // Where it is said to be counts as well as where it is: either may be what a pointer leads to.
  const places = [realPlace(given), join(realPlace(dirname(given)), basename(given))]
  const root = realPlace(modelsDir)
  if (places.some((place) => isInside(place, root))) return `is in the models dir ${modelsDir}`
  for (const parent of places.map((place) => dirname(place))) {
    const { active, history } = modelsDirLayout(parent)
    if (isThere(active) || isThere(history)) return `is in ${parent}, which is a models dir, too`
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
function isThere(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch (error) {
    if (!isAbsence(error)) throw error
    return false
  }
}

const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '')
