import { readSmallFile } from '@taskclf/durable-fs'
import { MAX_DOCUMENT_BYTES } from '../format/bundle-files.js'
import { FIRST_LINE, LAST_BUNDLES_LINE, LONGEST_LINE } from '../format/index-format.js'
import type { IndexRanking } from '../format/index-ranking.js'
import { isObject } from '../format/shape.js'
import { lookAtModelsDir, type ModelsDirLike } from './models-dir.js'
import { LineReader } from './read-lines.js'

/** What is in a models dir's index, from any writer. */
export type IndexState =
  | { status: 'absent' }
  | { status: 'unusable' }
  /** `ours`: written by taskclf, so that it can also spare reading. The ranking's members are as found, unchecked. */
  | { status: 'present'; ours: boolean; ranking: Partial<Record<keyof IndexRanking, unknown>> }

/**
 * Reads what an index says about the ranking: for people, and never to decide anything by. Damage is data here.
 *
 * @throws RegistryError `models_dir_missing`, `models_dir_not_a_directory` or `models_dir_unreadable`.
 * @example
 * ```ts
 * const index = readIndex('models')
 * if (index.status === 'present') console.log(index.ranking.generated_at, index.ranking.best_model_id)
 * ```
 */
export function readIndex(modelsDir: ModelsDirLike): IndexState {
  const path = lookAtModelsDir(modelsDir).index
  const file = readSmallFile(path, { maxBytes: MAX_DOCUMENT_BYTES })
  if (!file.ok && file.reason === 'missing') return { status: 'absent' }
  try {
    const text = afterBundles(path)
    const ranking: unknown = JSON.parse(text ?? (file.ok ? file.bytes.toString('utf8') : ''))
    return isObject(ranking)
      ? { status: 'present', ours: text !== undefined, ranking }
      : { status: 'unusable' }
  } catch {
    return { status: 'unusable' }
  }
}

const HEAD = '"taskclf": '

/** The end of an index of ours as a document of its own: the bundles before it may be many. */
function afterBundles(path: string): string | undefined {
  const lines = new LineReader(path, LONGEST_LINE)
  try {
    if (lines.next()?.toString('utf8') !== FIRST_LINE) return undefined
    let line = lines.next()
    const head = line?.toString('utf8')
    if (!head?.startsWith(HEAD)) return undefined
    // What a later version writes is not guessed at.
    if (!head.startsWith(`${HEAD}{"version":1,`)) throw new Error('another version of the index')
    while (line !== undefined && line.toString('utf8') !== LAST_BUNDLES_LINE) line = lines.next()
    const rest: string[] = []
    for (line = lines.next(); line !== undefined; line = lines.next()) rest.push(line.toString('utf8'))
    return `{${rest.join('\n')}`
  } finally {
    lines.close()
  }
}
