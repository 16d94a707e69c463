import { dirname } from 'node:path'
import {
  BUNDLE_FILES,
  type BundleContent,
  buildManifest,
  digestFiles,
  type LocalValidBundle,
  RegistryError,
} from '@taskclf/registry-core'
import type { ActivePointer } from './format/pointer.js'
import type { StoreLike } from './model-store.js'
import { readHistory } from './read-history.js'

/** What a pointer recorded of its bundle's content, and in which write. */
export type Recorded = Pick<ActivePointer, 'bundle_digest' | 'write_id'>

/**
 * Compares a bundle's content with what a pointer recorded when the bundle was activated. A pointer without a digest records nothing;
 * files that were only added, and that nothing reads, make no difference.
 *
 * @param pointer the pointer, or what the history says of one
 * @param where the store that the bundle is in; by default the models dir around it
 * @returns undefined when it is that content; else a sentence with both digests and what to do
 * @throws ActivePointerError, RegistryError `io` when the system keeps the history or the files from being read.
 * @example
 * ```ts
 * const active = await readActive('models')
 * if (active.status === 'valid') console.log(await compareRecorded(bundle, await readBundleContent(bundle), active.pointer))
 * ```
 */
export async function compareRecorded(
  bundle: LocalValidBundle,
  content: BundleContent,
  pointer: Recorded,
  where: StoreLike = dirname(bundle.path),
): Promise<string | undefined> {
  const { bundle_digest: expected } = pointer
  if (expected === undefined || expected === content.digest) return undefined
  if (await isSameButForMore(where, bundle, content, pointer)) return undefined
  const { modelId } = bundle
  return `${modelId} has the digest ${content.digest}, but was activated with ${expected}: its files were changed. Roll back, or activate ${modelId} again, which records what is there`
}

async function isSameButForMore(
  where: StoreLike,
  bundle: LocalValidBundle,
  content: BundleContent,
  { bundle_digest: recordedDigest, write_id: writeId }: Recorded,
): Promise<boolean> {
  // The files that it lists were compared with it. Earlier versions recorded the digest of all files there are.
  if (bundle.manifest !== undefined) return (await digestOfAll(bundle.path)) === recordedDigest
  const targets = await targetFiles(where, writeId)
  if (targets === undefined) return false
  const used = new Set<string>([...bundle.artifacts, ...Object.values(BUNDLE_FILES)])
  const added = Object.keys(content.files).filter((name) => !targets.includes(name))
  const kept = Object.fromEntries(Object.entries(content.files).filter(([name]) => targets.includes(name)))
  return !added.some((name) => used.has(name)) && digestFiles(kept) === recordedDigest
}

/** Undefined where something is there that is not a file, and so was not recorded either. */
async function digestOfAll(path: string): Promise<string | undefined> {
  try {
    return digestFiles((await buildManifest(path)).files)
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'bundle_unreadable') return undefined
    throw error
  }
}

/** The names of the files that the bundle had when the switch was made; undefined where its line does not say. */
async function targetFiles(where: StoreLike, writeId: string | undefined): Promise<string[] | undefined> {
  if (writeId === undefined) return undefined
  const { entries } = await readHistory(where)
  const files = entries.findLast((entry) => entry.write_id === writeId)?.target_files
  return typeof files === 'object' && files !== null ? Object.keys(files) : undefined
}
