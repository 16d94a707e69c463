import { type BundleChecks, CHECK_CODES, type CheckCode, RegistryError } from '@taskclf/registry-core'
import { ReloadError } from './errors.js'
import { type LoadedModel, loadModel } from './load-model.js'
import type { StartOptions } from './reloader-options.js'

/** Tries a bundle as the reloader would load it. */
export function checksOf<M>(options: StartOptions<M>): BundleChecks {
  return {
    ...(options.loadTimeoutMs !== undefined && { timeoutMs: options.loadTimeoutMs }),
    check: async (bundle, { content, signal }) => {
      try {
        const recorded = { recordedDigest: content.digest }
        const loaded = await loadModel(bundle, options, { recorded, signal })
        await letGo(bundle.modelId, loaded as LoadedModel<M>, options)
        return { status: 'passed' }
      } catch (error) {
        if (!(error instanceof ReloadError)) throw error
        const { code, message } = error
        if (code === 'io') throw new RegistryError('io', bundle.path, message, { cause: error })
        const known = (CHECK_CODES as readonly string[]).includes(code) ? (code as CheckCode) : 'load_failed'
        return { status: 'failed', code: known, message }
      }
    },
  }
}

/** The model did all that was asked of it; that it cannot be released is reported, as of one that served. */
async function letGo<M>(
  modelId: string,
  { model }: LoadedModel<M>,
  { dispose, onError }: StartOptions<M>,
): Promise<void> {
  try {
    await dispose?.(model)
  } catch (cause) {
    const error = new ReloadError('dispose_failed', `${modelId} was not let go: ${cause}`, { modelId, cause })
    onError?.({ error, attempts: 1 })
  }
}
