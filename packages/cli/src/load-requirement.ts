import { RegistryError, readFeatureSchema } from '@taskclf/registry-core'
import type { Requirement } from '@taskclf/selection-policy'
import { CliError } from './errors.js'
import type { SettingLayer } from './settings.js'

/** What a model must fit: the first source that names a schema, and the first that names the labels. */
export async function loadRequirement(layers: readonly SettingLayer[]): Promise<Requirement> {
  const schemaLayer = layers.find((layer) => layer.schemas !== undefined || layer.featureSchema !== undefined)
  const labelSet = layers.find((layer) => layer.labelSet !== undefined)?.labelSet
  const schemas = schemaLayer === undefined ? undefined : await schemasOf(schemaLayer)
  return {
    ...(schemas !== undefined && { schemas }),
    ...(labelSet !== undefined && { labelSet: [...labelSet] }),
  }
}

async function schemasOf(layer: SettingLayer): Promise<NonNullable<Requirement['schemas']>> {
  if (layer.schemas !== undefined) {
    return layer.schemas.map(({ hash, version }) => ({ hash, ...(version !== undefined && { version }) }))
  }
  const path = layer.featureSchema ?? ''
  try {
    const { hash, version } = await readFeatureSchema(path)
    return [{ hash, ...(version !== undefined && { version }) }]
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    const code = error.code === 'feature_schema_invalid' ? 'feature_schema_invalid' : 'feature_schema_missing'
    throw new CliError(code, error.message, { hint: 'give the path of a feature-schema file', cause: error })
  }
}
