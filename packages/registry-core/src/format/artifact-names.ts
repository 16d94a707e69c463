import { BUNDLE_FILES } from './bundle-files.js'
import { isBesideTheModel } from './signatures.js'

/** The names of a bundle's model files, in the order in which a loader is looked for, given what metadata name and what is there. */
export function artifactNames(files: readonly string[], named: readonly string[] | undefined): string[] {
  return [...(named ?? defaultNames(files))].filter((name) => !isBesideTheModel(name))
}

function defaultNames(files: readonly string[]): string[] {
  const { model } = BUNDLE_FILES
  const isOther = (name: string) => name.startsWith('model.') && name !== model && !name.includes('/')
  return [...(files.includes(model) ? [model] : []), ...files.filter(isOther).sort()]
}
