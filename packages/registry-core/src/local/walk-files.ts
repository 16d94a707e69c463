import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { BUNDLE_FILES } from '../format/bundle-files.js'
import { problem } from '../format/problem.js'
import type { Problem } from '../format/problems.js'
import { isSignature } from '../format/signatures.js'
import { kindOf, locateFile, unreadable } from './bundle-entries.js'
import { walkTree } from './walk-tree.js'

/** A file that belongs to a bundle. */
export interface BundleFile {
  /** Path inside the bundle, with `/` between parts. */
  name: string
  /** Real path. */
  path: string
}

/** The files of a bundle in code-unit order, and what is there that is not a file. */
export interface BundleFiles {
  /** Those that its digest is about. */
  files: BundleFile[]
  /** Those that sign it: part of no digest. */
  signatures: BundleFile[]
  problems: Problem[]
}

/**
 * Every file below a bundle's real directory, except hidden ones and `manifest.json`. Links to directories are not entered;
 * links to files must end inside `root`.
 */
export function walkFiles(root: string, dir: string): BundleFiles {
  const found: BundleFiles = { files: [], signatures: [], problems: [] }
  const onFailure = (inner: string, error: unknown) => found.problems.push(unlistable(inner, error))
  for (const { name, parent, entry } of walkTree(dir, onFailure)) {
    if (name === BUNDLE_FILES.manifest) continue
    if (!isUtf8Name(parent, entry.name))
      found.problems.push(problem('unusable_name', name, 'has a name that is not UTF-8; rename it'))
    else if (!entry.isDirectory()) {
      const located = locateFile(root, parent, entry.name, kindOf(entry))
      if (!located.ok) found.problems.push({ ...located.problem, file: name })
      else (isSignature(name) ? found.signatures : found.files).push({ name, path: located.value })
    }
  }
  found.files.sort(byName)
  found.signatures.sort(byName)
  return found
}

/** A name that is not UTF-8 comes with U+FFFD in place of its bytes, and leads to nothing. */
function isUtf8Name(dir: string, name: string): boolean {
  if (!name.includes('\ufffd')) return true
  try {
    return lstatSync(join(dir, name), { throwIfNoEntry: false }) !== undefined
  } catch {
    return true
  }
}

const byName = (a: BundleFile, b: BundleFile): number => (a.name < b.name ? -1 : 1)

/** The problem of a directory in a bundle that cannot be listed; of one whose name is not UTF-8 its name has told. */
function unlistable(inner: string, error: unknown): Problem {
  const what = inner === '' ? 'the bundle ' : ''
  return errnoOf(error) === 'ENOENT'
    ? problem('vanished', inner, `${what}was removed while the bundle was read`)
    : unreadable(inner, error, `${what}cannot be read`)
}
