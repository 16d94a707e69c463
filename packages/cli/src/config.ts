import { resolve } from 'node:path'
import type { GlobalOptions } from './command.js'
import { type ConfigFile, findConfig } from './config-file.js'
import { CliError } from './errors.js'
import type { Io } from './io.js'
import { loadFeatures, loadRequirement } from './load-requirement.js'
import type { SettingLayer, Settings } from './settings.js'

/** Flags before environment before configuration before defaults. */
export async function loadSettings(flags: GlobalOptions, { env, cwd, user }: Io): Promise<Settings> {
  const file = await findConfig(cwd, flags.config ?? given(env.TASKCLF_CONFIG))
  const layers: SettingLayer[] = [
    {
      source: 'flag',
      modelsDir: path(cwd, flags['models-dir']),
      actor: flags.actor,
      policy: named(flags.policy, cwd),
      schemas: hashes(flags['schema-hash']),
      featureSchema: path(cwd, flags['feature-schema']),
      labelSet: split(flags['label-set'], '--label-set'),
    },
    {
      source: 'environment',
      modelsDir: path(cwd, given(env.TASKCLF_MODELS_DIR)),
      runsDir: path(cwd, given(env.TASKCLF_RUNS_DIR)),
      actor: given(env.TASKCLF_ACTOR),
      policy: named(given(env.TASKCLF_POLICY), cwd),
      schemas: hashes(split(given(env.TASKCLF_SCHEMA_HASH), 'TASKCLF_SCHEMA_HASH')),
      featureSchema: path(cwd, given(env.TASKCLF_FEATURE_SCHEMA)),
      labelSet: split(given(env.TASKCLF_LABEL_SET), 'TASKCLF_LABEL_SET'),
    },
    ...(file === undefined ? [] : [configLayer(file)]),
    {
      source: 'default',
      modelsDir: resolve(cwd, 'models'),
      runsDir: resolve(cwd, 'runs'),
      actor: given(env.USER) ?? given(env.LOGNAME),
    },
  ]
  const models = layers.find((layer) => layer.modelsDir !== undefined)
  const modelsDir = models?.modelsDir ?? resolve(cwd, 'models')
  return {
    modelsDir,
    modelsDirSource: models?.source ?? 'default',
    configFile: file?.path,
    runsDir: layers.find((layer) => layer.runsDir !== undefined)?.runsDir ?? resolve(cwd, 'runs'),
    // Asked of the system at last, and only by a command that writes.
    get actor() {
      return layers.find((layer) => layer.actor)?.actor ?? user?.()
    },
    cadence: file?.config.cadence,
    checks: file?.config.checks ?? 'required',
    pythonInterop: file?.config.python_interop ?? false,
    profiles: file?.config.profiles ?? {},
    policyIsDefault: layers.every((layer) => layer.policy === undefined),
    // Loaded when a command asks: help and completion need none of it.
    policy: once(async () => {
      const { loadPolicy } = await import('./load-policy.js')
      return loadPolicy(layers.find((layer) => layer.policy !== undefined)?.policy, modelsDir)
    }),
    requirement: once(() => loadRequirement(layers)),
    features: once(() => loadFeatures(layers)),
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}

function configLayer({ path: file, dir, config }: ConfigFile): SettingLayer {
  const { policy } = config
  return {
    source: 'config',
    modelsDir: path(dir, config.models_dir),
    runsDir: path(dir, config.runs_dir),
    actor: config.actor,
    policy:
      policy === undefined || typeof policy === 'string' ? named(policy, dir) : { inline: policy, file },
    schemas: config.schemas ?? hashes(config.schema_hash === undefined ? undefined : [config.schema_hash]),
    featureSchema: path(dir, config.feature_schema),
    labelSet: config.label_set,
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
  throw new CliError('usage', `${from} is given, and names nothing`, {
    hint: 'name what to accept, or leave it out',
  })
}

function hashes(list: readonly string[] | undefined): { hash: string }[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list.map((hash) => ({ hash }))
}
