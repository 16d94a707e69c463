import { z } from 'zod'
import { findManifestFiles } from './document-parts.js'
import { entries } from './schema-parts.js'

/** What a file was when its bundle was published. */
export interface ManifestEntry {
  /** 64 hex digits, lower case. */
  sha256: string
  /** In bytes. */
  size: number
}

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
export const bundleManifestSchema = /* @__PURE__ */ (() =>
  z
    .looseObject(
      {
        version: z.literal(1, { error: 'must be 1; a newer version needs a newer taskclf' }),
        files: entries<ManifestEntry>(ENTRY, findManifestFiles).meta({
          description: 'Path inside the bundle, with "/" between parts → digest and size.',
        }),
      },
      object,
    )
    .meta({ title: 'Bundle manifest, version 1' }))()

/** `manifest.json` as on disk. */
export type BundleManifest = z.infer<typeof bundleManifestSchema>
