import { artifactNames } from './artifact-names.js'
import { BUNDLE_FILES } from './bundle-files.js'
import type { BundleSource, EntryKind } from './bundle-source.js'
import { problem } from './problem.js'
import type { Problem } from './problems.js'

/** A bundle's artifacts by name, the sizes of those that could be opened, and what is wrong with the others. */
export interface Artifacts {
  names: string[]
  sizes: ReadonlyMap<string, number>
  problems: Problem[]
}

/** Finds the model files: those that `metadata.artifacts` names, else `model.txt` and every other `model.*`. Signatures are none. */
export function findArtifacts(
  source: BundleSource,
  entries: ReadonlyMap<string, EntryKind>,
  named: readonly string[] | undefined,
): Artifacts {
  const isCandidate = (name: string) => entries.get(name) !== 'directory' || name === BUNDLE_FILES.model
  const names = artifactNames([...entries.keys()].filter(isCandidate), named)
  const sizes = new Map<string, number>()
  const problems: Problem[] = []
  if (names.length === 0) {
    const message = `there is no model in it: put ${BUNDLE_FILES.model} there, or name the files in metadata.artifacts`
    problems.push(problem('missing_artifact', '', message))
  }
  for (const name of names) {
    if (!entries.has(name)) {
      problems.push(problem('missing_artifact', name, 'is named in metadata.artifacts but is not there'))
      continue
    }
    const size = source.open(name)
    if (!size.ok) problems.push(size.problem)
    else if (size.value > 0) sizes.set(name, size.value)
    else problems.push(problem('missing_artifact', name, 'is empty; publish the model again'))
  }
  return { names, sizes, problems }
}
