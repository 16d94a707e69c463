import { isDeepStrictEqual } from 'node:util'
import { crc32 } from 'node:zlib'
import type { LocalBundle } from '../format/bundle.js'
import { fromBundleJson, toBundleJson } from '../format/bundle-json.js'
import { type BundleFingerprint, encodeLine, LONGEST_LINE } from '../format/index-format.js'
import { takeFingerprint } from './bundle-fingerprint.js'
import type { BundleSnapshot } from './bundle-snapshot.js'
import { openIndex } from './index-cache.js'
import { localBundle } from './local-bundle.js'
import { lookAtModelsDir, type ModelsDirLike } from './models-dir.js'
import { listModelsDir, type ModelsDirEntry } from './models-dir-entries.js'
import { readEntry } from './scan-bundles.js'
import { sha256 } from './sha256.js'

/** How {@link snapshotBundles} reads, and what time it is. */
export interface SnapshotOptions {
  now: () => Date
  /** Takes over from `index.json`, if there is one, what has not changed since (default: everything is read). */
  useIndex?: boolean
}

/**
 * Reads every bundle of a models dir, as `listBundles` does, for an index to be written: with the state of the files
 * that it was read from, looked at before and after reading. With `useIndex` a bundle whose files are those of its line in the
 * index is not read, and its line stays.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const snapshots = await snapshotBundles('models', { now: () => new Date() })
 * const bundles = snapshots.map(({ bundle }) => bundle)
 * ```
 */
export async function snapshotBundles(
  modelsDir: ModelsDirLike,
  { now, useIndex = false }: SnapshotOptions,
): Promise<BundleSnapshot[]> {
  const { root } = lookAtModelsDir(modelsDir)
  const entries = listModelsDir(root)
  const index = useIndex ? openIndex(root) : undefined
  try {
    return entries.flatMap((entry) => index?.takeSnapshot(entry) ?? snapshot(root, entry, now) ?? [])
  } finally {
    index?.close()
  }
}

function snapshot(root: string, entry: ModelsDirEntry, now: () => Date): BundleSnapshot | undefined {
  const before = entry.kind === 'directory' ? takeFingerprint(entry.path, now()) : undefined
  const bundle = readEntry(root, entry)
  if (bundle === undefined) return undefined
  const after = before && takeFingerprint(entry.path, now())
  const isStill = after !== undefined && isDeepStrictEqual(before, after)
  return { bundle, line: isStill ? toLine(bundle, after) : undefined }
}

/** Passing conditions, which the files' state says nothing about. */
const PASSING = new Set<string>(['unreadable', 'vanished'])

function toLine(bundle: LocalBundle, files: BundleFingerprint): string | undefined {
  if (bundle.status === 'invalid' && bundle.problems.some(({ code }) => PASSING.has(code))) return undefined
  const json = toBundleJson(bundle)
  // JSON has no -0 and no Infinity, which a document may hold as "-0" and "1e999".
  const copy = localBundle(fromBundleJson(JSON.parse(JSON.stringify(json)), bundle, sha256), bundle.path)
  if (!isDeepStrictEqual(copy, bundle)) return undefined
  const line = encodeLine({ model_id: bundle.modelId, files, bundle: json }, crc32)
  return Buffer.byteLength(line) < LONGEST_LINE ? line : undefined
}
