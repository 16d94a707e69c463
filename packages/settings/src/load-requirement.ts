import type { Requirement } from '@taskclf/selection-policy'
import { SettingsError } from './errors.js'
import type { SettingLayer } from './settings.js'

/** What a model must fit: the first source that names a schema, and the first that names the labels. */
export async function loadRequirement(layers: readonly SettingLayer[]): Promise<Requirement> {
  const schemaLayer = schemaLayerOf(layers)
  if (schemaLayer?.schemas !== undefined && schemaLayer.featureSchema !== undefined) throw named(schemaLayer)
  const labelSet = layers.find((layer) => layer.labelSet !== undefined)?.labelSet
  const schemas = schemaLayer === undefined ? undefined : await schemasOf(schemaLayer)
  return {
    ...(schemas !== undefined && { schemas }),
    ...(labelSet !== undefined && { labelSet: [...labelSet] }),
  }
}

/** The columns of the required schema; undefined where only its hash is known. */
export async function loadFeatures(
  layers: readonly SettingLayer[],
): Promise<{ hash: string; columns: readonly string[] } | undefined> {
  const path = schemaLayerOf(layers)?.featureSchema
  if (path === undefined) return undefined
  const { readSchemaFile } = await import('./read-schema-file.js')
  const { hash, columns } = await readSchemaFile(path)
  return { hash, columns: columns.map(([name]) => name) }
}

function schemaLayerOf(layers: readonly SettingLayer[]): SettingLayer | undefined {
  return layers.find((layer) => layer.schemas !== undefined || layer.featureSchema !== undefined)
}

/** One of the two would be passed over. */
function named({ source }: SettingLayer): SettingsError {
  const keys = {
    flag: '--schema-hash and --feature-schema',
    environment: 'TASKCLF_SCHEMA_HASH and TASKCLF_FEATURE_SCHEMA',
    config: 'schema_hash (or schemas) and feature_schema',
    default: 'two defaults',
  }
  return new SettingsError('usage', `${keys[source]} both name the feature schema`, {
    hint: 'leave one of them out',
  })
}

async function schemasOf({
  schemas,
  featureSchema = '',
}: SettingLayer): Promise<Requirement['schemas'] & {}> {
  if (schemas !== undefined) {
    return schemas.map(({ hash, version }) => ({ hash, ...(version !== undefined && { version }) }))
  }
  const { readSchemaFile } = await import('./read-schema-file.js')
  const { hash, version } = await readSchemaFile(featureSchema)
  return [{ hash, ...(version !== undefined && { version }) }]
}
