import type { Policy, Requirement } from '@taskclf/selection-policy'
import type { Loader } from './import-loaders.js'

/** Flags as they were given; those that were not are undefined. */
export interface SettingFlags {
  'models-dir'?: string | undefined
  model?: string | undefined
  config?: string | undefined
  policy?: string | undefined
  'schema-hash'?: readonly string[] | undefined
  'feature-schema'?: string | undefined
  'label-set'?: string | undefined
  actor?: string | undefined
  loader?: readonly string[] | undefined
}

/** What settings are read from besides flags. */
export interface SettingsWorld {
  env: Readonly<Record<string, string | undefined>>
  /** Absolute path that relative ones start from. */
  cwd: string
  /** Who runs this, as far as the system knows. */
  user?(): string | undefined
}

/** Something worth saying of settings that were used. */
export interface SettingNote {
  level: 'note'
  code: string
  message: string
}

/** Where a setting came from; the first that has it wins. */
export type SettingSource = 'flag' | 'environment' | 'config' | 'default'

/**
 * The settings of a run. Policy and requirement are read when a command asks for them; whatever depends on the family is refused then
 * where the configuration has several and none is named.
 */
export interface Settings {
  /** Absolute. */
  readonly modelsDir: string
  readonly modelsDirSource: SettingSource
  /** The family of the configuration whose models these are. */
  readonly family: string | undefined
  /** The families of the configuration. */
  readonly familyNames: readonly string[]
  readonly configFile: string | undefined
  readonly runsDir: string
  /** Where receipts of predictions are kept, where a configuration or a family says it. */
  readonly predictionsDir: string | undefined
  readonly actor: string | undefined
  /** How often to retrain, as written in the configuration. */
  readonly cadence: string | undefined
  /** Whether a model that nothing here can load may serve. */
  readonly checks: 'required' | 'if_possible'
  /** Whether bundles of the Python project are read as that project reads them. */
  readonly pythonInterop: boolean
  /** Taken only from a configuration that nobody else may write, and that is here or was named. */
  readonly profiles: Profiles
  /** Modules that load model files, by a file name or `*.ending`; absolute paths. Taken as profiles are. */
  readonly loaders: Readonly<Record<string, string>>
  /** Nobody names a policy: what decides by the default one alone need not load it. */
  readonly policyIsDefault: boolean
  policy(): Promise<LoadedPolicy>
  requirement(): Promise<Requirement>
  /** The columns of the required schema, where a feature-schema file says them. */
  features(): Promise<{ hash: string; columns: readonly string[] } | undefined>
  /**
   * These settings where a flag or a variable names the models, or the configuration has no families; else the settings of each family.
   */
  families(): readonly Settings[]
  /** What these loaders, and those of the flag, export: code of them is run when this is asked for. */
  importLoaders(): Promise<Readonly<Record<string, Loader>>>
  /** What is to be said of where these settings came from, once a command has used them. */
  notes(): readonly SettingNote[]
}

/** Trainers by name, as written in the configuration. */
export type Profiles = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** What one source says of everything that can be set. Paths are absolute. */
export interface SettingLayer {
  source: SettingSource
  runsDir?: string | undefined
  predictionsDir?: string | undefined
  policy?: { text: string; base: string } | { inline: unknown; from: string } | undefined
  schemas?: readonly { hash: string; version?: string | undefined }[] | undefined
  featureSchema?: string | undefined
  labelSet?: readonly string[] | undefined
  cadence?: string | undefined
  checks?: Settings['checks'] | undefined
  pythonInterop?: boolean | undefined
  profiles?: Profiles | undefined
  loaders?: Readonly<Record<string, string>> | undefined
}

/** A policy, the name or file it came from, and the digest that stands for it in the history. */
export interface LoadedPolicy {
  policy: Policy
  source: string
  digest: string
}
