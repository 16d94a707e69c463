import { join, resolve } from 'node:path'
import { choosePlace, type Family, familiesOf, type Place, placeOfFamily } from './choose-place.js'
import { type ConfigFile, findConfig } from './config-file.js'
import type { Config, FamilyConfig } from './config-schema.js'
import { SettingsError } from './errors.js'
import { loadFeatures, loadRequirement } from './load-requirement.js'
import { requireTrusted } from './require-trusted.js'
import { resolveLoaders } from './resolve-loaders.js'
import type { SettingFlags, SettingLayer, SettingNote, Settings, SettingsWorld } from './settings.js'

/**
 * Flags before environment before the family before the rest of the configuration before defaults.
 *
 * @throws SettingsError where flags or configuration cannot be taken; what only the environment leaves open is refused when it is used.
 */
export async function loadSettings(
  flags: SettingFlags,
  { env, cwd, user }: SettingsWorld,
): Promise<Settings> {
  const file = await findConfig(cwd, flags.config ?? given(env.TASKCLF_CONFIG))
  const names = { modelsDir: given(env.TASKCLF_MODELS_DIR), model: given(env.TASKCLF_MODEL) }
  const place = once(() => choosePlace({ flags, env: names }, cwd, file))
  if (flags.model !== undefined) place()
  const stated = [flagLayer(flags, cwd), environmentLayer(env, cwd)]
  const isNamed = [flags['models-dir'], flags.model, names.modelsDir, names.model].some(Boolean)
  const all = isNamed ? [] : familiesOf(file)
  const decided = new Map<string, Place>()
  const settingsOf = (place: () => Place): Settings => {
    const layers = once((): SettingLayer[] => {
      const { family } = place()
      return [
        ...stated,
        ...(family === undefined || file === undefined ? [] : [familyLayer(family, file)]),
        ...(file === undefined ? [] : [configLayer(file, file.config)]),
      ]
    })
    const first = <K extends keyof SettingLayer>(key: K): SettingLayer[K] | undefined =>
      layers().find((layer) => layer[key] !== undefined)?.[key]
    const loadersOf = () => {
      const loaders = first('loaders')
      if (loaders === undefined || file === undefined) return {}
      requireTrusted(file, cwd, 'the loaders')
      return resolveLoaders(loaders, file)
    }
    return {
      get modelsDir() {
        const { modelsDir } = place()
        decided.set(modelsDir, place())
        return modelsDir
      },
      get modelsDirSource() {
        return place().source
      },
      get family() {
        return place().family?.name
      },
      familyNames: familiesOf(file).map(({ name }) => name),
      configFile: file?.path,
      get runsDir() {
        return first('runsDir') ?? resolve(cwd, 'runs')
      },
      get predictionsDir() {
        return first('predictionsDir')
      },
      // Asked of the system at last, and only by a command that writes.
      get actor() {
        const named = flags.actor ?? given(env.TASKCLF_ACTOR) ?? file?.config.actor
        return named ?? given(env.USER) ?? given(env.LOGNAME) ?? user?.()
      },
      get cadence() {
        return first('cadence')
      },
      get checks() {
        return first('checks') ?? 'required'
      },
      get pythonInterop() {
        return first('pythonInterop') ?? false
      },
      get profiles() {
        const profiles = first('profiles')
        if (profiles === undefined || file === undefined) return {}
        requireTrusted(file, cwd, 'the profiles')
        return profiles
      },
      get loaders() {
        return loadersOf()
      },
      get policyIsDefault() {
        return first('policy') === undefined
      },
      // Loaded when a command asks: help and completion need none of it.
      policy: once(async () => {
        const { loadPolicy } = await import('./load-policy.js')
        return loadPolicy(first('policy'), () => place().modelsDir)
      }),
      requirement: once(async () => loadRequirement(layers())),
      features: once(async () => loadFeatures(layers())),
      importLoaders: once(async () => {
        const named = (flags.loader ?? []).map((file) => resolve(cwd, file))
        const configured = loadersOf()
        const { importLoaders } = await import('./import-loaders.js')
        const { installedLoaders } = await import('./installed-loaders.js')
        const given = await importLoaders(configured, named)
        const dirs = file === undefined ? [cwd] : [file.dir, cwd]
        return { ...installedLoaders(dirs, given), ...given }
      }),
      families() {
        return all.length === 0 ? [this] : all.map((family) => settingsOf(() => placeOfFamily(family, file)))
      },
      notes: () => placeNotes([...decided.values()], cwd, file),
    }
  }
  return settingsOf(place)
}

