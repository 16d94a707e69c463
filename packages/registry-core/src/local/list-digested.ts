import { isDigested } from '../format/bundle-digest.js'
import { missingFile } from '../format/integrity.js'
import type { BundleManifest } from '../format/manifest.js'
import type { Problem } from '../format/problems.js'
import { type BundleFile, walkFiles } from './walk-files.js'

/** The files that a bundle's digest is taken over, and what keeps it from being taken. */
export interface DigestedFiles {
  files: BundleFile[]
  problems: Problem[]
}

/**
 * The files that a bundle's digest is taken over: those that its manifest lists, else all. What is there unlisted is none
 * of its business.
 */
export function listDigested(root: string, dir: string, manifest: BundleManifest | undefined): DigestedFiles {
  const walked = walkFiles(root, dir)
  if (manifest === undefined) return walked
  const listed = Object.keys(manifest.files).filter(isDigested)
  const byName = new Map(walked.files.map((file) => [file.name, file]))
  const found: DigestedFiles = { files: [], problems: [] }
  for (const name of listed.sort()) {
    const file = byName.get(name)
    if (file) found.files.push(file)
    else found.problems.push(walked.problems.find(({ file }) => concerns(file, name)) ?? missingFile(name))
  }
  return found
}

/** Whether a problem of a file or directory is the reason why a file was not found. */
export const concerns = (place: string, name: string): boolean =>
  place === '' || place === name || name.startsWith(`${place}/`)
