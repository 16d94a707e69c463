import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { LocalBundle, LocalInvalidBundle } from '../format/bundle.js'
import { whyUnusableName } from '../format/bundle-names.js'
import { problem, unusableName } from '../format/problem.js'
import type { Problem } from '../format/problems.js'
import { directoryProblem } from './bundle-entries.js'
import { bundlePath } from './layout.js'
import { unusableEntry } from './local-bundle.js'
import { locateLink } from './locate-link.js'
import { lookAtModelsDir, type ModelsDirLike } from './models-dir.js'
import { type LocalPlace, readBundleIn } from './read-bundle-in.js'
import { readLinkedBundle } from './read-linked-bundle.js'

/** How to read a bundle. */
export interface ReadBundleOptions {
  /** Links inside the bundle must end in here. Default: the directory that holds the bundle. */
  modelsDir?: string
  /**
   * Whether the bundle is in a models dir (default `true`): then its directory must have a name that a pointer can hold, may be
   * a link only to a place below a dot directory of the models dir, and `metadata.model_id` must be its name. `false` is for candidates and for bundles given by path.
   */
  promoted?: boolean
}

/**
 * Reads one bundle: its documents, its links, and, where it has a manifest, all sizes and the digests of the documents.
 * Never throws for what it finds: a bad bundle, or none at all, is an `InvalidBundle` with every problem.
 *
 * @example
 * ```ts
 * const bundle = await readBundle('models/2026-03-02_031009_run-8935')
 * if (bundle.status === 'valid') console.log(bundle.metrics.macro_f1, bundle.createdAt.epochMicros)
 * else for (const problem of bundle.problems) console.error(problem.code, problem.message)
 * ```
 */
export async function readBundle(dir: string, options: ReadBundleOptions = {}): Promise<LocalBundle> {
  const located = locateBundle(dir, options)
  return located.ok ? readBundleIn(located.place) : located.bundle
}

/**
 * {@link readBundle} of a promoted bundle, by its id.
 *
 * @throws RegistryError `unusable_name` when the id cannot name a bundle; those of a models dir that cannot be opened.
 * @example
 * ```ts
 * const bundle = await readPromotedBundle('models', '2026-03-02_031009_run-8935')
 * ```
 */
export async function readPromotedBundle(modelsDir: ModelsDirLike, modelId: string): Promise<LocalBundle> {
  const { root } = lookAtModelsDir(modelsDir)
  const dir = bundlePath(root, modelId)
  try {
    if (lstatSync(dir).isSymbolicLink())
      return readLinkedBundle(root, dir, modelId) ?? unusableEntry(modelId, dir, leadsToFile())
    return readBundleIn({ root, dir, modelId, promoted: true })
  } catch (error) {
    return unusableEntry(modelId, dir, directoryProblem(error))
  }
}

/** Where a bundle is, or the invalid bundle that stands for a place where none can be. */
export type LocatedBundle = { ok: true; place: LocalPlace } | { ok: false; bundle: LocalInvalidBundle }

/** Finds the real place of a bundle and what its links are held to. */
export function locateBundle(dir: string, options: ReadBundleOptions): LocatedBundle {
  const given = resolve(dir)
  const promoted = options.promoted ?? true
  try {
    const path = promoted
      ? join(realpathSync.native(dirname(given)), basename(given))
      : realpathSync.native(given)
    const { modelsDir = dirname(path) } = options
    const root = modelsDir === dirname(path) ? modelsDir : realpathSync.native(modelsDir)
    return locateEntry({ root, dir: path, modelId: basename(path), promoted })
  } catch (error) {
    return refuse(basename(given), given, directoryProblem(error))
  }
}

function locateEntry(place: LocalPlace): LocatedBundle {
  const { root, dir, modelId, promoted } = place
  const why = promoted ? whyUnusableName(modelId) : undefined
  if (why !== undefined) return refuse(modelId, dir, unusableName(why))
  if (!lstatSync(dir).isSymbolicLink()) return { ok: true, place }
  const link = locateLink(root, dir)
  if (link.kind === 'bundle') return { ok: true, place: { ...place, root: link.root, dir: link.dir } }
  return refuse(modelId, dir, link.kind === 'problem' ? link.problem : leadsToFile())
}

const leadsToFile = (): Problem =>
  problem('not_a_file', '', 'a bundle is a directory, and this is a link to a file; remove it')

function refuse(modelId: string, path: string, cause: Problem): LocatedBundle {
  return { ok: false, bundle: unusableEntry(modelId, path, cause) }
}