function flagLayer(flags: SettingFlags, cwd: string): SettingLayer {
  return {
    source: 'flag',
    policy: named(flags.policy, cwd),
    schemas: hashes(flags['schema-hash']),
    featureSchema: path(cwd, flags['feature-schema']),
    labelSet: split(flags['label-set'], '--label-set'),
  }
}

function environmentLayer(env: SettingsWorld['env'], cwd: string): SettingLayer {
  return {
    source: 'environment',
    runsDir: path(cwd, given(env.TASKCLF_RUNS_DIR)),
    policy: named(given(env.TASKCLF_POLICY), cwd),
    schemas: hashes(split(given(env.TASKCLF_SCHEMA_HASH), 'TASKCLF_SCHEMA_HASH')),
    featureSchema: path(cwd, given(env.TASKCLF_FEATURE_SCHEMA)),
    labelSet: split(given(env.TASKCLF_LABEL_SET), 'TASKCLF_LABEL_SET'),
  }
}

function familyLayer({ name, config }: Family, file: ConfigFile): SettingLayer {
  const layer = configLayer(file, config, `models.${name}.policy`)
  return {
    ...layer,
    runsDir: layer.runsDir ?? join(file.dir, 'runs', name),
    predictionsDir: layer.predictionsDir ?? join(file.dir, 'predictions', name),
  }
}

/** Somebody in another directory may not have meant this one. */
function placeNotes(places: readonly Place[], cwd: string, file: ConfigFile | undefined): SettingNote[] {
  const dirs = places.filter(({ source }) => source === 'config').map(({ modelsDir }) => modelsDir)
  if (dirs.length === 0 || file === undefined || file.isNamed || file.dir === resolve(cwd)) return []
  const message = `the models dir is ${dirs.join(', ')}, as ${file.path} says`
  return [{ level: 'note', code: 'config_above', message }]
}

/** Made once, when it is first asked for. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}

/** What the configuration says, or a family in it. */
function configLayer(
  { path: file, dir }: ConfigFile,
  config: Config | FamilyConfig,
  policyAt = 'policy',
): SettingLayer {
  const { policy } = config
  return {
    source: 'config',
    runsDir: path(dir, config.runs_dir),
    predictionsDir: path(dir, config.predictions),
    policy:
      policy === undefined || typeof policy === 'string'
        ? named(policy, dir)
        : { inline: policy, from: `${file}: ${policyAt}` },
    schemas: config.schemas ?? hashes(config.schema_hash === undefined ? undefined : [config.schema_hash]),
    featureSchema: path(dir, config.feature_schema),
    labelSet: config.label_set,
    cadence: config.cadence,
    checks: config.checks,
    pythonInterop: config.python_interop,
    profiles: config.profiles,
    loaders: config.loaders,
  }
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text
}

function path(base: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : resolve(base, text)
}

function named(text: string | undefined, base: string): SettingLayer['policy'] {
  return text === undefined ? undefined : { text, base }
}

/** What is given and names nothing would restrict nothing: that is refused. */
function split(text: string | undefined, from: string): string[] | undefined {
  if (text === undefined) return undefined
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts.length > 0) return parts
  throw new SettingsError('usage', `${from} is given, and names nothing`, {
    hint: 'name what to accept, or leave it out',
  })
}

function hashes(list: readonly string[] | undefined): { hash: string }[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list.map((hash) => ({ hash }))
}
