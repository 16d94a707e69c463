import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf } from '@taskclf/errors'
import { type LocalValidBundle, RegistryError, readBundleContent } from '@taskclf/registry-core'
import { PredictorError } from './errors.js'

/** The files of a bundle by their names, each the bytes that were compared with the manifest. */
export interface BundleFiles {
  /** The file's bytes; undefined when the bundle has none of that name. */
  read(name: string): Promise<Uint8Array | undefined>
}

/** Where the bytes come from. */
export interface BundleFilesOptions {
  /** Read and compared before; nothing else is read then. */
  bytes?: ReadonlyMap<string, Uint8Array> | undefined
  /** Whether what is read here is compared with the manifest. */
  verify?: boolean | undefined
  signal?: AbortSignal | undefined
}

/** Takes the bytes that are given; else reads the bundle once, so that what is parsed is what was hashed. */
export async function openBundleFiles(
  bundle: LocalValidBundle,
  { bytes, verify = true, signal }: BundleFilesOptions,
): Promise<BundleFiles> {
  if (bytes !== undefined) return { read: async (name) => bytes.get(name) }
  if (!verify) return { read: (name) => readUnverified(bundle, name, signal) }
  const content = await reading(bundle, () => readBundleContent(bundle, signal && { signal }))
  return { read: async (name) => content.bytes.get(name) }
}

async function readUnverified(
  { path, modelId }: LocalValidBundle,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join(path, name), signal && { signal })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    signal?.throwIfAborted()
    const message = `${modelId}: ${name} cannot be read: ${messageOf(cause)}; check its permissions`
    throw new PredictorError('load_failed', message, { cause })
  }
}

async function reading<T>({ modelId }: LocalValidBundle, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (!(cause instanceof RegistryError)) throw cause
    const { code, message } = cause
    const known = code === 'integrity_mismatch' || code === 'io' ? code : 'load_failed'
    throw new PredictorError(known, `${modelId}: ${message}`, { cause })
  }
}
