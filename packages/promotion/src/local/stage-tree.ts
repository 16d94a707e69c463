import { join } from 'node:path'
import { copyFile, createFile, type FileSystem } from '@taskclf/durable-fs'
import type { ManifestEntry } from '@taskclf/registry-core'
import { PromotionError } from '../errors.js'

/** A tree to be staged: files copied from `from`, and one document written last. */
export interface Tree {
  from: string
  into: string
  files: Readonly<Record<string, ManifestEntry>>
  last?: { name: string; bytes: Uint8Array }
  /** The directory whose readers are to be readers of the tree, wherever it is staged. */
  like: string
}

/**
 * Copies files into a directory that does not exist yet, checks each against the digest it was judged by, writes the
 * last document, and returns once all of it would survive a power loss.
 */
export async function stageTree(fileSystem: FileSystem, tree: Tree): Promise<void> {
  const { from, into, files, last, like } = tree
  const directories = directoriesOf(Object.keys(files))
  for (const directory of directories) await fileSystem.mkdir(join(into, directory), like)
  for (const [name, judged] of Object.entries(files)) {
    const copied = await copyFile(join(from, name), join(into, name), { fileSystem, like })
    if (copied.sha256 !== judged.sha256) throw changed(from, name)
  }
  if (last) await createFile(join(into, last.name), last.bytes, { fileSystem, like })
  for (const directory of directories.reverse()) await fileSystem.syncDirectory(join(into, directory))
}

/** The tree's root and every directory in it, parents first. */
function directoriesOf(names: readonly string[]): string[] {
  const found = new Set([''])
  for (const name of names) {
    const parts = name.split('/').slice(0, -1)
    for (let depth = 1; depth <= parts.length; depth++) found.add(parts.slice(0, depth).join('/'))
  }
  return [...found].sort()
}

/** The candidate is not what was judged. */
export function changed(from: string, what: string): PromotionError {
  const message = `${join(from, what)} changed while it was being promoted; let the trainer finish, then promote again`
  return new PromotionError('candidate_changed', message, { details: { path: from, file: what } })
}
