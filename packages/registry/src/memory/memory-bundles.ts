import { hash } from 'node:crypto'
import {
  BUNDLE_FILES,
  type Bundle,
  type BundleReader,
  gatheredSource,
  type LocalValidBundle,
  RegistryError,
  readBundleFrom,
  type ValidBundle,
  whyUnusableName,
} from '@taskclf/registry-core'
import type { Files, MemoryFiles } from './memory-files.js'

/** The bundles of a store in memory. */
export function memoryBundles(files: MemoryFiles): BundleReader {
  const requireUsable = (modelId: string) => {
    const why = whyUnusableName(modelId)
    if (why === undefined) return
    const message = `${JSON.stringify(modelId)} cannot be a model id: it ${why}; give the name of a bundle`
    throw new RegistryError('unusable_name', modelId, message)
  }
  return {
    location: files.location,
    scan: async function* () {
      for (const modelId of files.ids()) {
        const found = files.get(modelId)
        if (found !== undefined && !modelId.startsWith('.') && isBundle(found)) yield read(files, modelId)
      }
    },
    read: async (modelId) => {
      requireUsable(modelId)
      return read(files, modelId)
    },
    fetch: async (bundle, options = {}) => {
      options.signal?.throwIfAborted()
      return { bundle: fetched(files, bundle), [Symbol.asyncDispose]: async () => {} }
    },
    has: async (modelId) => {
      requireUsable(modelId)
      return files.get(modelId) !== undefined
    },
    holds: async ({ modelId, location }) =>
      files.get(modelId) !== undefined && location === files.locationOf(modelId),
    fingerprint: async (modelId) => files.version(modelId),
  }
}

function read(files: MemoryFiles, modelId: string): Bundle {
  const location = files.locationOf(modelId)
  const found = files.get(modelId)
  const why = whyUnusableName(modelId)
  if (why !== undefined)
    return broken(modelId, location, 'unusable_name', `the name of the bundle ${why}; rename it`)
  if (found === undefined)
    return broken(modelId, location, 'vanished', 'there is no bundle here; it may just have been removed')
  const source = gatheredSource(
    new Map([...found].map(([name, bytes]) => [name, { size: bytes.length, bytes }])),
  )
  return readBundleFrom(source, { modelId, promoted: true, location }, (bytes) =>
    hash('sha256', bytes, 'hex'),
  )
}

function broken(
  modelId: string,
  location: string,
  code: 'unusable_name' | 'vanished',
  message: string,
): Bundle {
  return { status: 'invalid', modelId, location, problems: [{ code, file: '', message }], partial: {} }
}

const MARKS: readonly string[] = [BUNDLE_FILES.metadata, BUNDLE_FILES.metrics, BUNDLE_FILES.manifest]

/** What has nothing of a bundle is passed over by scans, as in a models dir. */
function isBundle(files: Files): boolean {
  return [...files.keys()].some((name) => MARKS.includes(name) || name.startsWith('model.'))
}

function fetched(files: MemoryFiles, bundle: ValidBundle): LocalValidBundle {
  const path = files.copyOf(bundle.modelId)
  if (path !== undefined) return { ...bundle, path }
  const message = `${bundle.modelId} cannot be read: it was removed since; read it again`
  throw new RegistryError('bundle_unreadable', bundle.location, message)
}
