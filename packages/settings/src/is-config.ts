import { isId } from '@taskclf/registry-core'
import type { Config, FamilyConfig } from './config-schema.js'

// What the zod schema accepts, without zod, which a command need not load because it finds a configuration. Why something is not
// accepted the schema says; a property test holds the two together.

type Fits = (value: unknown) => boolean

const isText: Fits = (value) => typeof value === 'string' && value !== ''
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const someOf =
  (fits: Fits): Fits =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every(fits)

/** An object with no other keys than these, all of them optional. */
const only =
  (members: Readonly<Record<string, Fits>>): Fits =>
  (value) =>
    isObject(value) &&
    Object.entries(value).every(([key, part]) => Object.hasOwn(members, key) && members[key]?.(part))

const isSchema: Fits = (value) =>
  only({ hash: isText, version: isText })(value) && Object.hasOwn(value as object, 'hash')

const CADENCE = /^(daily|weekly|monthly|\d+[mhdw])$/

const FAMILY: Readonly<Record<keyof FamilyConfig, Fits>> = {
  models_dir: isText,
  runs_dir: isText,
  predictions: isText,
  schema_hash: isText,
  schemas: someOf(isSchema),
  feature_schema: isText,
  label_set: someOf(isText),
  policy: (value) => isText(value) || isObject(value),
  profiles: (value) => isObject(value) && Object.values(value).every(isObject),
  loaders: (value) => isObject(value) && Object.entries(value).flat().every(isText),
  cadence: (value) => typeof value === 'string' && CADENCE.test(value),
  python_interop: (value) => typeof value === 'boolean',
  checks: (value) => value === 'required' || value === 'if_possible',
}

const MEMBERS: Readonly<Record<keyof Config, Fits>> = {
  ...FAMILY,
  $schema: (value) => typeof value === 'string',
  version: (value) => value === 1,
  actor: isText,
  models: (value) =>
    isObject(value) &&
    Object.keys(value).length > 0 &&
    Object.entries(value).every(([name, family]) => isId(name) && isFamily(family)),
}

const isFamily: Fits = (value) =>
  only(FAMILY)(value) && Object.hasOwn(value as object, 'models_dir') && namesOneSchema(value as Config)

const namesOneSchema = ({ schema_hash, schemas }: Config) =>
  schema_hash === undefined || schemas === undefined

/** Whether `configSchema` accepts what was read. */
export function isConfig(value: unknown): value is Config {
  return only(MEMBERS)(value) && namesOneSchema(value as Config)
}
