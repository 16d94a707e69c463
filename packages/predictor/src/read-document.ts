import { parseStrictJson, type ValidBundle } from '@taskclf/registry-core'
import type { z } from 'zod'
import type { BundleFiles } from './bundle-files.js'
import { PredictorError, type PredictorErrorCode } from './errors.js'

/** A document of the bundle, checked against its schema; undefined when the bundle has none. */
export async function readDocument<T>(
  { modelId }: ValidBundle,
  files: BundleFiles,
  name: string,
  schema: z.ZodType<T>,
  code: PredictorErrorCode,
): Promise<T | undefined> {
  const bytes = await files.read(name)
  if (bytes === undefined) return undefined
  const refuse = (why: string, cause?: unknown) =>
    new PredictorError(code, `${modelId}: ${name} cannot be used: ${why}; publish the bundle again`, {
      cause,
    })
  const parsed = parseStrictJson(bytes, name)
  if (!parsed.ok) throw refuse(parsed.problem.message)
  const { success, data, error } = schema.safeParse(parsed.value)
  if (success) return data
  const why = error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim()).join('; ')
  throw refuse(why, error)
}
