import { join } from 'node:path'
import { writeFileAtomic } from '@taskclf/durable-fs'
import {
  BUNDLE_FILES,
  type BundleContent,
  type LocalValidBundle,
  readBundle,
  readBundleContent,
  requireReadable,
} from '@taskclf/registry-core'
import { RegistryUseError } from './errors.js'
import { isThere, requireUnpublished } from './require-unpublished.js'

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
  requireUnpublished(candidateDir, modelsDir, 'nothing is written into a published bundle')
  if (!force) refuseToReplace(join(candidateDir, BUNDLE_FILES.selfTest))
  const bundle = await readCandidate(candidateDir)
  const file = join(bundle.path, BUNDLE_FILES.selfTest)
  const { text, made } = await make(bundle, await readBundleContent(bundle), file)
  // Somebody may have written one meanwhile.
  if (!force) refuseToReplace(file)
  await writeFileAtomic(file, Buffer.from(text))
  return { file, made }
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
