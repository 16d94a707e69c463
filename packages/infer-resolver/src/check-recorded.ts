import { dirname } from 'node:path'
import { readHistory } from '@taskclf/active-pointer'
import {
  BUNDLE_FILES,
  type BundleContent,
  buildManifest,
  digestFiles,
  RegistryError,
  type ValidBundle,
} from '@taskclf/registry-core'
import { ReloadError } from './errors.js'
import type { Recorded } from './recorded.js'

/**
 * Compares the content that is about to be loaded with the digest that the pointer recorded when the bundle was activated. A
 * pointer without one is not compared; files that were only added, and that nothing reads, make no difference.
 *
 * @throws ReloadError `integrity_mismatch`, with both digests and what to do. RegistryError, ActivePointerError `io` when the system
 * keeps the files or the history from being read.
 * @example
 * ```ts
 * const resolution = await resolveModelDir({ modelsDir: 'models' })
 * const content = await readBundleContent(resolution.bundle)
 * await checkRecorded(resolution.bundle, content, resolution)
 * ```
 */
export async function checkRecorded(
  bundle: ValidBundle,
  content: BundleContent,
  recorded: Recorded,
): Promise<void> {
  const { recordedDigest: expected } = recorded
  if (expected === undefined || expected === content.digest) return
  if (await isSameButForMore(bundle, content, recorded)) return
  const { modelId } = bundle
  const message = `${modelId} has the digest ${content.digest}, but was activated with ${expected}: its files were changed. Roll back, or activate ${modelId} again, which records what is there`
  throw new ReloadError('integrity_mismatch', message, { modelId })
}

async function isSameButForMore(
  bundle: ValidBundle,
  content: BundleContent,
  { recordedDigest, writeId }: Recorded,
): Promise<boolean> {
  // The files that it lists were compared with it. Earlier versions recorded the digest of all files there are.
  if (bundle.manifest !== undefined) return (await digestOfAll(bundle.path)) === recordedDigest
  const targets = await targetFiles(dirname(bundle.path), writeId)
  if (targets === undefined) return false
  const used = new Set<string>([...bundle.artifacts, ...Object.values(BUNDLE_FILES)])
  const added = Object.keys(content.files).filter((name) => !targets.includes(name))
  const kept = Object.fromEntries(Object.entries(content.files).filter(([name]) => targets.includes(name)))
  return !added.some((name) => used.has(name)) && digestFiles(kept) === recordedDigest
}

/** Undefined where something lies there that is not a file, and so was not recorded either. */
async function digestOfAll(path: string): Promise<string | undefined> {
  try {
    return digestFiles((await buildManifest(path)).files)
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'bundle_unreadable') return undefined
    throw error
  }
}

/** The names of the files that the bundle had when the switch was made; undefined where its line does not say. */
async function targetFiles(root: string, writeId: string | undefined): Promise<string[] | undefined> {
  if (writeId === undefined) return undefined
  const { entries } = await readHistory(root)
  const files = entries.findLast((entry) => entry.write_id === writeId)?.target_files
  return typeof files === 'object' && files !== null ? Object.keys(files) : undefined
}
