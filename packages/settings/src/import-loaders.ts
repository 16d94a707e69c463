import { pathToFileURL } from 'node:url'
import { messageOf } from '@taskclf/errors'
import { SettingsError } from './errors.js'

/** What loads a model file; the predictor that is given it says of what. */
export type Loader = (...args: never[]) => unknown

type Loaders = Readonly<Record<string, Loader>>

/**
 * The loaders of modules: of the configuration, each under the name it has there, then those that flags name, under their own names.
 *
 * @throws SettingsError `loader_unusable`.
 */
export async function importLoaders(
  configured: Readonly<Record<string, string>>,
  named: readonly string[],
): Promise<Loaders> {
  const found: Record<string, Loader> = {}
  for (const [artifact, file] of Object.entries(configured)) {
    const exported = await exportOf(file)
    const loader = isObject(exported) && Object.hasOwn(exported, artifact) ? exported[artifact] : exported
    if (!isLoader(loader)) throw unusable(file, `its default export has no loader of ${artifact}`)
    found[artifact] = loader
  }
  for (const file of named) {
    const exported = await exportOf(file)
    if (!isObject(exported) || !Object.values(exported).every(isLoader))
      throw unusable(file, "its default export is not { 'ending or name': load }")
    Object.assign(found, exported)
  }
  return found
}

async function exportOf(file: string): Promise<unknown> {
  try {
    return (await import(pathToFileURL(file).href)).default
  } catch (cause) {
    throw unusable(file, messageOf(cause), cause)
  }
}

const isLoader = (value: unknown): value is Loader => typeof value === 'function'
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function unusable(file: string, why: string, cause?: unknown): SettingsError {
  return new SettingsError('loader_unusable', `the loader ${file} cannot be used: ${why}`, {
    details: { file },
    cause,
  })
}
