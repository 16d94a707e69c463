import { join } from 'node:path'
import { messageOf } from '@taskclf/errors'
import { environmentErrno, type LocalValidBundle } from '@taskclf/registry-core'
import type { BundleFiles } from './bundle-files.js'
import { PredictorError } from './errors.js'
import { DEFAULT_LOADERS, findLoader } from './find-loader.js'
import { orAborted } from './or-aborted.js'
import type { Runtime, RuntimeLoader, RuntimeLoaders } from './runtime.js'

/** The first artifact that a loader knows, loaded from its bytes. */
export async function loadRuntime(
  bundle: LocalValidBundle,
  files: BundleFiles,
  given: RuntimeLoaders,
  signal: AbortSignal | undefined,
): Promise<{ name: string; runtime: Runtime }> {
  const { name, loader } = choose(bundle, given)
  const bytes = await readFile(bundle, files, name)
  const read = (other: string) => readNamed(bundle, files, other)
  const artifact = { name, path: join(bundle.path, name), bytes, bundle, read, ...(signal && { signal }) }
  try {
    const letGo = (runtime: Runtime) => runtime.dispose?.()
    return { name, runtime: await orAborted(() => loader(artifact), signal, letGo) }
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof PredictorError) throw cause
    const message = `${bundle.modelId}: ${name} cannot be loaded: ${messageOf(cause)}`
    // A model is not broken because the disk or a limit of the system is.
    const code = environmentErrno(cause) === undefined ? 'load_failed' : 'io'
    throw new PredictorError(code, message, { cause })
  }
}

async function readFile(bundle: LocalValidBundle, files: BundleFiles, name: string): Promise<Uint8Array> {
  const bytes = await files.read(name)
  if (bytes === undefined) throw absent(bundle, name)
  return bytes
}

/** What a model names is read only where it is part of the bundle: a plain name, and one of its artifacts. */
function readNamed(bundle: LocalValidBundle, files: BundleFiles, name: string): Promise<Uint8Array> {
  if (bundle.artifacts.includes(name) && !/[/\\]/.test(name)) return readFile(bundle, files, name)
  const message = `${bundle.modelId}: the model has data in ${JSON.stringify(name)}, which is not among the artifacts ${bundle.artifacts.join(', ')}; put the file into the bundle and name it in artifacts`
  throw new PredictorError('artifact_escapes', message, { details: { name, artifacts: bundle.artifacts } })
}

/** What a manifest does not list was not published, and is not read. */
function absent({ modelId, manifest }: LocalValidBundle, name: string): PredictorError {
  const isListed = manifest === undefined || Object.hasOwn(manifest.files, name)
  const [code, why] = isListed
    ? (['load_failed', 'is not there'] as const)
    : (['integrity_mismatch', 'is not in the manifest'] as const)
  return new PredictorError(code, `${modelId}: ${name} ${why}; publish the bundle again`)
}

function choose(bundle: LocalValidBundle, loaders: RuntimeLoaders): { name: string; loader: RuntimeLoader } {
  const found = findLoader(bundle.artifacts, loaders)
  if (found) return found
  const known = Object.keys({ ...DEFAULT_LOADERS, ...loaders })
  const message = `${bundle.modelId} has ${bundle.artifacts.join(', ')}, but there are loaders only for ${known.join(', ')}; pass one in loaders`
  throw new PredictorError('no_loader', message, {
    details: { artifacts: bundle.artifacts, loaders: known },
  })
}
