import type { StoreLike } from '@taskclf/active-pointer'
import { didYouMean } from '@taskclf/errors'
import { RegistryUseError } from '../errors.js'
import { openRegistry } from '../open-registry.js'
import type { Registry, RegistryOptions } from '../registry.js'
import type { RegistryStatus } from './registry-status.js'

/** A family of models: where its registry is, and what holds for it. */
export interface FamilyOptions extends RegistryOptions {
  /** Its models dir, or another store. */
  modelsDir: StoreLike
}

/** Families by name, and what holds for each that does not say it itself. */
export interface RegistriesOptions extends RegistryOptions {
  /** What a family is, or what finds that out when the family is used. */
  families: Readonly<Record<string, FamilyOptions | (() => FamilyOptions | Promise<FamilyOptions>)>>
}

/** The state of a family, or why that cannot be said. */
export type FamilyStatus = { family: string } & (
  | { status: RegistryStatus; error?: undefined }
  | { status?: undefined; error: unknown }
)

/** The registries of several families of models. */
export interface Registries {
  /** The families, in the order in which they were given. */
  readonly names: readonly string[]
  /**
   * The registry of a family.
   *
   * @throws RegistryUseError `unknown_family`. RegistryError when its models dir cannot be opened.
   */
  get(name: string): Promise<Registry>
  /** The state of each family. One that fails is reported beside the others. */
  status(): Promise<FamilyStatus[]>
}

/**
 * Several registries by the names of their families. None is opened before it is used, so one that is missing keeps no other from being used.
 *
 * @example
 * ```ts
 * const registries = openRegistries({
 *   families: { churn: { modelsDir: 'models/churn', policy: churnPolicy }, upsell: { modelsDir: 'models/upsell' } },
 *   actor: 'ci',
 * })
 * await (await registries.get('churn')).activateBest()
 * for (const { family, status, error } of await registries.status())
 *   console.log(family, status?.active?.modelId ?? error)
 * ```
 */
export function openRegistries({ families, ...forAll }: RegistriesOptions): Registries {
  const names = Object.keys(families)
  const get = async (name: string): Promise<Registry> => {
    const family = Object.hasOwn(families, name) ? families[name] : undefined
    if (family === undefined) throw unknownFamily(name, names)
    const { modelsDir, ...own } = typeof family === 'function' ? await family() : family
    return openRegistry(modelsDir, { ...forAll, ...own })
  }
  const statusOf = async (family: string): Promise<FamilyStatus> => {
    try {
      return { family, status: await (await get(family)).status() }
    } catch (error) {
      return { family, error }
    }
  }
  return { names, get, status: () => Promise.all(names.map(statusOf)) }
}

function unknownFamily(name: string, names: readonly string[]): RegistryUseError {
  const message = `there is no family ${JSON.stringify(name)}${didYouMean(name, names)}`
  return new RegistryUseError('unknown_family', message, { family: name, families: names })
}
