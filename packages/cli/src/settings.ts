import type { Policy, Requirement } from '@taskclf/selection-policy'

/** Where a setting came from; the first that has it wins. */
export type SettingSource = 'flag' | 'environment' | 'config' | 'default'

/** The settings of a run. Policy and requirement are read when a command asks for them. */
export interface Settings {
  /** Absolute. */
  modelsDir: string
  modelsDirSource: SettingSource
  configFile: string | undefined
  runsDir: string
  actor: string | undefined
  /** How often to retrain, as written in the configuration. */
  cadence: string | undefined
  /** Whether a model that nothing here can load may serve. */
  checks: 'required' | 'if_possible'
  /** Whether bundles of the Python project are read as that project reads them. */
  pythonInterop: boolean
  profiles: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Nobody names a policy: what decides by the default one alone need not load it. */
  policyIsDefault: boolean
  policy(): Promise<LoadedPolicy>
  requirement(): Promise<Requirement>
  /** The columns of the required schema, where a feature-schema file says them. */
  features(): Promise<{ hash: string; columns: readonly string[] } | undefined>
}

/** What one source says of everything that can be set. Paths are absolute. */
export interface SettingLayer {
  source: SettingSource
  modelsDir?: string | undefined
  runsDir?: string | undefined
  actor?: string | undefined
  policy?: { text: string; base: string } | { inline: unknown; file: string } | undefined
  schemas?: readonly { hash: string; version?: string | undefined }[] | undefined
  featureSchema?: string | undefined
  labelSet?: readonly string[] | undefined
}

/** A policy, the name or file it came from, and the digest that stands for it in the history. */
export interface LoadedPolicy {
  policy: Policy
  source: string
  digest: string
}
