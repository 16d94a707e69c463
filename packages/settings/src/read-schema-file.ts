import { type FeatureSchema, RegistryError, readFeatureSchema } from '@taskclf/registry-core'
import { SettingsError } from './errors.js'

/** A feature-schema file. */
export async function readSchemaFile(path: string): Promise<FeatureSchema> {
  try {
    return await readFeatureSchema(path)
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const code = error.code === 'feature_schema_invalid' ? 'feature_schema_invalid' : 'feature_schema_missing'
    throw new SettingsError(code, error.message, {
      hint: 'give the path of a feature-schema file',
      cause: error,
    })
  }
}
