import { DOCUMENT_SCHEMAS } from '@taskclf/documents'
import { configSchema } from '@taskclf/settings'
import type { z } from 'zod'

/** What is published as JSON Schemas, by the name of the file. */
export const JSON_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'config.v1.json': configSchema,
  ...DOCUMENT_SCHEMAS,
}
