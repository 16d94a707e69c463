import { type FeatureSchema, RegistryError, readFeatureSchema } from '@taskclf/registry-core'
import type { RequiredSchema } from '@taskclf/selection-policy'
import { CliError } from './errors.js'

/** The schema of a feature-schema file, as a requirement. */
export async function readRequiredSchema(path: string): Promise<RequiredSchema> {
  const { hash, version } = await readSchemaFile(path)
  return { hash, ...(version !== undefined && { version }) }
}

/** A feature-schema file. */
export async function readSchemaFile(path: string): Promise<FeatureSchema> {
  try {
    return await readFeatureSchema(path)
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const code = error.code === 'feature_schema_invalid' ? 'feature_schema_invalid' : 'feature_schema_missing'
    throw new CliError(code, error.message, { hint: 'give the path of a feature-schema file', cause: error })
  }
}
