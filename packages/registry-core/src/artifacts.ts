import { closeSync, constants, type Dirent, fstatSync, openSync } from 'node:fs'
import { errnoOf } from '@taskclf/durable-fs'
import { type Entries, locateFile, problem, unreadable } from './bundle-entries.js'
import { BUNDLE_FILES } from './layout.js'
import type { Problem } from './problems.js'
import { isBesideTheModel } from './signatures.js'

/** A bundle's artifacts by name, and what is wrong with them. */
export interface Artifacts {
  names: string[]
  problems: Problem[]
}

/** Finds the model files: those that `metadata.artifacts` names, else `model.txt` and every other `model.*`. Signatures are none. */
export function findArtifacts(
  bundle: { root: string; dir: string; entries: Entries },
  named: readonly string[] | undefined,
): Artifacts {
  const files = [...bundle.entries.values()].filter(
    (entry) => !entry.isDirectory() || entry.name === BUNDLE_FILES.model,
  )
  const names = nameArtifacts(
    files.map(({ name }) => name),
    named,
  )
  if (names.length === 0) {
    const message = `there is no model in it: put ${BUNDLE_FILES.model} there, or name the files in metadata.artifacts`
    return { names, problems: [problem('missing_artifact', '', message)] }
  }
  const problems = names.flatMap((name) => {
    const entry = bundle.entries.get(name)
    if (entry === undefined)
      return [problem('missing_artifact', name, 'is named in metadata.artifacts but is not there')]
    return check(bundle, entry)
  })
  return { names, problems }
}

/** The names of a bundle's model files, in the order in which a loader is looked for, given what metadata name and what lies there. */
export function nameArtifacts(files: readonly string[], named: readonly string[] | undefined): string[] {
  return [...(named ?? defaultNames(files))].filter((name) => !isBesideTheModel(name))
}

function defaultNames(files: readonly string[]): string[] {
  const { model } = BUNDLE_FILES
  const isOther = (name: string) => name.startsWith('model.') && name !== model && !name.includes('/')
  return [...(files.includes(model) ? [model] : []), ...files.filter(isOther).sort()]
}

const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

function check(bundle: { root: string; dir: string }, entry: Dirent): Problem[] {
  const located = locateFile(bundle.root, bundle.dir, entry)
  if (!located.ok) return [located.problem]
  try {
    const fd = openSync(located.path, READ)
    try {
      if (fstatSync(fd).size > 0) return []
      return [problem('missing_artifact', entry.name, 'is empty; publish the model again')]
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    if (errnoOf(error) === 'ENOENT')
      return [problem('vanished', entry.name, 'was removed while the bundle was read')]
    return [unreadable(entry.name, error)]
  }
}
