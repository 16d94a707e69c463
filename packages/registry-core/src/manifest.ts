import { z } from 'zod'
import { entries, isCount, isObject, member } from './schema-parts.js'

/** What a file was when its bundle was published. */
export interface ManifestEntry {
  /** 64 hex digits, lower case. */
  sha256: string
  /** In bytes. */
  size: number
}

const isDigest = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)

const isInnerPath = (name: string): boolean =>
  !/[\\\0]/.test(name) && name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

const ENTRY = {
  type: 'object',
  properties: {
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    size: { type: 'integer', minimum: 0 },
  },
  required: ['sha256', 'size'],
}

const object = { error: 'must be an object' }

/**
 * `manifest.json`, version 1: digest and size of every other file of a bundle, written last at publishing.
 *
 * @example
 * ```ts
 * bundleManifestSchema.safeParse({ version: 1, files: {} }).success // true
 * ```
 */
export const bundleManifestSchema = z
  .looseObject(
    {
      version: z.literal(1, { error: 'must be 1; a newer version needs a newer taskclf' }),
      files: entries<ManifestEntry>(ENTRY, (value, name) => {
        if (!isInnerPath(name)) return [{ path: [], message: 'is not a path inside the bundle' }]
        if (!isObject(value)) return [{ path: [], message: 'must be an object of sha256 and size' }]
        return [
          ...member(value, 'sha256', isDigest, 'must be 64 hex digits, lower case'),
          ...member(value, 'size', isCount, 'must be a size in bytes'),
        ]
      }).meta({ description: 'Path inside the bundle, with "/" between parts → digest and size.' }),
    },
    object,
  )
  .meta({ title: 'Bundle manifest, version 1' })

/** `manifest.json` as on disk. */
export type BundleManifest = z.infer<typeof bundleManifestSchema>
