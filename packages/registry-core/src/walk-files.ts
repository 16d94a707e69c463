import { type Dirent, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { locateFile, problem } from './bundle-entries.js'
import { BUNDLE_FILES } from './layout.js'
import type { Problem } from './problems.js'

/** A file that belongs to a bundle. */
export interface BundleFile {
  /** Path inside the bundle, with `/` between parts. */
  name: string
  /** Real path. */
  path: string
}

/** The files of a bundle in code-unit order, and what lies there that is no file. */
export interface BundleFiles {
  files: BundleFile[]
  problems: Problem[]
}

/**
 * Every file below a bundle's real directory, except hidden ones and `manifest.json`. Links to directories are not entered;
 * links to files must end inside `root`.
 */
export function walkFiles(root: string, dir: string): BundleFiles {
  const files: BundleFile[] = []
  const problems: Problem[] = []
  const pending = ['']
  for (let inner = pending.pop(); inner !== undefined; inner = pending.pop()) {
    for (const entry of entriesOf(join(dir, inner), inner, problems)) {
      const name = inner === '' ? entry.name : `${inner}/${entry.name}`
      if (entry.name.startsWith('.') || name === BUNDLE_FILES.manifest) continue
      if (entry.isDirectory()) {
        pending.push(name)
        continue
      }
      const located = locateFile(root, join(dir, inner), entry)
      if (located.ok) files.push({ name, path: located.path })
      else problems.push({ ...located.problem, file: name })
    }
  }
  return { files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), problems }
}

function entriesOf(dir: string, inner: string, problems: Problem[]): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
  } catch (error) {
    const errno = errnoOf(error) ?? String(error)
    const gone = errno === 'ENOENT'
    const message = gone
      ? 'was removed while the bundle was read'
      : `cannot be read (${errno}); check its permissions`
    problems.push(
      problem(gone ? 'vanished' : 'unreadable', inner, inner === '' ? `the bundle ${message}` : message),
    )
    return []
  }
}
