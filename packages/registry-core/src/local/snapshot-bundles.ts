import { isDeepStrictEqual } from 'node:util'
import { crc32 } from 'node:zlib'
import type { LocalBundle } from '../format/bundle.js'
import { fromBundleJson, toBundleJson } from '../format/bundle-json.js'
import { type BundleFingerprint, encodeLine, LONGEST_LINE } from '../format/index-format.js'
import { takeFingerprint } from './bundle-fingerprint.js'
import { localBundle } from './local-bundle.js'
import { lookAtModelsDir, type ModelsDirLike } from './models-dir.js'
import { listModelsDir } from './models-dir-entries.js'
import { readEntry } from './scan-bundles.js'
import { sha256 } from './sha256.js'

/** A bundle, and the line that may stand for it in an index. */
export interface BundleSnapshot {
  bundle: LocalBundle
  /** Undefined for a bundle that must be read each time: it changed just now, or its files are not plain. */
  line: string | undefined
}

/**
 * Reads every bundle of a models dir, as `listBundles` does, for an index to be written: with the state of the files
 * that it was read from, looked at before and after reading.
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
  { now }: { now: () => Date },
): Promise<BundleSnapshot[]> {
  const { root } = lookAtModelsDir(modelsDir)
  const snapshots: BundleSnapshot[] = []
  for (const entry of listModelsDir(root)) {
    const before = entry.kind === 'directory' ? takeFingerprint(entry.path, now()) : undefined
    const bundle = readEntry(root, entry)
    if (bundle === undefined) continue
    const after = before && takeFingerprint(entry.path, now())
    const isStill = after !== undefined && isDeepStrictEqual(before, after)
    snapshots.push({ bundle, line: isStill ? toLine(bundle, after) : undefined })
  }
  return snapshots
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
