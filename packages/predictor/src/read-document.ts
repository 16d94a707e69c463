import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseStrictJson, type ValidBundle } from '@taskclf/registry-core'
import type { z } from 'zod'
import { messageOf, PredictorError, type PredictorErrorCode } from './errors.js'

/** A document of the bundle, checked against its schema and the manifest; undefined when the bundle has none. */
export async function readDocument<T>(
  { path, modelId, manifest }: ValidBundle,
  name: string,
  schema: z.ZodType<T>,
  code: PredictorErrorCode,
): Promise<T | undefined> {
  const refuse = (why: string, cause?: unknown) =>
    new PredictorError(code, `${modelId}: ${name} ${why}; publish the bundle again`, { cause })
  let bytes: Buffer
  try {
    bytes = await readFile(join(path, name))
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT'
    if (isAbsent && manifest?.files[name] === undefined) return undefined
    throw refuse(`cannot be read: ${messageOf(error)}`, error)
  }
  if (
    manifest !== undefined &&
    createHash('sha256').update(bytes).digest('hex') !== manifest.files[name]?.sha256
  ) {
    const message = `${modelId}: ${name} is not the file that was published; publish the bundle again`
    throw new PredictorError('integrity_mismatch', message)
  }
  const parsed = parseStrictJson(bytes, name)
  if (!parsed.ok) throw refuse(`cannot be used: ${parsed.problem.message}`)
  const { success, data, error } = schema.safeParse(parsed.value)
  if (success) return data
  const why = error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim()).join('; ')
  throw refuse(`cannot be used: ${why}`, error)
}
