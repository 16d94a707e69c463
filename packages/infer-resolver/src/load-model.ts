import { computeBundleDigest, type ValidBundle, verifyBundle } from '@taskclf/registry-core'
import { ReloadError, type ReloadErrorCode } from './errors.js'
import { fingerprintBundle } from './fingerprint.js'
import type { ReloaderOptions } from './reloader-options.js'

/** A model ready to serve, and the state of the files that it was made of. */
export interface LoadedModel<M> {
  model: M
  bundleDigest: string
  fingerprint: string
}

/** verify → load → self-test; files that change meanwhile make it void. Throws ReloadError, and leaves no model behind. */
export async function loadModel<M>(
  bundle: ValidBundle,
  options: ReloaderOptions<M>,
): Promise<LoadedModel<M>> {
  const { modelId, path } = bundle
  const fingerprint = fingerprintBundle(path)
  await verifyArtifacts(bundle)
  const bundleDigest = await attempt('integrity_mismatch', modelId, () => computeBundleDigest(path))
  const model = await attempt('load_failed', modelId, () => options.load(bundle))
  try {
    await attempt('self_test_failed', modelId, () => options.selfTest?.(model, bundle))
    if (fingerprintBundle(path) !== fingerprint) {
      throw new ReloadError('changed_while_loading', `${modelId} changed on disk while it was loaded`, {
        modelId,
      })
    }
  } catch (error) {
    // The failure is what matters; a model that also cannot be let go changes nothing about it.
    await attempt('dispose_failed', modelId, () => options.dispose?.(model)).catch(() => {})
    throw error
  }
  return { model, bundleDigest, fingerprint }
}

/** Digests of the large files are checked here, before loading; resolving has checked the small ones, and the name. */
async function verifyArtifacts({ path, modelId, manifest }: ValidBundle): Promise<void> {
  if (manifest === undefined) return
  const { ok, problems } = await verifyBundle(path, { promoted: false })
  if (ok) return
  const why = problems.map(({ message }) => message).join('; ')
  throw new ReloadError('integrity_mismatch', `${modelId} is not what was published: ${why}`, { modelId })
}

async function attempt<T>(code: ReloadErrorCode, modelId: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ReloadError(code, `${modelId}: ${code.replaceAll('_', ' ')}: ${why}`, { modelId, cause })
  }
}
