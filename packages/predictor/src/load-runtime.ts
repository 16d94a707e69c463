import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { extname, join } from 'node:path'
import type { ValidBundle } from '@taskclf/registry-core'
import { messageOf, PredictorError } from './errors.js'
import { loadLightgbm } from './load-lightgbm.js'
import type { Artifact, Runtime, RuntimeLoader, RuntimeLoaders } from './runtime.js'

const DEFAULT_LOADERS: RuntimeLoaders = { 'model.txt': loadLightgbm }

/** The first artifact that a loader knows, checked against the manifest, loaded. */
export async function loadRuntime(
  bundle: ValidBundle,
  given: RuntimeLoaders,
  verify: boolean,
): Promise<{ artifact: Artifact; runtime: Runtime }> {
  const { artifact, loader } = choose(bundle, { ...DEFAULT_LOADERS, ...given })
  if (verify) await checkArtifact(artifact)
  try {
    return { artifact, runtime: await loader(artifact) }
  } catch (cause) {
    if (cause instanceof PredictorError) throw cause
    const message = `${bundle.modelId}: ${artifact.name} cannot be loaded: ${messageOf(cause)}`
    throw new PredictorError('load_failed', message, { cause })
  }
}

function choose(bundle: ValidBundle, loaders: RuntimeLoaders): { artifact: Artifact; loader: RuntimeLoader } {
  for (const name of bundle.artifacts) {
    const loader = loaderOf(name, loaders) ?? loaderOf(`*${extname(name)}`, loaders)
    if (loader) return { artifact: { name, path: join(bundle.path, name), bundle }, loader }
  }
  const known = Object.keys(loaders)
  const message = `${bundle.modelId} has ${bundle.artifacts.join(', ')}, but there are loaders only for ${known.join(', ')}; pass one in loaders`
  throw new PredictorError('no_loader', message, {
    details: { artifacts: bundle.artifacts, loaders: known },
  })
}

function loaderOf(name: string, loaders: RuntimeLoaders): RuntimeLoader | undefined {
  return Object.hasOwn(loaders, name) ? loaders[name] : undefined
}

/** What is loaded is what was published, where the bundle says what that was. */
async function checkArtifact({ name, path, bundle }: Artifact): Promise<void> {
  if (bundle.manifest === undefined) return
  const { files } = bundle.manifest
  const expected = Object.hasOwn(files, name) ? files[name]?.sha256 : undefined
  const found = await digestOf(path, `${bundle.modelId}: ${name}`)
  if (found === expected) return
  const why = expected === undefined ? 'is not in the manifest' : 'is not the file that was published'
  const message = `${bundle.modelId}: ${name} ${why}; publish the bundle again`
  throw new PredictorError('integrity_mismatch', message, { details: { found, expected: expected ?? null } })
}

async function digestOf(path: string, what: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
  } catch (cause) {
    throw new PredictorError('load_failed', `${what} cannot be read: ${messageOf(cause)}`, { cause })
  }
  return hash.digest('hex')
}
