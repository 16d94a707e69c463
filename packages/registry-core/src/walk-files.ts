import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { locateFile, problem, unreadable } from './bundle-entries.js'
import { BUNDLE_FILES } from './layout.js'
import type { Problem } from './problems.js'
import { isSignature } from './signatures.js'

/** A file that belongs to a bundle. */
export interface BundleFile {
  /** Path inside the bundle, with `/` between parts. */
  name: string
  /** Real path. */
  path: string
}

/** The files of a bundle in code-unit order, and what lies there that is not a file. */
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
  const pending = ['']
  for (let inner = pending.pop(); inner !== undefined; inner = pending.pop()) {
    for (const entry of entriesOf(join(dir, inner), inner, found.problems)) {
      const name = inner === '' ? entry.name : `${inner}/${entry.name}`
      if (entry.name.startsWith('.') || name === BUNDLE_FILES.manifest) continue
      const path = join(dir, inner)
      if (!isUtf8Name(path, entry.name))
        found.problems.push(problem('unusable_name', name, 'has a name that is not UTF-8; rename it'))
      else if (entry.isDirectory()) pending.push(name)
      else {
        const located = locateFile(root, path, entry)
        if (!located.ok) found.problems.push({ ...located.problem, file: name })
        else (isSignature(name) ? found.signatures : found.files).push({ name, path: located.path })
      }
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

function entriesOf(dir: string, inner: string, problems: Problem[]): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
  } catch (error) {
    const what = inner === '' ? 'the bundle ' : ''
    problems.push(
      errnoOf(error) === 'ENOENT'
        ? problem('vanished', inner, `${what}was removed while the bundle was read`)
        : unreadable(inner, error, `${what}cannot be read`),
    )
    return []
  }
}
