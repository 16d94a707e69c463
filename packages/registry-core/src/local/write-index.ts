import { DurableFsError, errnoOf, nodeFileSystem, writeFileAtomic } from '@taskclf/durable-fs'
import { BUNDLES_LINE, FIRST_LINE, LAST_BUNDLES_LINE } from '../format/index-format.js'
import type { IndexRanking } from '../format/index-ranking.js'
import type { BundleSnapshot } from './bundle-snapshot.js'
import { ownHeadLine } from './index-head.js'
import { lookAtModelsDir, type ModelsDirLike } from './models-dir.js'
import { sweepStagedIndexes } from './sweep-staged-indexes.js'

/**
 * Writes `index.json` of a models dir whole: the ranking as given, and what `listBundles` needs to spare itself the reading
 * of unchanged bundles.
 *
 * @throws RegistryError when the models dir cannot be opened. DurableFsError `write_failed`, `durability_unknown`.
 * @example
 * ```ts
 * const snapshots = await snapshotBundles('models', { now: () => new Date() })
 * await writeIndex('models', { snapshots, ranking: { generated_at, schema_hash: '', policy_version: 1, ranked, excluded, best_model_id } })
 * ```
 */
export async function writeIndex(
  modelsDir: ModelsDirLike,
  { snapshots, ranking }: { snapshots: readonly BundleSnapshot[]; ranking: IndexRanking },
): Promise<void> {
  const layout = lookAtModelsDir(modelsDir)
  const lines = snapshots.flatMap(({ line }) => line ?? [])
  const text = [
    FIRST_LINE,
    ownHeadLine(layout.root),
    BUNDLES_LINE,
    ...lines.map((line, i) => (i < lines.length - 1 ? `${line},` : line)),
    LAST_BUNDLES_LINE,
    JSON.stringify(ranking, null, 2).slice(2),
    '',
  ]
  await makeWorkDir(layout.work)
  sweepStagedIndexes(layout.work)
  await writeFileAtomic(layout.index, Buffer.from(text.join('\n')), { stagingDir: layout.work })
}

async function makeWorkDir(path: string): Promise<void> {
  try {
    await nodeFileSystem.mkdir(path)
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return
    const message = `${path}, where files are staged, cannot be made: ${(error as Error).message}`
    throw new DurableFsError('write_failed', path, message, error)
  }
}
