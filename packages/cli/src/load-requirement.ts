import type { Requirement } from '@taskclf/selection-policy'
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

async function schemasOf({
  schemas,
  featureSchema = '',
}: SettingLayer): Promise<Requirement['schemas'] & {}> {
  if (schemas !== undefined) {
    return schemas.map(({ hash, version }) => ({ hash, ...(version !== undefined && { version }) }))
  }
  const { readRequiredSchema } = await import('./read-required-schema.js')
  return [await readRequiredSchema(featureSchema)]
}
