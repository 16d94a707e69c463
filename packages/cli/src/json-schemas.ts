import { DOCUMENT_SCHEMAS } from '@taskclf/documents'
import type { z } from 'zod'
import { configSchema } from './config-schema.js'

/** What is published as JSON Schemas, by the name of the file. */
export const JSON_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'config.v1.json': configSchema,
  ...DOCUMENT_SCHEMAS,
}
