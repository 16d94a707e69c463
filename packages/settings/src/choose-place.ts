import { resolve } from 'node:path'
import { didYouMean } from '@taskclf/errors'
import type { ConfigFile } from './config-file.js'
import type { FamilyConfig } from './config-schema.js'
import { SettingsError } from './errors.js'
import type { SettingFlags, SettingSource } from './settings.js'

/** A family of the configuration. */
export interface Family {
  name: string
  config: FamilyConfig
}

/** Which models dir, and as which family. */
export interface Place {
  modelsDir: string
  source: SettingSource
  family?: Family | undefined
}

/** What names a place: flags before environment. Empty variables are absent. */
export interface PlaceNames {
  flags: Pick<SettingFlags, 'models-dir' | 'model'>
  env: { modelsDir: string | undefined; model: string | undefined }
}

/**
 * The models dir: of the flag, of the family that the flag names, of the variable, of the family that the variable names, of the
 * configuration. A directory that is a family's is taken for that family.
 *
 * @throws SettingsError `usage` where two are named, or none of several families; `unknown_family`.
 */
export function choosePlace({ flags, env }: PlaceNames, cwd: string, file: ConfigFile | undefined): Place {
  const { 'models-dir': dir, model } = flags
  if (dir !== undefined && model !== undefined) {
    const hint = 'give the directory, or the family that has it'
    throw new SettingsError('usage', '--models-dir and --model both name the models', { hint })
  }
  const families = familiesOf(file)
  const ofDir = (text: string, source: SettingSource): Place => {
    const modelsDir = resolve(cwd, text)
    return { modelsDir, source, family: families.find((each) => dirOf(each, file) === modelsDir) }
  }
  const ofFamily = (family: Family) => placeOfFamily(family, file)
  if (dir !== undefined) return ofDir(dir, 'flag')
  if (model !== undefined) return ofFamily(familyNamed(model, '--model', families, file))
  if (env.modelsDir !== undefined) return ofDir(env.modelsDir, 'environment')
  if (env.model !== undefined) return ofFamily(familyNamed(env.model, 'TASKCLF_MODEL', families, file))
  const [family, ...more] = families
  if (family !== undefined && more.length === 0) return ofFamily(family)
  if (family !== undefined) throw severalFamilies(families)
  const plain = file?.config.models_dir
  return plain === undefined
    ? { modelsDir: resolve(cwd, 'models'), source: 'default' }
    : { modelsDir: resolve(file?.dir ?? cwd, plain), source: 'config' }
}

/** The families of a configuration, in its order. */
export function familiesOf(file: ConfigFile | undefined): Family[] {
  return Object.entries(file?.config.models ?? {}).map(([name, config]) => ({ name, config }))
}

/** The place of a family, by the configuration. */
export function placeOfFamily(family: Family, file: ConfigFile | undefined): Place {
  return { modelsDir: dirOf(family, file), source: 'config', family }
}

const dirOf = ({ config }: Family, file: ConfigFile | undefined) =>
  resolve(file?.dir ?? '', config.models_dir)

function familyNamed(
  name: string,
  from: string,
  families: readonly Family[],
  file: ConfigFile | undefined,
): Family {
  const found = families.find((each) => each.name === name)
  if (found !== undefined) return found
  const known = families.map((each) => each.name)
  const where = file === undefined ? 'no taskclf.config.json was found' : `${file.path} has no models`
  const why = known.length === 0 ? `; ${where}` : didYouMean(name, known)
  const hint = known.length === 0 ? undefined : `it takes ${known.join(', ')}`
  throw new SettingsError('unknown_family', `${from} does not know ${JSON.stringify(name)}${why}`, {
    hint,
    details: { family: name, families: known },
  })
}

function severalFamilies(families: readonly Family[]): SettingsError {
  const names = families.map(({ name }) => name)
  const hint = 'name one with --model NAME or TASKCLF_MODEL; taskclf status shows them all'
  const message = `the configuration has several families of models: ${names.join(', ')}`
  return new SettingsError('usage', message, { hint, details: { families: names } })
}
